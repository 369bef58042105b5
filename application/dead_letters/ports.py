"""Where dead letters lie; the operator's view goes across companies, so it is read outside any company's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.dead_letters.dead_letter import DeadLetter
from domain.shared.errors import NotFound
from domain.shared.ids import JobId, TenantId


class DeadLetterNotFound(NotFound):
    """There is no such dead letter: it was retried, discarded, or never was one."""


class DeadLetters(Protocol):
    async def parked(self, *, tenant: TenantId | None, after: JobId | None, limit: int) -> Sequence[DeadLetter]:
        """Newest first; `after` is the last id of the page before."""

    async def get(self, id: JobId) -> DeadLetter:
        """Raises DeadLetterNotFound."""

    async def retry(self, id: JobId) -> None:
        """Run it again from the first step of the ladder. Raises DeadLetterNotFound."""

    async def discard(self, id: JobId) -> None:
        """Raises DeadLetterNotFound."""
