"""public.jobs from outside any company: what the relay hands out and the workers hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import asyncpg
import msgspec

from adapters.postgres.pool import Pool, connected
from application.shared.ledger import Backlog, ClaimedJob, Dispatch
from application.shared.ports import Claim
from domain.dead_letters.ladder import LADDER
from domain.shared.ids import JobId, TenantId

HAND_OVER: Final = timedelta(seconds=8)
"""How long a dispatched job may lie in Redis before it is handed out again; also what a flushed Redis costs."""

DISPATCH: Final = """
with recursive oldest as materialized (
    select tenant_id from public.jobs where state <> 'dead' and due_at <= now() order by due_at limit 1000
), every (tenant) as (
    -- so much is due that one company may hide the others: ask each company that has any job at all
    (select tenant_id from public.jobs where state <> 'dead' and (select count(*) = 1000 from oldest)
     order by tenant_id limit 1)
    union all
    select (select tenant_id from public.jobs where state <> 'dead' and tenant_id > tenant order by tenant_id limit 1)
    from every where tenant is not null
), waiting (tenant) as (
    select distinct tenant_id from oldest union select tenant from every
), picked as (
    select due.id, due.state = 'running' as crashed, now() - due.due_at as late from (
        -- where there is not room for all, those go first who have waited longest: nobody is passed over for ever
        select tenant from waiting where tenant is not null and tenant <> all ($2::int[])
        order by (select min(due_at) from public.jobs where tenant_id = tenant and state <> 'dead')
    ) served cross join lateral (
        select id, state, due_at from public.jobs
        where tenant_id = tenant and state <> 'dead' and due_at <= now()
        order by due_at limit $1 for update skip locked
    ) due
    limit $3
), taken as (
    update public.jobs j set
        -- a first crash is retried at once; later ones spread out, so that a job that kills its worker dies alone
        state = case when not crashed or failures = 0 then 'dispatched' when failures < $4 then 'pending' else 'dead' end,
        due_at = case when crashed and failures > 0 then now() + random() * failures * interval '5 s'
                      else now() + $5::interval end,
        failures = failures + crashed::int,
        fence = fence + 1,
        worker = null,
        revived = revived and not crashed,
        died_at = case when crashed and failures >= $4 then now() end,
        last_error = case when crashed then 'worker lost: ' || coalesce(worker, '?') else last_error end
    from picked where j.id = picked.id
    returning j.id, j.tenant_id, j.actor, j.args, j.fence, j.state, j.correlation, picked.crashed, picked.late
), given_up as (
    insert into public.jobs (tenant_id, actor, args, correlation)
    select tenant_id, $6::jsonb ->> actor, args, correlation from taken where state = 'dead' and $6::jsonb ? actor
)
select taken.id, taken.tenant_id, taken.fence, taken.actor, tenants.pool, taken.crashed,
    extract(epoch from taken.late)::float8 as late
from taken join public.tenants on tenants.id = taken.tenant_id where taken.state = 'dispatched'
"""

CLAIM: Final = """
with good as (
    select j.id from public.jobs j
    join unnest($1::bigint[], $2::bigint[], $3::int[]) as given (id, fence, tenant)
        on j.id = given.id and j.fence = given.fence and j.tenant_id = given.tenant
    where j.state = 'dispatched' order by j.tenant_id, j.key for update of j
)
update public.jobs j set state = 'running', worker = $4, due_at = now() + $5::interval from good where j.id = good.id
returning j.id, j.fence, j.tenant_id, j.actor, j.args, j.failures, j.revived, j.correlation
"""

RENEW: Final = """
-- passes over rows that somebody holds: to wait for them in an order of our own could end in a deadlock, and a lease
-- is renewed often enough to be missed once
with held as (
    select j.id from public.jobs j join unnest($1::bigint[], $2::bigint[]) as given (id, fence) using (id, fence)
    where j.state = 'running' for update of j skip locked
)
update public.jobs j set due_at = now() + $3::interval from held where j.id = held.id returning j.id
"""

FAIL: Final = """
with failed as (
    update public.jobs set
        failures = failures + 1, revived = false, worker = null, again_at = null, last_error = $3,
        state = case when $4::interval is null then 'dead' else 'pending' end,
        due_at = now() + coalesce($4::interval, interval '0'),
        died_at = case when $4::interval is null then now() end
    where id = $1 and fence = $2 and state = 'running'
    returning tenant_id, actor, args, correlation, state
), given_up as (
    insert into public.jobs (tenant_id, actor, args, correlation)
    select tenant_id, $5::jsonb ->> actor, args, correlation from failed where state = 'dead' and $5::jsonb ? actor
)
select count(*) from failed
"""


COUNTED: Final = 100_000
"""Counting stops here: nobody needs to know how far beyond a hundred thousand a queue is."""

BACKLOG: Final = """
select
    (select count(*) from (
        select from public.jobs where state <> 'dead' and due_at <= now() limit $1) due) as size,
    (select count(*) from (select from public.jobs where state = 'dead' limit $1) dead) as dead,
    coalesce((select greatest(extract(epoch from now() - due_at), 0)
        from public.jobs where state <> 'dead' order by due_at limit 1), 0)::float8 as oldest
"""


class PostgresLedger:
    """`give_up` names, for some actors, the actor that tidies up after their job has died."""

    def __init__(self, pool: Pool, *, lease: timedelta, give_up: Mapping[str, str]) -> None:
        self._pool = pool
        self._lease = lease
        self._give_up = msgspec.json.encode(dict(give_up)).decode()

    async def dispatch_due(self, *, per_tenant: int, limit: int, busy: Collection[TenantId]) -> Sequence[Dispatch]:
        async with connected(self._pool) as connection:
            rows = await connection.fetch(
                DISPATCH, per_tenant, list(busy), limit, len(LADDER), HAND_OVER, self._give_up
            )
        return [
            Dispatch(
                tenant=TenantId(row["tenant_id"]),
                job=JobId(row["id"]),
                fence=row["fence"],
                actor=row["actor"],
                pool=row["pool"],
                late=row["late"],
                recovered=row["crashed"],
            )
            for row in rows
        ]

    async def claim(self, dispatches: Sequence[Dispatch], *, worker: str) -> Sequence[ClaimedJob]:
        try:
            rows = await self._claim(dispatches, worker)
        except asyncpg.DeadlockDetectedError:  # webhooks kept together hold the same rows in an order of their own
            rows = await self._claim(dispatches, worker)
        return [
            ClaimedJob(
                claim=Claim(
                    tenant=TenantId(row["tenant_id"]),
                    job=JobId(row["id"]),
                    fence=row["fence"],
                    failures=row["failures"],
                    revived=row["revived"],
                    correlation=row["correlation"],
                ),
                actor=row["actor"],
                args=msgspec.json.decode(row["args"]),
            )
            for row in rows
        ]

    async def _claim(self, dispatches: Sequence[Dispatch], worker: str) -> Sequence[Any]:
        async with connected(self._pool) as connection:
            rows: Sequence[Any] = await connection.fetch(
                CLAIM,
                [d.job for d in dispatches],
                [d.fence for d in dispatches],
                [d.tenant for d in dispatches],
                worker,
                self._lease,
            )
        return rows

    async def renew(self, claims: Sequence[Claim]) -> Collection[JobId]:
        async with connected(self._pool) as connection:
            rows = await connection.fetch(
                RENEW,
                [c.job for c in claims],
                [c.fence for c in claims],
                self._lease,
            )
        return {JobId(row["id"]) for row in rows}

    async def fail(self, claim: Claim, reason: str, *, wait: timedelta | None) -> bool:
        async with connected(self._pool) as connection:
            failed: int = await connection.fetchval(FAIL, claim.job, claim.fence, reason, wait, self._give_up)
        return failed == 1

    async def drop(self, claim: Claim) -> None:
        async with connected(self._pool) as connection:
            await connection.execute("select public.finish_job($1, $2)", claim.job, claim.fence)

    async def release(self, claims: Sequence[Claim]) -> None:
        async with connected(self._pool) as connection:
            await connection.execute(
                "update public.jobs j set state = 'pending', due_at = now(), worker = null"
                " from unnest($1::bigint[], $2::bigint[]) as held (id, fence)"
                " where j.id = held.id and j.fence = held.fence and j.state = 'running'",
                [c.job for c in claims],
                [c.fence for c in claims],
            )

    async def backlog(self) -> Backlog:
        async with connected(self._pool) as connection:
            row = await connection.fetchrow(BACKLOG, COUNTED)
        return Backlog(row["size"], row["dead"], row["oldest"])
