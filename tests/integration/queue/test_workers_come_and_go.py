"""Workers are restarted and companies change pools while jobs flow: each job is done once, none is forgotten."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable

from adapters.postgres.tenants import PostgresCompanies
from adapters.queue.broker import queue_of
from adapters.queue.hands import OwnHands
from adapters.queue.leases import Leases
from adapters.queue.relay import Relay
from adapters.queue.worker import Capacity, QueueWorker
from application.provisioning.move_to_pool import MoveToPool
from application.shared.ports import Claim, Job
from domain.provisioning.pools import dedicated_to
from domain.shared.ids import TenantId
from tests.fakes.provisioning import no_plan
from tests.integration.queue.conftest import LEASE, Queue

RESTARTS = 100
SEED = 20261121


class Deeds:
    """Effects written down by the transaction that ends the job, as replies are: what is done is what PostgreSQL says."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue

    def actor(self, worker: str) -> Callable[[Claim, int], object]:
        async def write(claim: Claim, n: int) -> str:
            await asyncio.sleep(random.uniform(0, 0.02))  # a model that answers fast
            async with self.queue.open_work(claim.tenant) as work:
                await work._connection.execute("insert into contacts (name) values ($1)", f"{worker} {n}")
                await work.jobs.finish(claim)
                await work.commit()
            return "done"

        return write

    async def done(self) -> Counter[int]:
        return Counter(n for _, n in await self._read())

    async def by(self) -> Counter[str]:
        return Counter(worker for worker, _ in await self._read())

    async def _read(self) -> list[tuple[str, int]]:
        found = []
        for tenant in self.queue.tenants:
            for row in await self.queue.pool.fetch(f"select name from tenant_{tenant}.contacts"):
                worker, _, n = row["name"].partition(" ")
                found.append((worker, int(n)))
        return found


def a_worker(queue: Queue, deeds: Deeds, pool: str, name: str, drain: float = 5.0) -> QueueWorker:
    capacity = Capacity(slots=16, per_tenant=16, renew_seconds=0.5, drain_seconds=drain)
    broker = queue.broker({"test.write": deeds.actor(name)})
    return QueueWorker(
        broker,
        queue.ledger,
        Leases(LEASE.total_seconds()),
        capacity,
        pool=pool,
        hands=OwnHands(name, lease_seconds=LEASE.total_seconds()),
    )


class Running:
    """A worker or a relay with its own stop."""

    def __init__(self, worker: QueueWorker | Relay) -> None:
        self.stop = asyncio.Event()
        self.task = asyncio.create_task(worker.run(self.stop))

    async def drained(self) -> None:
        self.stop.set()
        await asyncio.wait_for(self.task, timeout=15)


class RedisQueues:
    def __init__(self, queue: Queue) -> None:
        self.queue = queue

    async def forget(self, tenant: TenantId) -> None:
        await self.queue.ring.forget(queue_of(tenant))

    async def move(self, tenant: TenantId, pool: str) -> None:
        await self.queue.ring.move(queue_of(tenant), pool)


async def flowing(queue: Queue, stop: asyncio.Event) -> int:
    """Jobs of both companies, until told to stop; how many there were."""
    n = 0
    while not stop.is_set():
        for _ in range(4):
            await queue.add(queue.tenants[n % 2], Job("test.write", {"n": n}))
            n += 1
        await asyncio.sleep(0.01)
    return n


async def test_a_hundred_drained_workers_lose_nothing_and_double_nothing(queue: Queue):
    deeds, chance, stop = Deeds(queue), random.Random(SEED), asyncio.Event()
    relay = Running(queue.relay())
    flow = asyncio.create_task(flowing(queue, stop))
    crew = [Running(a_worker(queue, deeds, "shared", f"w{n}")) for n in range(2)]

    for n in range(RESTARTS):
        await asyncio.sleep(chance.uniform(0, 0.08))
        leaving = crew.pop(0)
        hasty = n % 3 == 0  # no time to finish: what it holds is handed back
        crew.append(Running(a_worker(queue, deeds, "shared", f"w{n + 2}", drain=0.005 if hasty else 5.0)))
        await leaving.drained()
    stop.set()
    wanted = await flow
    await queue.settled(seconds=30)
    for one in (*crew, relay):
        await one.drained()

    assert wanted > RESTARTS
    assert await deeds.done() == Counter(range(wanted))
    assert len(await deeds.by()) > RESTARTS / 2, "nearly everybody had something to do"


async def test_a_company_that_changes_pools_over_and_over_loses_nothing_and_doubles_nothing(queue: Queue):
    deeds, stop, chance = Deeds(queue), asyncio.Event(), random.Random(SEED)
    ours = queue.tenants[0]
    own = dedicated_to(ours)
    move = MoveToPool(PostgresCompanies(queue.pool), RedisQueues(queue), no_plan)
    relay, shared = Running(queue.relay()), Running(a_worker(queue, deeds, "shared", "shared"))
    flow = asyncio.create_task(flowing(queue, stop))

    for _ in range(15):
        moved = await move(ours, own)
        assert (moved.before, moved.after) == ("shared", own)
        dedicated = Running(a_worker(queue, deeds, own, "own"))
        await asyncio.sleep(chance.uniform(0, 0.1))
        await move(ours, "shared")
        await dedicated.drained()
        await asyncio.sleep(chance.uniform(0, 0.05))
    stop.set()
    wanted = await flow
    await queue.settled(seconds=30)
    for one in (shared, relay):
        await one.drained()

    assert await deeds.done() == Counter(range(wanted))
    assert set(await deeds.by()) == {"own", "shared"}


async def test_what_lies_in_the_queue_moves_with_its_company(queue: Queue):
    deeds, ours = Deeds(queue), queue.tenants[0]
    for n in range(10):
        await queue.add(ours, Job("test.write", {"n": n}))
    assert await queue.relay().hand_out() == 10

    await MoveToPool(PostgresCompanies(queue.pool), RedisQueues(queue), no_plan)(ours, "dedicated")
    assert await queue.ring.fetch("shared", 10) == []
    async with asyncio.timeout(5):
        worker = Running(a_worker(queue, deeds, dedicated_to(ours), "own"))
        await queue.settled()
    await worker.drained()

    assert await deeds.by() == {"own": 10}


async def test_what_the_relay_sent_to_the_old_pool_at_that_moment_is_sent_to_the_new_one(queue: Queue):
    deeds, ours = Deeds(queue), queue.tenants[0]
    await queue.add(ours, Job("test.write", {"n": 1}))
    [late] = await queue.ledger.dispatch_due(per_tenant=8, limit=8, busy=())
    await MoveToPool(PostgresCompanies(queue.pool), RedisQueues(queue), no_plan)(ours, "dedicated")
    await queue.broker({}).hand_over([late])  # into the ring of the pool that nobody serves any more

    await queue.pool.execute("update public.jobs set due_at = now()")  # the hand-over is over
    relay, worker = Running(queue.relay()), Running(a_worker(queue, deeds, dedicated_to(ours), "own"))
    await queue.settled()
    await worker.drained()
    await relay.drained()

    assert await deeds.by() == {"own": 1}
    assert await queue.ring.lengths() == {}
