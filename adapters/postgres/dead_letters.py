"""Jobs that died, for the operator who looks across companies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from adapters.postgres.pool import Pool, connected
from application.dead_letters.ports import DeadLetterNotFound
from domain.dead_letters.dead_letter import DeadLetter
from domain.shared.ids import JobId, TenantId

COLUMNS = "id, tenant_id, actor, args, failures, last_error, correlation, created_at, died_at"


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
        await self._change(
            id,
            "update public.jobs set state = 'pending', failures = 0, due_at = now(), died_at = null, revived = true"
            " where id = $1 and state = 'dead'",
        )

    async def discard(self, id: JobId) -> None:
        await self._change(id, "delete from public.jobs where id = $1 and state = 'dead'")

    async def _change(self, id: JobId, statement: str) -> None:
        async with connected(self._pool) as connection:
            status: str = await connection.execute(statement, id)
        if status.endswith(" 0"):
            raise _missing(id)


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
