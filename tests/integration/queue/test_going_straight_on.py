"""A worker goes straight on with what its own work adds: at once, once, and without losing it when it dies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.queue.broker import AsyncActor
from adapters.queue.hands import OwnHands
from adapters.queue.worker import QueueWorker
from application.shared.ports import Claim, Job
from tests.integration.queue.conftest import LEASE, Queue

STEP = Job("test.next", {"n": 1}, key="one")


def remembering(queue: Queue, done: list[int]) -> dict[str, AsyncActor]:
    async def act(claim: Claim, n: int) -> None:
        done.append(n)
        async with queue.open_work(claim.tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()

    return {STEP.actor: act}


@asynccontextmanager
async def alone(worker: QueueWorker) -> AsyncIterator[None]:
    """The worker runs, and no relay hands anything to it."""
    stop = asyncio.Event()
    running = asyncio.create_task(worker.run(stop))
    async with asyncio.timeout(20):
        while not worker.hands.free:
            await asyncio.sleep(0.01)
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(running, 15)


async def add(queue: Queue, hands: OwnHands, *jobs: Job, commit: bool = True) -> None:
    """As an actor of that worker adds them."""
    open_work = replace(queue.open_work, hands=hands)
    async with open_work(queue.tenants[0]) as work:
        for job in jobs:
            await work.jobs.add(job)
        if commit:
            await work.commit()


async def states(queue: Queue) -> list[object]:
    return [job["state"] for job in await queue.jobs()]


async def test_the_next_step_starts_without_relay_and_queue(queue: Queue):
    done: list[int] = []
    worker = queue.worker(remembering(queue, done))

    async with alone(worker):
        await add(queue, worker.hands, STEP)
        await queue.settled()

    assert done == [1]


async def test_the_same_step_asked_for_twice_in_one_transaction_runs_once(queue: Queue):
    done: list[int] = []
    worker = queue.worker(remembering(queue, done))

    async with alone(worker):
        await add(queue, worker.hands, STEP, STEP)
        await queue.settled()

    assert done == [1]


async def test_what_is_due_later_is_left_to_the_relay(queue: Queue):
    worker = queue.worker(remembering(queue, []))

    async with alone(worker):
        await add(queue, worker.hands, replace(STEP, due_at=datetime.now(UTC) + timedelta(minutes=5)))

    assert await states(queue) == ["pending"]


async def test_a_worker_that_went_away_leaves_the_next_step_to_others(queue: Queue):
    worker = queue.worker(remembering(queue, []))
    async with alone(worker):
        pass

    await add(queue, worker.hands, STEP)

    assert await states(queue) == ["pending"]


async def test_a_step_that_waits_already_is_not_taken(queue: Queue):
    worker = queue.worker(remembering(queue, []))
    await queue.add(queue.tenants[0], STEP)

    async with alone(worker):
        await add(queue, worker.hands, STEP)

    assert await states(queue) == ["pending"]


async def test_a_transaction_that_is_undone_starts_nothing(queue: Queue):
    done: list[int] = []
    worker = queue.worker(remembering(queue, done))

    async with alone(worker):
        await add(queue, worker.hands, STEP, commit=False)

    assert (done, await queue.jobs()) == ([], [])


async def test_what_a_dead_worker_had_taken_is_done_by_another(queue: Queue):
    """The row says that it runs until its lease is over; nobody needs to have seen the crash."""
    died = OwnHands("died", lease_seconds=1)
    died.join(lambda job, *, asked_at: None)
    await add(queue, died, STEP)
    assert await states(queue) == ["running"]

    done: list[int] = []
    async with queue.at_work(queue.worker(remembering(queue, done))):
        await queue.settled(seconds=LEASE.total_seconds() + 10)

    assert done == [1]
