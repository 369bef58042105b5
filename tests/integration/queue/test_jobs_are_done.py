"""A job is done once, however it is lost on the way, and dies only after it was tried to the end."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from adapters.queue.broker import queue_of
from adapters.queue.ring import Parcel
from application.shared.ledger import Dispatch
from application.shared.ports import Claim, ClaimLost, Job
from domain.shared.errors import Refused, Unavailable
from domain.shared.ids import JobId, TenantId
from tests.integration.queue.conftest import Queue


class Diary:
    """An actor that writes down its runs and ends its job like a use case: in the transaction of its effects."""

    def __init__(self, queue: Queue) -> None:
        self.queue = queue
        self.runs: Counter[int] = Counter()
        self.order: list[tuple[int, int]] = []

    async def __call__(self, claim: Claim, n: int) -> str:
        self.runs[n] += 1
        self.order.append((claim.tenant, n))
        async with self.queue.open_work(claim.tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()
        return "done"


def diary_actor(diary: Diary):
    async def write(claim: Claim, n: int) -> str:
        return await diary(claim, n)

    return write


async def test_each_job_runs_once_and_its_row_goes_with_its_effects(queue: Queue):
    diary = Diary(queue)
    for n in range(50):
        await queue.add(queue.tenants[n % 2], Job("test.write", {"n": n}))

    async with queue.at_work(queue.worker({"test.write": diary_actor(diary)})):
        await queue.settled()

    assert diary.runs == Counter(range(50))
    assert await queue.jobs() == []


async def test_two_relays_and_two_workers_do_each_job_once(queue: Queue):
    diary = Diary(queue)
    for n in range(200):
        await queue.add(queue.tenants[0], Job("test.write", {"n": n}))
    actors = {"test.write": diary_actor(diary)}

    async with queue.at_work(queue.worker(actors)), queue.at_work(queue.worker(actors), queue.relay()):
        await queue.settled()

    assert diary.runs == Counter(range(200))


async def test_a_flushed_redis_costs_time_and_no_job(queue: Queue):
    diary = Diary(queue)
    for n in range(20):
        await queue.add(queue.tenants[0], Job("test.write", {"n": n}))
    assert await queue.relay().hand_out() == 20
    await queue.redis.flushdb()
    await queue.pool.execute("update public.jobs set due_at = now()")  # the hand-over is over

    async with queue.at_work(queue.worker({"test.write": diary_actor(diary)})):
        await queue.settled()

    assert diary.runs == Counter(range(20))


async def test_a_later_handing_out_makes_an_earlier_message_worthless(queue: Queue):
    await queue.add(queue.tenants[0], Job("test.write", {"n": 1}))
    [first] = await queue.ledger.dispatch_due(per_tenant=8, limit=8, busy=())
    await queue.pool.execute("update public.jobs set due_at = now()")
    [second] = await queue.ledger.dispatch_due(per_tenant=8, limit=8, busy=())

    assert await queue.ledger.claim([first], worker="late") == []
    assert len(await queue.ledger.claim([second], worker="new")) == 1


async def test_a_worker_that_slept_past_its_lease_can_commit_nothing(queue: Queue):
    await queue.add(queue.tenants[0], Job("test.write", {"n": 1}))
    [dispatch] = await queue.ledger.dispatch_due(per_tenant=8, limit=8, busy=())
    [asleep] = await queue.ledger.claim([dispatch], worker="asleep")
    await queue.pool.execute("update public.jobs set due_at = now()")  # its lease ran out
    await queue.ledger.dispatch_due(per_tenant=8, limit=8, busy=())

    async with queue.open_work(queue.tenants[0]) as work:
        with pytest.raises(ClaimLost):
            await work.jobs.finish(asleep.claim)
    async with queue.open_work(queue.tenants[0]) as work:
        with pytest.raises(ClaimLost):
            await work.jobs.hold(asleep.claim)
    assert await queue.ledger.fail(asleep.claim, "too late", wait=timedelta(0)) is False


async def test_a_job_asked_for_while_it_runs_runs_once_more(queue: Queue):
    started, go_on = asyncio.Event(), asyncio.Event()
    runs = []

    async def slow(claim: Claim, n: int) -> None:
        runs.append(n)
        started.set()
        await go_on.wait()
        async with queue.open_work(claim.tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()

    job = Job("test.slow", {"n": 1}, key="only-one")
    await queue.add(queue.tenants[0], job)
    async with queue.at_work(queue.worker({"test.slow": slow})):
        await started.wait()
        await queue.add(queue.tenants[0], job)
        await queue.add(queue.tenants[0], job)
        go_on.set()
        await queue.settled()

    assert runs == [1, 1]


async def test_adding_a_waiting_job_again_moves_it(queue: Queue):
    later = datetime.now(UTC) + timedelta(hours=1)
    await queue.add(queue.tenants[0], Job("test.write", {"n": 1}, key="k"))
    await queue.add(queue.tenants[0], Job("test.write", {"n": 1}, key="k", due_at=later))

    assert [row["due_at"] for row in await queue.jobs("due_at")] == [later]


async def test_a_failing_job_climbs_the_ladder_and_then_dies_and_is_mourned(queue: Queue):
    mourned = []

    async def poison(claim: Claim, n: int) -> None:
        raise Unavailable("the world is away")

    async def mourn(claim: Claim, n: int) -> None:
        mourned.append(n)
        async with queue.open_work(claim.tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()

    await queue.add(queue.tenants[0], Job("test.poison", {"n": 7}, key="k"))
    waits = []
    async with queue.at_work(queue.worker({"test.poison": poison, "test.mourn": mourn})):
        for failures in range(1, 6):
            async with asyncio.timeout(10):
                while (row := (await queue.jobs("state, failures, due_at"))[0])["failures"] != failures:
                    await asyncio.sleep(0.02)
            waits.append(round((row["due_at"] - datetime.now(UTC)).total_seconds()))
            await queue.pool.execute("update public.jobs set due_at = now()")
        await queue.settled()

    assert waits == [5, 15, 45, 90, 90]
    assert mourned == [7]
    assert await queue.jobs("state, failures, key, last_error") == [
        {"state": "dead", "failures": 6, "key": "k", "last_error": "Unavailable: the world is away"}
    ]


async def test_a_refusal_is_dropped_and_pages_nobody(queue: Queue):
    async def refuse(claim: Claim, n: int) -> None:
        raise Refused("no")

    await queue.add(queue.tenants[0], Job("test.refuse", {"n": 1}))
    async with queue.at_work(queue.worker({"test.refuse": refuse})):
        await queue.settled()

    assert await queue.jobs() == []


async def test_a_job_whose_worker_keeps_crashing_ends_as_a_dead_letter(queue: Queue):
    await queue.add(queue.tenants[0], Job("test.poison", {"n": 3}))
    for _ in range(20):
        await queue.pool.execute("update public.jobs set due_at = now() where state <> 'dead'")
        dispatches = await queue.ledger.dispatch_due(per_tenant=8, limit=8, busy=())
        await queue.ledger.claim([d for d in dispatches if d.actor == "test.poison"], worker="crashes")

    rows = await queue.jobs("actor, state, failures")
    assert {"actor": "test.poison", "state": "dead", "failures": 6} in rows
    assert [row["actor"] for row in rows] == ["test.poison", "test.mourn"]


async def test_jobs_not_done_when_the_worker_must_go_are_handed_back(queue: Queue):
    started = asyncio.Event()

    async def endless(claim: Claim, n: int) -> None:
        started.set()
        await asyncio.sleep(3600)

    await queue.add(queue.tenants[0], Job("test.endless", {"n": 1}))
    worker = queue.worker({"test.endless": endless})
    worker._capacity = type(worker._capacity)(slots=4, per_tenant=4, renew_seconds=0.5, drain_seconds=0.1)
    async with queue.at_work(worker):
        await started.wait()

    assert await queue.jobs("state, failures") == [{"state": "pending", "failures": 0}]


async def test_a_message_of_a_foreign_company_or_of_none_is_refused(queue: Queue):
    diary = Diary(queue)
    ours, theirs = queue.tenants
    await queue.add(ours, Job("test.write", {"n": 1}))
    [real] = await queue.ledger.dispatch_due(per_tenant=8, limit=8, busy=())
    forged = Dispatch(tenant=theirs, job=real.job, fence=real.fence, actor=real.actor, pool="shared")

    assert await queue.ledger.claim([forged], worker="w") == []
    nobody = Dispatch(tenant=TenantId(0), job=JobId(real.job), fence=real.fence, actor=real.actor)
    assert await queue.ledger.claim([nobody], worker="w") == []
    junk = [Parcel("shared", queue_of(ours), "x", b"not a message"), Parcel("shared", "evil", "y", b"{}")]
    await queue.ring.push(junk)
    async with queue.at_work(queue.worker({"test.write": diary_actor(diary)})):
        await queue.pool.execute("update public.jobs set due_at = now()")
        await queue.settled()
    assert diary.runs == Counter([1])


async def test_a_quiet_company_is_served_at_once_while_another_floods(queue: Queue):
    loud, quiet = queue.tenants
    diary = Diary(queue)

    async def slow(claim: Claim, n: int) -> str:
        await asyncio.sleep(0.05)
        return await diary(claim, n)

    for n in range(300):
        await queue.add(loud, Job("test.slow", {"n": n}))
    async with queue.at_work(queue.worker({"test.slow": slow}, slots=16, per_tenant=12)):
        while not diary.order:
            await asyncio.sleep(0.01)
        await queue.add(quiet, Job("test.slow", {"n": 1000}))
        await queue.settled(seconds=30)

    assert diary.order.index((quiet, 1000)) < 60
