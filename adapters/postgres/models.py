"""Each company's terms with the language model: needed for every answer, so remembered for seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from adapters.postgres.own_models import PostgresOwnModels
from adapters.postgres.remembered import Remembered
from domain.assistant.model_terms import ModelTerms
from domain.shared.ids import TenantId

STALE_SECONDS: Final = 5.0
MOST: Final = 10_000


class PostgresModels:
    """At most five seconds stale. Belongs to one event loop.

    Raises DatabaseAway, and Unreadable or MasterKeyMissing when a company's key cannot be opened: to call with the
    installation's would send one company's conversations, and their bill, through another's account.
    """

    def __init__(
        self, own: PostgresOwnModels, installation: ModelTerms, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._own = own
        self._installation = installation
        self._terms = Remembered(self._read, absent_seconds=STALE_SECONDS, most=MOST, clock=clock)

    async def of(self, tenant: TenantId) -> ModelTerms:
        return await self._terms.get(tenant) or self._installation

    async def _read(self, tenant: TenantId) -> tuple[ModelTerms, float]:
        return (await self._own.get(tenant)).over(self._installation), STALE_SECONDS
