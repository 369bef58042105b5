"""Jobs that died, for the operator who looks across companies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg
import msgspec

from adapters.postgres.audit import enter
from adapters.postgres.delivery import PostgresOutbox
from adapters.postgres.names import schema_of
from adapters.postgres.pool import Connection, Pool, connected
from application.dead_letters.ports import DeadLetterNotFound
from application.delivery.queue_reply import SEND
from domain.dead_letters.dead_letter import DeadLetter
from domain.shared.ids import JobId, OutgoingId, TenantId

COLUMNS = "id, tenant_id, actor, args, failures, last_error, correlation, created_at, died_at"

RETRY = """
with dead as (
    select id, tenant_id, key, actor, args from public.jobs where id = $1 and state = 'dead' for update
), alive as (
    -- the same work waits or runs already: that job does it, and twice at once would say everything twice
    update public.jobs j set
        revived = true,
        due_at = case when j.state = 'pending' then now() else j.due_at end,
        again_at = case when j.state = 'running' then now() else j.again_at end
    from dead where j.tenant_id = dead.tenant_id and j.key = dead.key and j.state <> 'dead'
    returning dead.id
), gone as (
    delete from public.jobs j using alive where j.id = alive.id
), back as (
    update public.jobs j set
        state = 'pending', failures = 0, due_at = now(), again_at = null, died_at = null, revived = true
    from dead where j.id = dead.id and not exists (select from alive)
)
select tenant_id, actor, args, exists (select from alive) as joined from dead
"""


class PostgresDeadLetters:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def parked(self, *, tenant: TenantId | None, after: JobId | None, limit: int) -> Sequence[DeadLetter]:
        async with connected(self._pool) as connection:
            rows = await connection.fetch(
                f"select {COLUMNS} from public.jobs where state = 'dead'"  # noqa: S608
                " and ($1::int is null or tenant_id = $1) and ($2::bigint is null or id < $2) order by id desc limit $3",
                tenant,
                after,
                limit,
            )
        return [_from_row(row) for row in rows]

    async def get(self, id: JobId) -> DeadLetter:
        async with connected(self._pool) as connection:
            row = await connection.fetchrow(
                f"select {COLUMNS} from public.jobs where state = 'dead' and id = $1",  # noqa: S608
                id,
            )
        if row is None:
            raise _missing(id)
        return _from_row(row)

    async def retry(self, id: JobId) -> None:
        try:
            found = await self._retry(id)
        except asyncpg.UniqueViolationError:  # the same work was asked for at this very moment: join it
            found = await self._retry(id)
        if not found:
            raise _missing(id)

    async def _retry(self, id: JobId) -> bool:
        async with connected(self._pool) as connection, connection.transaction():
            row = await connection.fetchrow(RETRY, id)
            if row is not None and row["actor"] == SEND and not row["joined"]:
                await _put_in_line(connection, TenantId(row["tenant_id"]), msgspec.json.decode(row["args"])["outgoing"])
            if row is not None:
                await _settled(connection, "dead_letters.retry", id, row)
        return row is not None

    async def discard(self, id: JobId) -> None:
        query = "delete from public.jobs where id = $1 and state = 'dead' returning tenant_id, actor"
        async with connected(self._pool) as connection, connection.transaction():
            row = await connection.fetchrow(query, id)
            if row is None:
                raise _missing(id)
            await _settled(connection, "dead_letters.discard", id, row)


async def _settled(connection: Connection, action: str, id: JobId, row: Any) -> None:  # noqa: ANN401
    await enter(connection, TenantId(row["tenant_id"]), action, f"dead_letters:{id}", after={"actor": row["actor"]})


async def _put_in_line(connection: Connection, tenant: TenantId, id: int) -> None:
    """At once and not when its turn comes: those retried after it see that it goes first."""
    await connection.execute("select set_config('search_path', $1, true)", schema_of(tenant))
    outbox = PostgresOutbox(connection)
    outgoing = await outbox.get(OutgoingId(id))
    outgoing.wanted_again()
    await outbox.save(outgoing)


def _missing(id: JobId) -> DeadLetterNotFound:
    return DeadLetterNotFound(f"dead letter {id}")


def _from_row(row: Any) -> DeadLetter:  # noqa: ANN401 - asyncpg has no types
    return DeadLetter(
        id=JobId(row["id"]),
        tenant=TenantId(row["tenant_id"]),
        actor=row["actor"],
        args=msgspec.json.decode(row["args"]),
        failures=row["failures"],
        reason=row["last_error"] or "",
        correlation=row["correlation"],
        created_at=row["created_at"],
        died_at=row["died_at"],
    )
