"""Webhooks, workers and relay lock the same rows from different sides; whoever loses goes on, and nobody falls silent."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from asyncpg import DeadlockDetectedError

from adapters.queue.doorbell import Doorbell, Doormat
from application.shared.ledger import Dispatch
from application.shared.ports import Claim, Job
from tests.integration.queue.conftest import LEASE, Queue


async def _handed_out(queue: Queue, jobs: int) -> list[Dispatch]:
    for n in range(jobs):
        await queue.add(queue.tenants[0], Job("test.write", {"n": n}, key=f"k{n}"))
    dispatches = await queue.ledger.dispatch_due(per_tenant=8, limit=8, busy=())
    return sorted(dispatches, key=lambda dispatch: dispatch.job)


async def test_leases_are_renewed_without_waiting_for_a_transaction_that_asks_for_the_job_again(queue: Queue):
    dispatches = await _handed_out(queue, 2)
    first, second = [job.claim for job in await queue.ledger.claim(dispatches, worker="w")]

    async with queue.open_work(queue.tenants[0]) as work:
        await work.jobs.add(Job("test.write", {"n": 0}, key="k0"))
        held = await asyncio.wait_for(queue.ledger.renew([second, first]), timeout=3)
        await work.jobs.add(Job("test.write", {"n": 1}, key="k1"))
        await work.commit()

    assert held == {second.job}
    assert await queue.ledger.renew([second, first]) == {first.job, second.job}


async def test_claims_that_cross_webhooks_of_the_same_addresses_are_made_all_the_same(queue: Queue):
    first, second = await _handed_out(queue, 2)

    with suppress(
        DeadlockDetectedError
    ):  # on a machine that halts for a second, the webhooks' side is the one that loses
        async with queue.open_work(queue.tenants[0]) as work:
            await work.jobs.add(Job("test.write", {"n": 1}, key="k1"))
            claiming = asyncio.create_task(queue.ledger.claim([second, first], worker="w"))
            await _waits_for_a_lock(queue)
            await work.jobs.add(Job("test.write", {"n": 0}, key="k0"))
            await work.commit()

    assert {job.claim.job for job in await claiming} == {first.job, second.job}


async def test_a_worker_outlives_errors_that_nobody_foresaw(queue: Queue):
    done = asyncio.Event()
    runs = []

    async def long(claim: Claim, n: int) -> None:
        runs.append(n)
        await asyncio.sleep(LEASE.total_seconds() * 1.5)
        async with queue.open_work(claim.tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()
        done.set()

    worker = queue.worker({"test.long": long})
    ledger = worker._ledger = Stumbling(queue)
    await queue.add(queue.tenants[0], Job("test.long", {"n": 1}))
    async with queue.at_work(worker):
        async with asyncio.timeout(20):
            while not ledger.stumbled["claim"]:
                await asyncio.sleep(0.02)
            await queue.pool.execute("update public.jobs set due_at = now()")  # the hand-over is over
            await done.wait()

    assert runs == [1]
    assert ledger.stumbled == {"claim": 1, "renew": 1}


async def test_a_relay_that_was_busy_for_long_does_not_look_once_for_every_ring_it_missed(queue: Queue):
    doormat, bell = Doormat(queue.redis, queue.namespace), Doorbell(queue.redis, queue.namespace)
    await doormat.listen(0.01)
    for _ in range(500):
        bell.ring()
        await bell._ringing
    await doormat.listen(1)

    loop = asyncio.get_running_loop()
    since = loop.time()
    await doormat.listen(0.3)
    assert loop.time() - since > 0.25
    await doormat.close()


class Stumbling:
    """The real ledger, that fails once at each of the two calls with an error that is no outage."""

    def __init__(self, queue: Queue) -> None:
        self._real = queue.ledger
        self.stumbled = {"claim": 0, "renew": 0}

    def __getattr__(self, name: str):
        return getattr(self._real, name)

    async def claim(self, dispatches, *, worker):
        self._stumble("claim")
        return await self._real.claim(dispatches, worker=worker)

    async def renew(self, claims):
        self._stumble("renew")
        return await self._real.renew(claims)

    def _stumble(self, where: str) -> None:
        if not self.stumbled[where]:
            self.stumbled[where] += 1
            raise KeyError("a bug")


async def _waits_for_a_lock(queue: Queue) -> None:
    async with asyncio.timeout(5):
        while not await queue.pool.fetchval("select exists (select from pg_locks where not granted)"):
            await asyncio.sleep(0.01)
