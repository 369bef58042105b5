"""Openings and their steps: public.provisionings and public.provisioning_steps. The paper is sealed by the platform's key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from adapters.postgres.platform_key import platform_key
from adapters.postgres.pool import Connection, Pool, connected
from application.provisioning.order import Paper
from application.provisioning.runs import KEY_LIVES, Asking, PaperBurnt
from application.shared.secrets import PLATFORM, Cell, Vault
from domain.provisioning.checklist import Item, Run, RunNotFound, RunState, Step
from domain.shared.ids import TenantId

SELECT: Final = """
    select r.id, r.slug, r.name, r.asked_by, r.tenant_id, r.state, r.key is not null as keyed,
        (select json_agg(s order by s.place) from public.provisioning_steps s where s.run_id = r.id)::text as steps
    from public.provisionings r
"""
FORGET: Final = """
    update public.provisionings set key = null, paper_until = null,
        paper = case when state in ('done', 'undone') then null else paper end
    where paper_until < now()
"""
ADD: Final = """
    insert into public.provisionings (slug, name, key, asked_by, paper_until) values ($1, $2, $3::text, $4,
        case when $3::text is not null then now() + $5::interval end)
    on conflict do nothing returning id
"""
SAVE_STEP: Final = """
    update public.provisioning_steps set state = $3, attempts = $4, error = $5, note = $6, started_at = $7, ended_at = $8
    where run_id = $1 and step = $2
"""


@dataclass(frozen=True, slots=True)
class PostgresRuns:
    """Implements application.provisioning.runs.Runs."""

    pool: Pool
    vault: Vault

    async def add(self, paper: Paper, asking: Asking) -> Run | None:
        order = paper.order
        async with connected(self.pool) as connection, connection.transaction():
            await connection.execute(FORGET)
            values = (order.slug, order.name, asking.key, asking.who, KEY_LIVES)
            id: int | None = await connection.fetchval(ADD, *values)
            if id is None:
                return None
            for place, step in enumerate(Step):
                await connection.execute(
                    "insert into public.provisioning_steps (run_id, place, step) values ($1, $2, $3)", id, place, step
                )
            await self._write(connection, id, paper)
        return await self.get(id)

    async def get(self, id: int) -> Run:
        found = await self._select("where r.id = $1", id)
        if not found:
            raise RunNotFound(f"there is no opening {id}")
        return found[0]

    async def of_key(self, key: str) -> Run | None:
        found = await self._select("where r.key = $1 and r.paper_until > now()", key)
        return found[0] if found else None

    async def unfinished(self, slug: str) -> Run | None:
        found = await self._select("where r.slug = $1 and r.state in ('running', 'failed', 'undoing')", slug)
        return found[0] if found else None

    async def lately(self, limit: int) -> Sequence[Run]:
        return await self._select("order by r.id desc limit $1", limit)

    async def save(self, run: Run) -> None:
        async with connected(self.pool) as connection, connection.transaction():
            await connection.execute(
                "update public.provisionings set state = $2, tenant_id = $3, updated_at = now() where id = $1",
                run.id,
                str(run.state),
                run.tenant,
            )
            await connection.executemany(SAVE_STEP, [_step(run.id, item) for item in run.items])

    async def paper(self, run: Run) -> Paper:
        async with connected(self.pool) as connection:
            sealed = await connection.fetchval("select paper from public.provisionings where id = $1", run.id)
            if sealed is None:
                raise PaperBurnt("the secrets of this opening were shown, or their day is over")
            clear = self.vault.open(await platform_key(connection, self.vault), _cell(run.id), sealed)
        return msgspec.json.decode(clear, type=Paper)

    async def write(self, run: Run, paper: Paper) -> None:
        async with connected(self.pool) as connection, connection.transaction():
            await self._write(connection, run.id, paper)

    async def burn(self, run: Run) -> None:
        async with connected(self.pool) as connection:
            await connection.execute(
                "update public.provisionings set paper = null where id = $1 and key is null", run.id
            )

    async def forget(self) -> int:
        async with connected(self.pool) as connection:
            done: str = await connection.execute(FORGET)
        return int(done.rpartition(" ")[2])

    async def shred(self, run: Run) -> bool:
        async with connected(self.pool) as connection:
            shredded = """
                update public.provisionings set paper = null, key = null, paper_until = null
                where id = $1 and paper is not null returning id
            """
            return await connection.fetchval(shredded, run.id) is not None

    async def _write(self, connection: Connection, id: int, paper: Paper) -> None:
        clear = msgspec.json.encode(paper).decode()
        sealed = self.vault.seal(await platform_key(connection, self.vault), _cell(id), clear)
        await connection.execute("update public.provisionings set paper = $2 where id = $1", id, sealed)

    async def _select(self, which: str, *values: object) -> list[Run]:
        async with connected(self.pool) as connection:
            return [_run(row) for row in await connection.fetch(f"{SELECT} {which}", *values)]


def _cell(id: int) -> Cell:
    return Cell(PLATFORM, "provisionings", "paper", str(id))


def _step(run: int, item: Item) -> tuple[object, ...]:
    state = str(item.state)
    return run, str(item.step), state, item.attempts, item.error, item.note, item.started_at, item.ended_at


def _run(row: Any) -> Run:  # noqa: ANN401 - asyncpg has no types
    return Run(
        id=row["id"],
        slug=row["slug"],
        name=row["name"],
        asked_by=row["asked_by"],
        tenant=None if row["tenant_id"] is None else TenantId(row["tenant_id"]),
        state=RunState(row["state"]),
        keyed=row["keyed"],
        items=msgspec.json.decode(row["steps"], type=list[Item]),
    )
