"""A worker process: takes jobs from its ring, claims their rows, runs their actors side by side, and lets nothing slip."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from dramatiq.errors import ActorNotFound
from redis.exceptions import RedisError

from adapters.queue.broker import ForeignMessage, RingBroker, queue_of, read_dispatch
from adapters.queue.errors import Fate, fate_of, wait_before_retry
from adapters.queue.hands import OwnHands
from adapters.queue.headroom import Headroom
from adapters.queue.leases import Leases
from adapters.telemetry import metrics
from adapters.telemetry.log import note, recognized, told, warning
from application.shared.ledger import ClaimedJob, Dispatch, Ledger
from application.shared.ports import ClaimLost
from domain.shared.errors import Unavailable
from domain.shared.ids import JobId

BATCH = 64
REDIS_PAUSE = 0.25
LOOK_AGAIN = 0.25
"""Seconds after which a worker looks at its ring without having heard the bell."""

JOB_SECONDS = 120.0
"""Longest a job may run; the model's and Whaticket's own deadlines end far below."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """`slots` jobs at once, of which one company takes `per_tenant` at most, and less while it would crowd out others."""

    slots: int
    per_tenant: int
    renew_seconds: float
    drain_seconds: float


class QueueWorker:
    def __init__(
        self, broker: RingBroker, ledger: Ledger, leases: Leases, capacity: Capacity, *, pool: str, hands: OwnHands
    ) -> None:
        self._broker = broker
        self._ledger = ledger
        self._leases = leases
        self._capacity = capacity
        self._pool = pool
        self.hands = hands
        self._running: dict[JobId, tuple[ClaimedJob, asyncio.Task[None]]] = {}
        self._of_tenant: Counter[str] = Counter()
        self._headroom = Headroom(capacity.per_tenant)
        self._wake = asyncio.Event()
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._over = False

    @property
    def in_flight(self) -> int:
        return len(self._running)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`; then what runs is finished, or handed back when it takes too long."""
        self.hands.join(self._start)
        side = [asyncio.create_task(self._listen()), asyncio.create_task(self._keep_leases())]
        stopping = asyncio.create_task(stop.wait())
        stopping.add_done_callback(lambda _: self._wake.set())
        try:
            while not stop.is_set():
                self._wake.clear()
                if not await self._take():
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._wake.wait(), timeout=LOOK_AGAIN)
            self.hands.let_go()
            await self._drain()
        finally:
            self._over = True
            for task in (*side, stopping):
                task.cancel()
            await asyncio.gather(*side, stopping, return_exceptions=True)

    async def _take(self) -> int:
        """Fetch and start what there is room for; how many were fetched."""
        room = min(self._capacity.slots - len(self._running), BATCH)
        if room <= 0:
            return 0
        most = max(self._of_tenant.values(), default=0)
        try:
            messages = await self._broker.ring.fetch(
                self._pool, room, per_queue=self._headroom.per_company(most), held=self._of_tenant
            )
            asked_at = time.monotonic()
            jobs = await self._ledger.claim(_readable(messages), worker=self.hands.worker) if messages else ()
        except Exception as error:  # noqa: BLE001 - the jobs that run must not die of it
            # what was fetched and could not be claimed is handed out again by the relay
            warning("worker.take", exception=error)
            await asyncio.sleep(REDIS_PAUSE)
            return 0
        for job in jobs:
            self._start(job, asked_at=asked_at)
        return len(messages)

    def _start(self, job: ClaimedJob, *, asked_at: float) -> None:
        self._leases.grant(job.claim, asked_at=asked_at)
        queue = queue_of(job.claim.tenant)
        self._of_tenant[queue] += 1
        self._headroom.at_work(queue)
        task = asyncio.create_task(self._work(job))
        self._running[job.claim.job] = (job, task)
        metrics.JOBS_IN_FLIGHT.inc()
        if len(self._running) >= self._capacity.slots:
            self._has_room.clear()

        def done(_task: asyncio.Task[None]) -> None:
            metrics.JOBS_IN_FLIGHT.dec()
            self._of_tenant[queue] -= 1
            if not self._of_tenant[queue]:
                del self._of_tenant[queue]
            if self._running.get(job.claim.job, (None,))[0] is job:
                del self._running[job.claim.job]
            self._leases.end(job.claim)
            self._has_room.set()
            self._wake.set()

        task.add_done_callback(done)

    async def _work(self, job: ClaimedJob) -> None:
        claim = job.claim
        with (
            recognized(correlation_id=claim.correlation, tenant=claim.tenant),
            told(job.actor, job=claim.job),
        ):
            try:
                with metrics.TASK_LATENCY.time():
                    async with asyncio.timeout(JOB_SECONDS):
                        outcome = await self._broker.actor_function(job.actor)(claim, **job.args) or "done"
            except ClaimLost:
                outcome = "claim_lost"
                metrics.CLAIMS_LOST.inc()
            except (ActorNotFound, Exception) as error:  # noqa: BLE001 - whatever it is, the job must not be forgotten
                outcome = await self._failed(job, error)
            note(outcome=outcome)
            metrics.TASKS.labels(actor=job.actor, outcome=outcome).inc()

    async def _failed(self, job: ClaimedJob, error: Exception) -> str:
        """One line of the table: try again, drop or bury. If even that cannot be written, the lease runs out by itself."""
        reason = f"{type(error).__name__}: {error}" if isinstance(error, Unavailable) else type(error).__name__
        note(exception=error, failures=job.claim.failures + 1)
        metrics.COMPANY_ERRORS.labels(company_id=metrics.company(job.claim.tenant)).inc()
        fate = fate_of(error)
        wait = wait_before_retry(error, job.claim.failures + 1) if fate is Fate.RETRY else None
        try:
            if fate is Fate.DROP:
                await self._ledger.drop(job.claim)
            elif not await self._ledger.fail(job.claim, reason[:300], wait=wait):
                return "claim_lost"
        except Exception as trouble:  # noqa: BLE001 - the lease runs out
            warning("worker.settle", exception=trouble)
            return "unsettled"
        return fate if wait is not None or fate is Fate.DROP else Fate.BURY

    async def _listen(self) -> None:
        """Wait at the ring's bell for the main loop, which also wakes when a job ends.

        redis-py may swallow a cancellation that meets the bell (seen in one of some fifty stops), hence `_over`.
        """
        while not self._over:
            await self._has_room.wait()  # the bell is for a worker that can take something
            try:
                if await self._broker.ring.wait(self._pool):
                    self._wake.set()
            except (RedisError, OSError):
                await asyncio.sleep(REDIS_PAUSE)

    async def _keep_leases(self) -> None:
        while not self._over:
            await asyncio.sleep(self._capacity.renew_seconds)
            claims = [job.claim for job, _ in self._running.values()]
            if not claims:
                continue
            asked_at = time.monotonic()
            try:
                held = await self._ledger.renew(claims)
            except Exception as error:  # noqa: BLE001 - without this task every long job would be taken for crashed
                warning("worker.renew", exception=error)
                continue
            self._leases.renew(claims, held, asked_at=asked_at)

    async def _drain(self) -> None:
        """Finish what runs; what does not finish in time is handed back, to be done by another worker at once."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._capacity.drain_seconds):
                while self._running:  # a job may end by starting the next step of its message
                    await asyncio.wait([task for _, task in self._running.values()])
        left = list(self._running.values())
        for _, task in left:
            task.cancel()
        await asyncio.gather(*(task for _, task in left), return_exceptions=True)
        if left:
            with suppress(Unavailable):
                await self._ledger.release([job.claim for job, _ in left])


def _readable(messages: Sequence[bytes]) -> list[Dispatch]:
    dispatches = []
    for raw in messages:
        try:
            dispatches.append(read_dispatch(raw))
        except ForeignMessage as error:
            warning("worker.foreign_message", exception=error)
    return dispatches
