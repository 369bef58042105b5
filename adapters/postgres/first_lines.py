"""The connection on which a company writes to somebody who never wrote: its first that is switched on."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.postgres.pool import Pool, connected
from domain.shared.ids import ConnectionId, TenantId


@dataclass(frozen=True, slots=True)
class PostgresFirstLines:
    """Implements application.reminders.open_talk.FirstLines."""

    pool: Pool

    async def first(self, tenant: TenantId) -> ConnectionId | None:
        async with connected(self.pool) as postgres:
            id: str | None = await postgres.fetchval(
                "select id from public.whatsapp_connections where tenant_id = $1 and state = 'active'"
                " order by created_at, id limit 1",
                tenant,
            )
        return None if id is None else ConnectionId(id)
