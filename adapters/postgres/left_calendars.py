"""Calendars elsewhere that were given up, or that another took the place of, for as long as our webhook hangs there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from adapters.postgres.calendar_connections import TABLE, cell_of
from adapters.postgres.pool import Pool, connected
from application.agenda.connections import CalendarConnection, CalendarConnectionId
from application.shared.secrets import Vault, WrappedKey
from domain.shared.ids import TenantId

SELECT: Final = f"""
    select c.id, c.tenant_id, c.base_url, c.api_key, k.wrapped_key, k.master_key_id
    from (
        select id, tenant_id, base_url, api_key from public.left_calendars
        union all
        select id, tenant_id, base_url, api_key from public.{TABLE} where state = 'disabled'
    ) c join public.tenant_keys k on k.tenant_id = c.tenant_id
    where c.tenant_id = $1 and c.id = $2 and c.api_key <> '' limit 1
"""  # noqa: S608 - our own words only
FORGET: Final = (
    "delete from public.left_calendars where tenant_id = $1 and id = $2",
    f"delete from public.{TABLE} where tenant_id = $1 and id = $2 and state = 'disabled'",  # noqa: S608
)
ERASE: Final = (
    "update public.left_calendars set api_key = '', updated_at = now() where tenant_id = $1 and id = $2",
    f"""
        update public.{TABLE} set api_key = '', webhook_secret = '', webhook_secret_previous = null, updated_at = now()
        where tenant_id = $1 and id = $2 and state = 'disabled'
    """,  # noqa: S608
)


@dataclass(frozen=True, slots=True)
class PostgresGivenUpCalendars:
    """Implements application.agenda.connections.GivenUpCalendars."""

    pool: Pool
    vault: Vault

    async def get(self, tenant: TenantId, id: CalendarConnectionId) -> CalendarConnection | None:
        async with connected(self.pool) as postgres:
            row = await postgres.fetchrow(SELECT, tenant, id)
        if row is None:
            return None
        key = WrappedKey(tenant, row["master_key_id"], row["wrapped_key"])
        api_key = self.vault.open(key, cell_of(tenant, id, "api_key"), row["api_key"])
        return CalendarConnection(id, tenant, row["base_url"], api_key, ())

    async def forget(self, tenant: TenantId, id: CalendarConnectionId) -> None:
        await self._end(FORGET, tenant, id)

    async def leave_hanging(self, tenant: TenantId, id: CalendarConnectionId) -> None:
        await self._end(ERASE, tenant, id)

    async def _end(self, how: tuple[str, str], tenant: TenantId, id: CalendarConnectionId) -> None:
        async with connected(self.pool) as postgres, postgres.transaction():
            for statement in how:
                await postgres.execute(statement, tenant, id)
