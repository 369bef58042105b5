"""Calendars elsewhere as rows: the connection with its secrets sealed in `public`, its event types in the company's schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from adapters.postgres.connections import in_time
from adapters.postgres.pool import Connection, Pool, connected
from adapters.postgres.remembered import Remembered
from adapters.postgres.tenant_keys import key_of
from adapters.postgres.work import PostgresWorkshop
from application.agenda.connections import (
    ID,
    CalendarConnection,
    CalendarConnectionId,
    EventTypeOf,
    NoCalendarConnection,
)
from application.agenda.hang_bell import HANG_BELL
from application.agenda.reconcile_calendar import RECONCILE
from application.agenda.take_down_bell import TAKE_DOWN_BELL
from application.shared.ports import Job
from application.shared.secrets import Cell, Vault, WrappedKey
from domain.shared.ids import ProfessionalId, ServiceId, TenantId

TABLE: Final = "calendar_connections"
STALE_SECONDS: Final = 5.0
MOST: Final = 10_000
IN_FORCE: Final = timedelta(seconds=15)
"""Until every process knows of a new connection: a reader that came sooner would find none, and not come again."""

SELECT: Final = f"""
    select c.id, c.tenant_id, c.base_url, c.api_key, c.webhook_secret,
        case when c.webhook_secret_previous_until > now() then c.webhook_secret_previous end as before,
        k.wrapped_key, k.master_key_id
    from public.{TABLE} c join public.tenant_keys k on k.tenant_id = c.tenant_id
    join public.tenants t on t.id = c.tenant_id
    where c.state = 'active' and t.state in ('active', 'suspended')
"""  # noqa: S608 - our own words only
LEAVE: Final = f"""
    insert into public.left_calendars (id, tenant_id, base_url, api_key)
    select id, tenant_id, base_url, api_key from public.{TABLE} where tenant_id = $1 and id <> $2 and api_key <> ''
    on conflict (id) do nothing returning id
"""  # noqa: S608
LEFT: Final = f"""
    select id from (
        select id, tenant_id, updated_at from public.left_calendars where api_key = ''
        union all
        select id, tenant_id, updated_at from public.{TABLE} where state = 'disabled' and api_key = ''
    ) as hanging where tenant_id = $1 and updated_at > now() - interval '30 days' order by updated_at desc limit 1
"""  # noqa: S608
PUT: Final = f"""
    insert into public.{TABLE} as c (tenant_id, id, base_url, api_key, webhook_secret) values ($1, $2, $3, $4, $5)
    on conflict (tenant_id) do update set id = excluded.id, base_url = excluded.base_url, api_key = excluded.api_key,
        webhook_secret = excluded.webhook_secret, webhook_secret_previous = null, state = 'active', updated_at = now()
"""  # noqa: S608


class PostgresCalendarConnections:
    """Active ones, at most five seconds stale. Belongs to one event loop. Raises DatabaseAway, Unreadable, MasterKeyMissing."""

    def __init__(self, pool: Pool, vault: Vault) -> None:
        self._pool = pool
        self._vault = vault
        self._by_id = Remembered(self._read_id, absent_seconds=STALE_SECONDS, most=MOST)
        self._by_tenant = Remembered(self._read_tenant, absent_seconds=STALE_SECONDS, most=MOST)

    async def get(self, id: CalendarConnectionId) -> CalendarConnection | None:
        return await self._by_id.get(id) if ID.fullmatch(id) else None

    async def anew(self, id: CalendarConnectionId) -> CalendarConnection | None:
        return await self._by_id.anew(id) if ID.fullmatch(id) else None

    async def of(self, tenant: TenantId) -> CalendarConnection | None:
        return await self._by_tenant.get(tenant)

    async def _read_id(self, id: CalendarConnectionId) -> tuple[CalendarConnection, float] | None:
        return await self._read("c.id = $1", id)

    async def _read_tenant(self, tenant: TenantId) -> tuple[CalendarConnection, float] | None:
        return await self._read("c.tenant_id = $1", tenant)

    async def _read(self, which: str, value: object) -> tuple[CalendarConnection, float] | None:
        async with in_time(), connected(self._pool) as postgres:
            row = await postgres.fetchrow(f"{SELECT} and {which}", value)
        return None if row is None else (opened(self._vault, row), STALE_SECONDS)


@dataclass(frozen=True, slots=True)
class PostgresCalendarDesk:
    """Implements application.agenda.connections.CalendarDesk."""

    pool: Pool
    vault: Vault
    open_work: PostgresWorkshop

    async def connection(self, tenant: TenantId) -> CalendarConnection | None:
        return await PostgresCalendarConnections(self.pool, self.vault).of(tenant)

    async def put(self, connection: CalendarConnection, event_types: Sequence[EventTypeOf]) -> None:
        """The company's own rows first: a connection is in force only with all that it needs."""
        due = datetime.now(UTC) + IN_FORCE
        async with self.open_work(connection.tenant) as work:
            await work.calendar.put_event_types(event_types)
            await work.jobs.add(Job(RECONCILE, {}, key=RECONCILE, due_at=due))
            await work.jobs.add(Job(HANG_BELL, {}, key=HANG_BELL, due_at=due))
            await work.commit()
        async with connected(self.pool) as postgres, postgres.transaction():
            await self._leave(postgres, connection, due)
            key = await key_of(postgres, self.vault, connection.tenant)
            await postgres.execute(
                PUT,
                connection.tenant,
                connection.id,
                connection.base_url,
                self._sealed(key, connection, "api_key", connection.api_key),
                self._sealed(key, connection, "webhook_secret", connection.webhook_secrets[0]),
            )

    async def _leave(self, postgres: Connection, connection: CalendarConnection, due: datetime) -> None:
        """What this one takes the place of is remembered until our webhook there is removed."""
        for row in await postgres.fetch(LEAVE, connection.tenant, connection.id):
            args = msgspec.json.encode({"connection": row["id"]}).decode()
            key = f"{TAKE_DOWN_BELL}:{row['id']}"
            await postgres.execute(
                "select public.add_job($1, $2, $3, $4, $5, '')", connection.tenant, TAKE_DOWN_BELL, args, key, due
            )

    async def remove(self, tenant: TenantId) -> None:
        """The job first: it finds a connection that is still in use, or one that it has to end."""
        id = await self._id_of(tenant)
        async with self.open_work(tenant) as work:
            key, due = f"{TAKE_DOWN_BELL}:{id}", datetime.now(UTC) + IN_FORCE
            await work.jobs.add(Job(TAKE_DOWN_BELL, {"connection": id}, key=key, due_at=due))
            await work.commit()
        async with connected(self.pool) as postgres:
            await postgres.execute(
                f"update public.{TABLE} set state = 'disabled', updated_at = now() where tenant_id = $1 and id = $2",  # noqa: S608
                tenant,
                id,
            )

    async def _id_of(self, tenant: TenantId) -> str:
        async with connected(self.pool) as postgres:
            id: str | None = await postgres.fetchval(
                f"select id from public.{TABLE} where tenant_id = $1 and state = 'active'",  # noqa: S608
                tenant,
            )
        if id is None:
            raise NoCalendarConnection("this company has no calendar elsewhere")
        return id

    async def left_hanging(self, tenant: TenantId) -> CalendarConnectionId | None:
        async with connected(self.pool) as postgres:
            id: str | None = await postgres.fetchval(LEFT, tenant)
        return None if id is None else CalendarConnectionId(id)

    async def event_types(self, tenant: TenantId) -> Mapping[tuple[ServiceId, ProfessionalId], EventTypeOf]:
        async with self.open_work(tenant) as work:
            found = await work.calendar.event_types()
        return {(one.service, one.professional): one for one in found}

    def _sealed(self, key: WrappedKey, connection: CalendarConnection, column: str, clear: str) -> bytes:
        return self.vault.seal(key, cell_of(connection.tenant, connection.id, column), clear)


def opened(vault: Vault, row: Any) -> CalendarConnection:  # noqa: ANN401 - asyncpg has no types
    tenant = TenantId(row["tenant_id"])
    key = WrappedKey(tenant, row["master_key_id"], row["wrapped_key"])
    secrets = [vault.open(key, cell_of(tenant, row["id"], "webhook_secret"), row["webhook_secret"])]
    if row["before"] is not None:
        secrets.append(vault.open(key, cell_of(tenant, row["id"], "webhook_secret_previous"), row["before"]))
    return CalendarConnection(
        id=CalendarConnectionId(row["id"]),
        tenant=tenant,
        base_url=row["base_url"],
        api_key=vault.open(key, cell_of(tenant, row["id"], "api_key"), row["api_key"]),
        webhook_secrets=tuple(secrets),
    )


def cell_of(tenant: TenantId, row: str, column: str) -> Cell:
    return Cell(tenant, TABLE, column, row)
