"""Three hundred companies, a few of them very loud: everybody gets a share, nobody is forgotten, nothing comes early."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from adapters.queue.broker import queue_of, read_dispatch, tenant_of
from application.shared.ledger import Dispatch
from domain.shared.ids import TenantId
from tests.integration.queue.conftest import Queue

COMPANIES = 300
PER_TENANT = 8


@pytest.fixture
async def companies(queue: Queue) -> Sequence[TenantId]:
    """Registered only: a job's row is all that the relay knows of them."""
    rows = await queue.pool.fetch(
        "insert into public.tenants (name, slug, state)"
        " select 'c' || n, 'c' || n, 'active' from generate_series(1, $1) n returning id",
        COMPANIES,
    )
    await queue.pool.execute("analyze public.tenants")
    return [TenantId(row["id"]) for row in rows]


async def fill(queue: Queue, jobs: dict[TenantId, int], *, due: str = "now() - interval '1 minute'") -> None:
    """So many jobs each; the later they were asked for, the later they are due."""
    await queue.pool.execute(
        "insert into public.jobs (tenant_id, actor, args, due_at)"
        f" select tenant, 'test.write', '{{\"n\": 1}}', {due} + n * interval '1 ms'"
        " from unnest($1::int[], $2::int[]) as wanted (tenant, many), generate_series(1, many) n",
        list(jobs),
        list(jobs.values()),
    )
    await queue.pool.execute("analyze public.jobs")


async def take(queue: Queue, count: int) -> list[Dispatch]:
    """What a worker does, as far as the relay can see: it takes messages and ends their jobs."""
    taken = [read_dispatch(raw) for raw in await queue.ring.fetch("shared", count)]
    claimed = await queue.ledger.claim(taken, worker="w")
    for job in claimed:
        await queue.ledger.drop(job.claim)
    return [one for one in taken if one.job in {job.claim.job for job in claimed}]


def shares(dispatches: Sequence[Dispatch]) -> Counter[TenantId]:
    return Counter(dispatch.tenant for dispatch in dispatches)


async def test_one_look_gives_each_company_its_share_and_leaves_the_future_alone(
    queue: Queue, companies: Sequence[TenantId]
):
    due = {tenant: 1 + n % 12 for n, tenant in enumerate(companies)}
    await fill(queue, due)
    await fill(queue, dict.fromkeys(companies, 60), due="now() + interval '1 hour'")

    dispatches = await queue.ledger.dispatch_due(per_tenant=PER_TENANT, limit=10_000, busy=())

    assert shares(dispatches) == {tenant: min(many, PER_TENANT) for tenant, many in due.items()}
    assert all(dispatch.late > 0 for dispatch in dispatches)
    early = "select count(*) from public.jobs where state <> 'pending' and due_at > now() + interval '30 minutes'"
    assert await queue.pool.fetchval(early) == 0


async def test_what_waited_longest_in_a_company_goes_first(queue: Queue, companies: Sequence[TenantId]):
    await fill(queue, dict.fromkeys(companies, 20))

    given = await queue.ledger.dispatch_due(per_tenant=3, limit=10_000, busy=())

    ranks = await queue.pool.fetch(
        "select id, rank() over (partition by tenant_id order by id) as place from public.jobs"
    )
    place = {row["id"]: row["place"] for row in ranks}
    assert Counter(place[dispatch.job] for dispatch in given) == {1: COMPANIES, 2: COMPANIES, 3: COMPANIES}


async def test_a_flood_older_than_everything_hides_nobody(queue: Queue, companies: Sequence[TenantId]):
    loud, *quiet = companies
    await fill(queue, {loud: 5_000}, due="now() - interval '1 day'")
    await fill(queue, dict.fromkeys(quiet, 1))

    dispatches = await queue.ledger.dispatch_due(per_tenant=PER_TENANT, limit=1000, busy=())

    assert shares(dispatches) == {loud: PER_TENANT} | dict.fromkeys(quiet, 1)


async def test_a_busy_company_gets_nothing_and_takes_nobodys_place(queue: Queue, companies: Sequence[TenantId]):
    busy = companies[::3]
    await fill(queue, dict.fromkeys(companies, 20))

    dispatches = await queue.ledger.dispatch_due(per_tenant=PER_TENANT, limit=10_000, busy=busy)

    assert shares(dispatches) == {tenant: PER_TENANT for tenant in companies if tenant not in busy}


async def test_no_more_is_handed_out_than_there_is_room_for(queue: Queue, companies: Sequence[TenantId]):
    await fill(queue, dict.fromkeys(companies, 20))

    assert len(await queue.ledger.dispatch_due(per_tenant=PER_TENANT, limit=37, busy=())) == 37
    held = await queue.pool.fetchval("select count(*) from public.jobs where state = 'dispatched'")
    assert held == 37


async def test_what_lies_in_redis_stays_within_its_bounds_while_nobody_works(
    queue: Queue, companies: Sequence[TenantId]
):
    await fill(queue, dict.fromkeys(companies, 40))
    relay = queue.relay(queue_limit=100, per_tenant=PER_TENANT)

    while await relay.hand_out():
        lengths = await queue.ring.lengths()
        partly_filled = [length for length in lengths.values() if length < PER_TENANT]
        assert sum(partly_filled) <= 100
        assert max(lengths.values()) < 2 * PER_TENANT

    assert set(lengths) == {queue_of(tenant) for tenant in companies}
    assert min(lengths.values()) >= PER_TENANT  # each company is at its own limit: that is why no more comes


async def test_while_there_is_room_for_few_nobody_gets_a_third_share_before_all_had_their_first(
    queue: Queue, companies: Sequence[TenantId]
):
    await fill(queue, {tenant: 5 * PER_TENANT if n % 3 else 2 for n, tenant in enumerate(companies)})
    relay = queue.relay(queue_limit=50, per_tenant=PER_TENANT)
    served = Counter(dict.fromkeys(companies, 0))

    while not min(served.values()):
        await relay.hand_out()
        done = await take(queue, 40)
        assert done, served
        served.update(shares(done))

        assert max(served.values()) <= 2 * PER_TENANT, served


async def test_everything_due_is_done_in_the_end_and_only_once(queue: Queue, companies: Sequence[TenantId]):
    wanted = {tenant: 1 + (n % 7) ** 2 for n, tenant in enumerate(companies)}
    await fill(queue, wanted)
    relay, twin = (queue.relay(queue_limit=200, per_tenant=PER_TENANT) for _ in range(2))
    done: list[Dispatch] = []
    while len(done) < sum(wanted.values()):
        await relay.hand_out()
        await twin.hand_out()
        taken = await take(queue, 200)
        assert taken
        done += taken

    assert shares(done) == wanted
    assert len({dispatch.job for dispatch in done}) == len(done)
    assert await queue.jobs() == []
    assert {tenant_of(name) for name in await queue.ring.lengths()} == set()
