"""Connections for those who set them up; those who serve messages use the quicker `connections.py`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from adapters.postgres.audit import enter
from adapters.postgres.one_at_a_time import one_at_a_time
from adapters.postgres.pool import Connection as Postgres
from adapters.postgres.pool import Pool, connected
from adapters.postgres.sealed_lines import PREVIOUS, SECRETS, SELECT, TABLE, opened, seal, sealed
from adapters.postgres.tenant_keys import key_of
from application.provisioning.ports import ConnectionNotFound, LineChanged
from application.shared.secrets import Unreadable, Vault
from domain.companies.connection import Connection
from domain.companies.limits import Room, boundless
from domain.shared.ids import ConnectionId, TenantId

PLAIN = ("id", "tenant_id", "name", "dialect", "base_url", "auth", "own_number", "sends_per_minute")
COLUMNS = (*PLAIN, *SECRETS)
GIVEN = ("api_token", "panel_email", "panel_password", "webhook_token")
"""Secrets that `put` writes over; the webhook's own has its own way."""


@dataclass(frozen=True, slots=True)
class PostgresLines:
    pool: Pool
    vault: Vault

    async def put(self, connection: Connection) -> None:
        async with connected(self.pool) as postgres, postgres.transaction():
            await self._write(postgres, connection)

    async def revise(
        self, connection: ConnectionId, revised: Callable[[Connection], Connection], *, seen: int | None = None
    ) -> Connection:
        async with connected(self.pool) as postgres, postgres.transaction():
            row = await postgres.fetchrow(f"{SELECT} where c.id = $1 for no key update of c", connection)
            if row is None:
                raise ConnectionNotFound(f"there is no connection {connection}")
            before = opened(self.vault, row)
            if seen is not None and seen != before.version:
                raise LineChanged("this connection was changed meanwhile; look again")
            after = revised(before)
            await self._write(postgres, after)
        return after

    async def add(self, connection: Connection, room: Room) -> None:
        async with connected(self.pool) as postgres, one_at_a_time(postgres, connection.tenant):
            room(await postgres.fetchval(_HELD, connection.tenant))
            await self._write(postgres, connection)

    async def _write(self, postgres: Postgres, connection: Connection) -> None:
        key = await key_of(postgres, self.vault, connection.tenant)
        secrets = sealed(self.vault, key, connection)
        row = await postgres.fetchrow(
            f"{SELECT} where c.id = $1 and c.tenant_id = $2", connection.id, connection.tenant
        )
        renewed = [] if row is None else _renewed(self.vault, row, connection)
        done = await postgres.execute(_PUT, *_plain(connection), *(secrets[column] for column in SECRETS))
        if done != "INSERT 0 0":  # nothing is written over another company's
            await _entered(postgres, row, connection, renewed)

    async def of(self, tenant: TenantId) -> Sequence[Connection]:
        async with connected(self.pool) as postgres:
            rows = await postgres.fetch(f"{SELECT} where c.tenant_id = $1 order by c.created_at, c.id", tenant)
        return [opened(self.vault, row) for row in rows]

    async def get(self, connection: ConnectionId) -> Connection:
        async with connected(self.pool) as postgres:
            row = await postgres.fetchrow(f"{SELECT} where c.id = $1", connection)
        if row is None:
            raise ConnectionNotFound(f"there is no connection {connection}")
        return opened(self.vault, row)

    async def switched_off(self, tenant: TenantId) -> Collection[ConnectionId]:
        async with connected(self.pool) as postgres:
            rows = await postgres.fetch(
                f"select id from public.{TABLE} where tenant_id = $1 and state = 'disabled'",  # noqa: S608
                tenant,
            )
        return {ConnectionId(row["id"]) for row in rows}

    async def switch(self, connection: ConnectionId, *, active: bool, room: Room = boundless) -> None:
        owner = (await self.get(connection)).tenant
        async with connected(self.pool) as postgres, one_at_a_time(postgres, owner):
            if active and await postgres.fetchval(_STATE, connection) == "disabled":
                room(await postgres.fetchval(_HELD, owner))
            tenant = await postgres.fetchval(
                f"update public.{TABLE} set state = $2 where id = $1 returning tenant_id",  # noqa: S608
                connection,
                "active" if active else "disabled",
            )
            if tenant is None:
                raise ConnectionNotFound(f"there is no connection {connection}")
            await enter(
                postgres, TenantId(tenant), "connections.switch", f"connection:{connection}", after={"active": active}
            )

    async def succeed_secret(self, connection: ConnectionId, secret: str, *, overlap: timedelta) -> None:
        async with connected(self.pool) as postgres, postgres.transaction():
            row = await postgres.fetchrow(f"{SELECT} where c.id = $1 for no key update of c", connection)
            if row is None:
                raise ConnectionNotFound(f"there is no connection {connection}")
            line = opened(self.vault, row)
            key = await key_of(postgres, self.vault, line.tenant)
            before = line.webhook_secrets[0] if overlap and line.webhook_secrets else None
            await postgres.execute(
                _SUCCEED,
                connection,
                seal(self.vault, key, connection, "webhook_secret", secret),
                None if before is None else seal(self.vault, key, connection, PREVIOUS, before),
                None if before is None else overlap,
            )
            hours = {"overlap_hours": overlap.total_seconds() / 3600}
            await enter(postgres, line.tenant, "connections.rotate", f"connection:{connection}", after=hours)


def _renewed(vault: Vault, row: Any, connection: Connection) -> list[str]:  # noqa: ANN401 - asyncpg has no types
    """The secrets that are others now. Whoever writes over what can no longer be read mends it: all are others then."""
    try:
        before = opened(vault, row)
    except Unreadable:
        return list(GIVEN)
    return [name for name in GIVEN if getattr(before, name) != getattr(connection, name)]


async def _entered(postgres: Postgres, row: Any, after: Connection, renewed: Sequence[str]) -> None:  # noqa: ANN401
    """Of secrets it is only said which are others now. Written again as it was, a connection is no news."""
    told = dict(zip(PLAIN, _plain(after), strict=True))
    if row is None:
        await enter(postgres, after.tenant, "connections.add", f"connection:{after.id}", after=told)
        return
    was = {name: row[name] for name in PLAIN}
    if renewed or was != told:
        now = told | ({"renewed": ", ".join(renewed)} if renewed else {})
        await enter(postgres, after.tenant, "connections.change", f"connection:{after.id}", was, now)


def _plain(connection: Connection) -> tuple[object, ...]:
    return (
        connection.id,
        connection.tenant,
        connection.name,
        str(connection.dialect),
        connection.base_url,
        str(connection.auth),
        connection.own_number,
        connection.sends_per_minute,
    )


_HELD = f"select count(*) from public.{TABLE} where tenant_id = $1 and state = 'active'"  # noqa: S608
_STATE = f"select state from public.{TABLE} where id = $1"  # noqa: S608

_PUT = f"""
    insert into public.{TABLE} ({", ".join(COLUMNS)})
    values ({", ".join(f"${n}" for n in range(1, len(COLUMNS) + 1))})
    on conflict (id) do update set {", ".join(f"{column} = excluded.{column}" for column in COLUMNS[2:])},
        version = {TABLE}.version + 1
    where {TABLE}.tenant_id = excluded.tenant_id
"""  # noqa: S608

_SUCCEED = f"""
    update public.{TABLE}
    set webhook_secret = $2, {PREVIOUS} = $3, webhook_secret_previous_until = now() + $4::interval,
        version = version + 1
    where id = $1
"""  # noqa: S608
