"""The keys that slots are signed with: derived from each company's data key, so that there is nothing more to keep."""

from __future__ import annotations

from typing import Final

from adapters.postgres.pool import Pool, connected
from adapters.postgres.tenant_keys import key_of
from application.shared.secrets import Vault
from domain.shared.ids import TenantId

PURPOSE: Final = "agenda slot tokens"


class PostgresTokenKeys:
    """Remembered: a company's data key stays the same for good, only its wrapping changes."""

    def __init__(self, pool: Pool, vault: Vault) -> None:
        self._pool = pool
        self._vault = vault
        self._known: dict[TenantId, bytes] = {}

    async def of(self, tenant: TenantId) -> bytes:
        known = self._known.get(tenant)
        if known is None:
            async with connected(self._pool) as connection:
                key = await key_of(connection, self._vault, tenant)
            known = self._known[tenant] = self._vault.derive(key, PURPOSE)
        return known
