"""Webhooks kept by one process for many companies: each once, in order, whatever happens to the others."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg
import psutil
import pytest

from adapters.postgres.intake import LANES, MOST_AT_ONCE, PostgresInbox
from adapters.postgres.names import schema_of
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import Pool
from adapters.postgres.tenants import PostgresCompanies
from application.intake.ports import Envelope, InboxAway
from domain.conversations.inbound import Chat, InboundMessage, Kind
from domain.intake.envelope import BUCKET, keys_of
from domain.shared.ids import ConnectionId, TenantId

LINE = ConnectionId("connectionconnection00")
ANA = "5511999990000@s.whatsapp.net"


@pytest.fixture
async def tenants(pool: Pool) -> list[TenantId]:
    """Three companies with a place of their own."""
    return [await a_company(pool, slug) for slug in ("a", "b", "c")]


async def a_company(pool: Pool, slug: str) -> TenantId:
    company = await PostgresCompanies(pool).add(name=slug, slug=slug, time_zone="America/Sao_Paulo")
    await PostgresPlaces(pool).make(company.id)
    return company.id


def an_envelope(tenant: TenantId, key: str, *, address: str = ANA, **changes: object) -> Envelope:
    ordinary = Envelope(
        tenant=tenant,
        connection=LINE,
        address=address,
        key=key,
        previous_key=None,
        body='{"text": "oi"}',
        limited=False,
        correlation=f"c-{key}",
    )
    return replace(ordinary, **changes)


async def keys_in(pool: Pool, tenant: TenantId, *, address: str = ANA) -> list[str]:
    """Message keys of an address in the order in which they will be read."""
    rows = await pool.fetch(
        f"select message_key from {schema_of(tenant)}.envelopes e join {schema_of(tenant)}.addresses a"
        " on a.id = e.address_id where a.address = $1 order by e.id",
        address,
    )
    return [row["message_key"] for row in rows]


async def test_two_hundred_at_once_are_kept_once_each_in_their_own_company(pool: Pool, tenants: list[TenantId]):
    inbox = PostgresInbox(pool)
    envelopes = [
        an_envelope(tenants[n % 3], f"k{n % 120}", address=f"55119{n % 12:08}@s.whatsapp.net") for n in range(200)
    ]

    fresh = await asyncio.gather(*(inbox.keep(envelope) for envelope in envelopes))

    told = Counter((envelope.tenant, envelope.key) for envelope, new in zip(envelopes, fresh, strict=True) if new)
    assert told == Counter({(envelope.tenant, envelope.key) for envelope in envelopes})
    for tenant in tenants:
        kept = await pool.fetch(f"select message_key from {schema_of(tenant)}.envelopes")
        assert Counter(row["message_key"] for row in kept) == Counter(
            e.key for e in set(envelopes) if e.tenant == tenant
        )
    jobs = await pool.fetch("select tenant_id, count(*) from public.jobs where actor = 'intake.read' group by 1")
    assert dict(jobs) == dict.fromkeys(tenants, 4)


async def test_a_repeat_is_told_as_one_also_to_another_process(pool: Pool, tenants: list[TenantId]):
    first, second = PostgresInbox(pool), PostgresInbox(pool)
    envelope = an_envelope(tenants[0], "k")

    fresh = await asyncio.gather(*(inbox.keep(envelope) for inbox in (first, second) for _ in range(20)))

    assert Counter(fresh) == {True: 1, False: 39}
    assert await second.keep(envelope) is False
    assert await keys_in(pool, tenants[0]) == ["k"]


async def test_the_same_key_of_another_address_connection_or_company_is_another_message(
    pool: Pool, tenants: list[TenantId]
):
    inbox = PostgresInbox(pool)
    one = an_envelope(tenants[0], "k")
    others = [
        replace(one, address="5511888880000@s.whatsapp.net"),
        replace(one, connection=ConnectionId("connectionconnection01")),
        replace(one, tenant=tenants[1]),
    ]

    assert [await inbox.keep(envelope) for envelope in (one, *others)] == [True] * 4


async def test_what_one_address_says_is_read_in_the_order_in_which_it_came(pool: Pool, tenants: list[TenantId]):
    inbox = PostgresInbox(pool)
    for start in range(0, 3 * 40, 40):
        together = (
            an_envelope(tenants[n % 2], f"{n:03}", address=f"55119{n % 4:08}@s.whatsapp.net")
            for n in range(start, start + 40)
        )
        await asyncio.gather(*(inbox.keep(envelope) for envelope in together))

    for n in range(4):
        keys = await keys_in(pool, tenants[n % 2], address=f"55119{n:08}@s.whatsapp.net")
        assert keys == sorted(keys)
        assert len(keys) == 30


async def test_words_without_an_id_are_recognised_across_the_edge_of_their_bucket(pool: Pool, tenants: list[TenantId]):
    inbox = PostgresInbox(pool)
    edge = datetime.fromtimestamp(1_800_000_000 // BUCKET * BUCKET, UTC)
    said = InboundMessage(chat=Chat(ANA), external_id=None, kind=Kind.TEXT, text="oi", sent_at=None)

    async def kept_at(at: datetime) -> bool:
        keys = keys_of(said, received_at=at)
        envelope = an_envelope(tenants[0], keys.key, previous_key=keys.previous_key)
        return await inbox.keep(envelope)

    assert await kept_at(edge - timedelta(seconds=1)) is True
    assert await kept_at(edge - timedelta(milliseconds=1)) is False
    assert await kept_at(edge) is False
    assert await kept_at(edge + timedelta(seconds=2 * BUCKET)) is True


async def test_a_company_whose_place_is_broken_does_not_refuse_the_others_their_webhooks(
    pool: Pool, tenants: list[TenantId]
):
    whole, broken, also_whole = tenants
    await pool.execute(f"drop schema {schema_of(broken)} cascade")
    inbox = PostgresInbox(pool)

    outcomes = await asyncio.gather(
        *(inbox.keep(an_envelope(tenants[n % 3], f"k{n}")) for n in range(30)), return_exceptions=True
    )

    assert outcomes[0::3] == [True] * 10
    assert {type(outcome) for outcome in outcomes[1::3]} == {InboxAway}
    assert outcomes[2::3] == [True] * 10
    for tenant in (whole, also_whole):
        assert len(await keys_in(pool, tenant)) == 10
    assert await pool.fetchval("select count(*) from public.jobs where tenant_id = $1", broken) == 0


async def test_a_body_the_database_cannot_hold_is_refused_alone(pool: Pool, tenants: list[TenantId]):
    inbox = PostgresInbox(pool)

    outcomes = await asyncio.gather(
        inbox.keep(an_envelope(tenants[0], "good")),
        inbox.keep(an_envelope(tenants[0], "bad", body="nul \0 inside")),
        inbox.keep(an_envelope(tenants[0], "good too")),
        return_exceptions=True,
    )

    assert outcomes[::2] == [True, True]
    assert isinstance(outcomes[1], InboxAway)


async def test_somebody_who_goes_away_takes_nobody_with_them(pool: Pool, tenants: list[TenantId]):
    inbox = PostgresInbox(pool)
    waiting = [asyncio.create_task(inbox.keep(an_envelope(tenants[n % 3], f"k{n}"))) for n in range(100)]
    await asyncio.sleep(0)  # all are in the waiting room, or on their way already
    left = waiting[10:20] + waiting[90:]
    for task in left:
        task.cancel()

    outcomes = await asyncio.gather(*waiting, return_exceptions=True)

    stayed = [outcome for task, outcome in zip(waiting, outcomes, strict=True) if task not in left]
    assert stayed == [True] * 80
    assert await inbox.keep(an_envelope(tenants[0], "after")) is True
    again = await asyncio.gather(*(inbox.keep(an_envelope(tenants[n % 3], f"k{n}")) for n in range(100)))
    kept = [await keys_in(pool, tenant) for tenant in tenants]
    assert sum(map(len, kept)) == 101
    assert again.count(True) <= len(left)


async def test_the_relay_is_rung_once_for_what_was_kept_together(pool: Pool, tenants: list[TenantId]):
    rings = []
    inbox = PostgresInbox(pool, on_kept=lambda: rings.append(1))

    await asyncio.gather(*(inbox.keep(an_envelope(tenants[0], f"k{n}")) for n in range(MOST_AT_ONCE)))

    assert 1 <= len(rings) <= LANES


class Watched(PostgresInbox):
    """Counts what PostgreSQL had to break up."""

    deadlocks = 0

    async def _store(self, envelopes: Sequence[Envelope]) -> Sequence[bool]:
        try:
            return await super()._store(envelopes)
        except asyncpg.DeadlockDetectedError:
            self.deadlocks += 1
            raise


async def test_two_processes_never_wait_for_each_other_in_a_circle(pool: Pool, tenants: list[TenantId]):
    one, other = Watched(pool), Watched(pool)

    for turn in range(20):
        addresses = [f"55{turn + 11}9{n:08}@s.whatsapp.net" for n in range(10)]  # new ones: their rows are waited for
        there = [an_envelope(tenant, f"{turn}", address=address) for tenant in tenants[:2] for address in addresses]
        back = [replace(envelope, key=f"{turn}-back") for envelope in reversed(there)]
        outcomes = await asyncio.gather(
            *(one.keep(envelope) for envelope in there), *(other.keep(envelope) for envelope in back)
        )
        assert outcomes == [True] * 40

    assert one.deadlocks + other.deadlocks == 0


async def test_two_processes_that_get_the_same_repeats_in_opposite_order_both_tell_the_truth(
    pool: Pool, tenants: list[TenantId]
):
    one, other = PostgresInbox(pool), PostgresInbox(pool)

    for turn in range(2):
        there = [an_envelope(tenants[0], f"{turn}-{n}") for n in range(20)]
        outcomes = await asyncio.gather(
            *(one.keep(envelope) for envelope in there), *(other.keep(envelope) for envelope in reversed(there))
        )
        first, second = outcomes[:20], outcomes[:19:-1]
        assert [mine ^ theirs for mine, theirs in zip(first, second, strict=True)] == [True] * 20

    assert len(await keys_in(pool, tenants[0])) == 40


async def test_a_database_that_hangs_refuses_in_time_and_takes_up_again(pool: Pool, tenants: list[TenantId]):
    inbox = PostgresInbox(pool)
    assert await inbox.keep(an_envelope(tenants[0], "before")) is True
    server = await server_of(pool)

    with stopped(server):
        started = time.monotonic()
        outcomes = await asyncio.gather(
            *(inbox.keep(an_envelope(tenants[n % 3], f"hung {n}")) for n in range(100)), return_exceptions=True
        )
        waited = time.monotonic() - started

    assert {type(outcome) for outcome in outcomes} == {InboxAway}
    assert all(outcome.retry_after is not None for outcome in outcomes)
    assert waited < 5

    async with asyncio.timeout(15):
        while not await well(inbox, an_envelope(tenants[0], "after")):
            await asyncio.sleep(0.05)
    repeats = await asyncio.gather(*(inbox.keep(an_envelope(tenants[n % 3], f"hung {n}")) for n in range(100)))
    assert len(repeats) == 100
    assert sum([len(await keys_in(pool, tenant)) for tenant in tenants]) == 102


async def well(inbox: PostgresInbox, envelope: Envelope) -> bool:
    try:
        await inbox.keep(envelope)
    except InboxAway:
        return False
    return True


async def server_of(pool: Pool) -> psutil.Process:
    backend = await pool.fetchval("select pg_backend_pid()")
    parent = psutil.Process(backend).parent()
    assert parent is not None
    return parent


@contextmanager
def stopped(server: psutil.Process) -> Iterator[None]:
    """The postmaster and every backend of it, as if the machine hung."""
    pids = [server.pid, *(child.pid for child in server.children())]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
