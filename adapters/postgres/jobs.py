"""public.jobs, from inside a company's transaction: added with the effects that caused it, gone with the effects it had."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from adapters.postgres.pool import Connection
from application.shared.ledger import ClaimedJob, Hands
from application.shared.ports import Claim, ClaimLost, Job
from domain.shared.ids import JobId, TenantId


class PostgresJobs:
    """`added` were left to the relay; `taken` are running here as soon as they are committed, if we have `hands`."""

    def __init__(self, connection: Connection, tenant: TenantId, hands: Hands | None = None) -> None:
        self._connection = connection
        self._tenant = tenant
        self._hands = hands
        self.added = 0
        self.taken: list[ClaimedJob] = []

    async def add(self, job: Job) -> None:
        hands = self._hands
        if hands is None or not hands.free or not _is_due(job):
            await self._leave(job)
        elif job.key is None or job.key not in (one.key for one in self.taken):
            await self._take(job, hands)

    async def _take(self, job: Job, hands: Hands) -> None:
        id: int | None = await self._connection.fetchval(
            "select public.take_job($1, $2, $3, $4, $5, $6, $7)",
            self._tenant,
            job.actor,
            msgspec.json.encode(job.args).decode(),
            job.key,
            job.correlation,
            hands.worker,
            hands.lease,
        )
        if id is None:
            self.added += 1
        else:
            claim = Claim(tenant=self._tenant, job=JobId(id), fence=1, correlation=job.correlation)
            self.taken.append(ClaimedJob(claim, job.actor, job.args, job.key))

    async def _leave(self, job: Job) -> None:
        await self._connection.execute(
            "select public.add_job($1, $2, $3, $4, $5, $6)",
            self._tenant,
            job.actor,
            msgspec.json.encode(job.args).decode(),
            job.key,
            job.due_at,
            job.correlation,
        )
        self.added += 1

    async def withdraw(self, key: str) -> None:
        await self._connection.execute(
            "delete from public.jobs where tenant_id = $1 and key = $2 and state = 'pending'", self._tenant, key
        )

    async def hold(self, claim: Claim) -> None:
        held = await self._connection.fetchval(
            "select id from public.jobs where id = $1 and fence = $2 and state = 'running' for update",
            claim.job,
            claim.fence,
        )
        if held is None:
            raise ClaimLost

    async def finish(self, claim: Claim) -> None:
        if not await self._connection.fetchval("select public.finish_job($1, $2)", claim.job, claim.fence):
            raise ClaimLost

    async def postpone(self, claim: Claim, until: datetime) -> None:
        await self._end(
            claim,
            "state = 'pending', due_at = least($3, coalesce(again_at, $3)), again_at = null, worker = null",
            until,
        )

    async def bury(self, claim: Claim, reason: str) -> None:
        await self._end(
            claim,
            "state = 'dead', died_at = now(), again_at = null, worker = null, failures = failures + 1,"
            " revived = false, last_error = $3",
            reason,
        )

    async def _end(self, claim: Claim, change: str, value: datetime | str) -> None:
        status = await self._connection.execute(
            f"update public.jobs set {change} where id = $1 and fence = $2 and state = 'running'",  # noqa: S608
            claim.job,
            claim.fence,
            value,
        )
        if status != "UPDATE 1":
            raise ClaimLost


def _is_due(job: Job) -> bool:
    return job.due_at is None or job.due_at <= datetime.now(UTC)
