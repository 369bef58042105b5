"""The pace as all workers share it, on a real Valkey."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

import pytest
from redis.asyncio import Redis

from adapters.redis.keys import Keys
from adapters.redis.pacing import REMEMBERED, LocalPacing, RedisPacing
from application.delivery.ports import Letter, Pacing
from domain.companies.connection import AuthMode, Connection, Dialect
from domain.delivery.pacing import Pace
from domain.shared.ids import ConnectionId, OutgoingId, TenantId

RECEPTION = Connection(
    id=ConnectionId("reception0000000000000"),
    tenant=TenantId(7),
    name="Recepção",
    dialect=Dialect.SAAS_CLASSIC,
    base_url="https://whaticket.example",
    auth=AuthMode.HMAC,
)
LETTER = Letter(RECEPTION.tenant, RECEPTION.id, "5531987654321@s.whatsapp.net", "Olá")
TWO = Pace(per_minute=6, at_once=2)
MANY = Pace(per_minute=600, at_once=100)


@dataclass
class KnownConnections:
    connection: Connection | None = RECEPTION

    async def get(self, id: ConnectionId) -> Connection | None:
        return self.connection if self.connection is not None and self.connection.id == id else None

    async def only(self) -> Connection | None:
        return self.connection


def pacing(redis: Redis, *, of_connection: Pace = MANY, of_contact: Pace = MANY, own: int = 0) -> RedisPacing:
    known = KnownConnections(replace(RECEPTION, sends_per_minute=own))
    return RedisPacing(redis, Keys(), known, of_connection, of_contact)


def to(number: int) -> Letter:
    return replace(LETTER, to=f"55319{number:08}@s.whatsapp.net")


async def test_a_contact_gets_the_allowance_and_then_waits(redis: Redis) -> None:
    paced: Pacing = pacing(redis, of_contact=TWO)

    waits = [await paced.wait(LETTER) for _ in range(3)]

    assert waits[:2] == [0, 0]
    assert 9 < waits[2] <= 10


async def test_asking_again_too_early_does_not_make_the_wait_longer(redis: Redis) -> None:
    paced = pacing(redis, of_contact=TWO)
    for _ in range(12):
        last = await paced.wait(LETTER)

    assert 0 < last <= 10


async def test_one_contacts_wait_is_not_anothers(redis: Redis) -> None:
    paced = pacing(redis, of_contact=TWO)
    for _ in range(3):
        await paced.wait(to(1))

    assert await paced.wait(to(2)) == 0


async def test_a_letter_that_waits_for_its_contact_does_not_use_the_connections_turn(redis: Redis) -> None:
    paced = pacing(redis, of_connection=Pace(per_minute=6, at_once=3), of_contact=TWO)
    for _ in range(10):
        await paced.wait(to(1))

    assert await paced.wait(to(2)) == 0
    assert await paced.wait(to(3)) > 0


async def test_another_company_with_the_same_connection_and_contact_has_its_own_pace(redis: Redis) -> None:
    paced = pacing(redis, of_contact=Pace(per_minute=6, at_once=1))
    await paced.wait(LETTER)

    assert await paced.wait(replace(LETTER, tenant=TenantId(8))) == 0


async def test_the_connections_own_figure_goes_before_the_default(redis: Redis) -> None:
    paced = pacing(redis, of_connection=Pace(per_minute=1, at_once=1), own=30)

    waits = [await paced.wait(to(number)) for number in range(31)]

    assert waits[:30] == [0] * 30
    assert 1 < waits[30] <= 2


async def test_many_workers_at_once_never_pass_the_allowance_together(redis: Redis) -> None:
    paced = pacing(redis, of_connection=Pace(per_minute=6, at_once=5))

    waits = await asyncio.gather(*(paced.wait(to(number)) for number in range(60)))

    assert waits.count(0) == 5


async def test_keys_leave_by_themselves_once_they_mean_nothing(redis: Redis) -> None:
    paced = pacing(redis, of_contact=Pace(per_minute=60, at_once=2))
    await paced.wait(LETTER)
    await paced.wait(LETTER)

    keys = [key.decode() async for key in redis.scan_iter()]
    lifetimes = {key: await redis.pttl(key) for key in keys}

    assert len(keys) == 2
    assert all(key.startswith("sv:{tenant_7}:pace:") for key in keys)
    assert all(0 < left <= 2001 for left in lifetimes.values())


async def test_without_redis_the_process_keeps_the_pace_alone() -> None:
    nobody = Redis(host="127.0.0.1", port=1)
    paced = pacing(nobody, of_contact=TWO)

    waits = [await paced.wait(LETTER) for _ in range(3)]
    await nobody.aclose()

    assert waits[:2] == [0, 0]
    assert 5 < waits[2] <= 10


def test_alone_too_a_letter_that_waits_takes_no_turn() -> None:
    alone = LocalPacing(now=lambda: 100.0)

    waits = [alone.wait({"contact": TWO, "connection": MANY}) for _ in range(12)]

    assert waits == [0, 0] + [10] * 10


def test_the_stand_in_forgets_addresses_that_are_clear_again() -> None:
    clock = iter(range(0, 10_000_000, 100))
    alone = LocalPacing(now=lambda: float(next(clock)))

    for number in range(REMEMBERED + 5):
        alone.wait({f"contact {number}": TWO})

    assert len(alone.clear_at) < 100


@pytest.mark.parametrize("own", [0, 30])
async def test_an_unknown_connection_is_paced_like_any_other(redis: Redis, own: int) -> None:
    paced = replace(pacing(redis, of_contact=TWO, own=own), connections=KnownConnections(None))

    assert [await paced.wait(LETTER) for _ in range(3)][:2] == [0, 0]


SIX_HUNDRED = Pace(per_minute=600, at_once=1)
"""A tenth of a second apart."""


def numbered(number: int) -> Letter:
    return replace(to(number), number=OutgoingId(number))


async def test_of_a_crowd_each_is_told_a_turn_of_its_own_and_nobody_who_comes_later_is_before_them(
    redis: Redis,
) -> None:
    paced = pacing(redis, of_connection=SIX_HUNDRED)
    assert await paced.wait(numbered(1)) == 0

    waits = [await paced.wait(numbered(number)) for number in (2, 3, 4)]
    await asyncio.sleep(waits[0] + 0.005)

    assert [round(wait, 1) for wait in waits] == [0.1, 0.2, 0.3]
    assert await paced.wait(numbered(5)) > 0.2
    assert await paced.wait(numbered(2)) == 0


async def test_who_comes_back_before_the_turn_is_sent_away_until_then(redis: Redis) -> None:
    paced = pacing(redis, of_connection=SIX_HUNDRED)
    await paced.wait(numbered(1))
    await paced.wait(numbered(2))

    assert 0.05 < await paced.wait(numbered(2)) <= 0.1
    assert await paced.wait(numbered(3)) <= 0.2


def a_reminder(number: int, **more: bool) -> Letter:
    return replace(to(number), number=OutgoingId(number), unasked=True, **more)


async def test_what_failed_after_its_turn_does_not_go_to_the_end_of_the_lane(redis: Redis) -> None:
    paced = pacing(redis, of_connection=Pace(per_minute=6000, at_once=100))
    first = a_reminder(1)
    assert await paced.wait(first) == 0

    waits = [await paced.wait(a_reminder(number)) for number in range(2, 402)]
    retried = await paced.wait(replace(first, again=True))

    assert max(waits) > 4
    assert retried < 0.1


async def test_a_crowd_that_failed_comes_back_at_the_pace_of_the_lane_and_not_at_once(redis: Redis) -> None:
    paced = pacing(redis, of_connection=MANY)  # of the lane 450 a minute, and a second's worth of those at once

    waits = sorted([await paced.wait(a_reminder(number, again=True)) for number in range(1, 101)])

    assert waits[6] == 0
    assert 10 < waits[-1] < 15


async def test_who_waits_for_the_contact_keeps_no_turn_of_the_connection(redis: Redis) -> None:
    paced = pacing(redis, of_connection=SIX_HUNDRED, of_contact=TWO)
    for number in (1, 2, 3):
        await paced.wait(replace(LETTER, number=OutgoingId(number)))
    await asyncio.sleep(0.25)

    assert await paced.wait(numbered(4)) == 0
