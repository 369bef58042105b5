"""The limits at the door, on a real server that also stops, comes back and loses everything."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from adapters.redis.keys import Keys
from adapters.redis.rate_limits import ASSUMED_AWAY, PATIENCE, Limit, Limits, RedisRateLimits
from domain.shared.ids import TenantId

CLINIC, SALON = TenantId(1), TenantId(2)
PHONE, OTHER_PHONE = "5511987654321", "5521912345678"
IP = "203.0.113.7"
HOUR = 3600.0


def door(redis: Redis, *, patience: float = 10.0, **limits: Limit | None) -> RedisRateLimits:
    """Patient, so that a busy machine does not change what is counted; the tests of patience say so."""
    every = Limits(**{"by_number": None, "by_ip": None, "by_tenant": None} | limits)
    return RedisRateLimits(redis, Keys(pepper=b"pepper"), every, patience=patience)


class Counted:
    """Redis, and how many trips were made to it."""

    def __init__(self, redis: Redis) -> None:
        self.redis = redis
        self.asked = 0

    def pipeline(self, **options: bool) -> object:
        self.asked += 1
        return self.redis.pipeline(**options)


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@pytest.fixture
async def pid(redis: Redis) -> int:
    return (await redis.info("server"))["process_id"]


@pytest.mark.parametrize("by", ["number", "ip", "tenant"])
async def test_a_limit_lets_exactly_so_many_through_and_names_itself(redis: Redis, by: str) -> None:
    limits = door(redis, **{f"by_{by}": Limit(5, HOUR)})

    answers = [await limits.hit(CLINIC, number=PHONE, ip=IP) for _ in range(7)]

    assert answers == [None] * 5 + [by] * 2


async def test_parallel_messages_share_one_limit(redis: Redis) -> None:
    limits = door(redis, by_number=Limit(20, HOUR))

    answers = await asyncio.gather(*(limits.hit(CLINIC, number=PHONE, ip=IP) for _ in range(60)))

    assert answers.count(None) == 20


async def test_the_limit_is_refilled_evenly(redis: Redis) -> None:
    limits = door(redis, by_number=Limit(2, 0.4))
    assert [await limits.hit(CLINIC, number=PHONE, ip=IP) for _ in range(3)] == [None, None, "number"]

    since = time.monotonic()
    while True:
        if await limits.hit(CLINIC, number=PHONE, ip=IP) is None:
            break
        await asyncio.sleep(0.005)

    assert 0.05 < time.monotonic() - since < 0.4


async def test_one_number_over_its_limit_leaves_the_others_alone(redis: Redis) -> None:
    limits = door(redis, by_number=Limit(2, HOUR), by_tenant=Limit(4, HOUR))
    for _ in range(50):
        await limits.hit(CLINIC, number=PHONE, ip=IP)

    assert await limits.hit(CLINIC, number=OTHER_PHONE, ip=IP) is None


async def test_companies_do_not_share_limits(redis: Redis) -> None:
    limits = door(redis, by_number=Limit(1, HOUR), by_ip=Limit(1, HOUR), by_tenant=Limit(1, HOUR))
    await limits.hit(CLINIC, number=PHONE, ip=IP)

    assert await limits.hit(CLINIC, number=PHONE, ip=IP) == "number"
    assert await limits.hit(SALON, number=PHONE, ip=IP) is None


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("no address", "'; drop", True),
    ],
)
async def test_an_ipv6_network_counts_as_one_address(redis: Redis, first: str, second: str, same: bool) -> None:
    limits = door(redis, by_ip=Limit(1, HOUR))
    await limits.hit(CLINIC, number=PHONE, ip=first)

    assert (await limits.hit(CLINIC, number=PHONE, ip=second) == "ip") is same


async def test_messages_that_come_together_travel_together(redis: Redis) -> None:
    counted = Counted(redis)
    limits = door(counted, by_number=Limit(1, HOUR))

    answers = await asyncio.gather(*(limits.hit(CLINIC, number=f"{n}", ip=IP) for n in range(100)))

    assert answers == [None] * 100
    assert counted.asked <= 3


async def test_a_message_whose_caller_went_away_leaves_the_others_alone(redis: Redis) -> None:
    limits = door(redis, by_number=Limit(1, HOUR))
    asking = [asyncio.create_task(limits.hit(CLINIC, number=f"{n}", ip=IP)) for n in range(10)]
    await asyncio.sleep(0)
    asking[0].cancel()

    answers = await asyncio.gather(*asking, return_exceptions=True)

    assert answers[1:] == [None] * 9


async def test_a_key_of_another_type_is_no_reason_to_refuse(redis: Redis) -> None:
    limits = door(redis, by_number=Limit(1, HOUR))
    await redis.hset(limits.keys.limit_of_number(CLINIC, PHONE), "not", "a number")

    assert await limits.hit(CLINIC, number=PHONE, ip=IP) is None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(messages=st.integers(1, 40), tries=st.integers(0, 60))
async def test_never_more_than_the_limit_at_once_and_never_fewer(redis: Redis, messages: int, tries: int) -> None:
    await redis.flushall()
    limits = door(redis, by_number=Limit(messages, HOUR))

    answers = [await limits.hit(CLINIC, number=PHONE, ip=IP) for _ in range(tries)]

    assert answers.count(None) == min(messages, tries)


async def test_keys_expire_and_show_no_telephone_and_no_address(redis: Redis) -> None:
    limits = door(redis, by_number=Limit(5, 60), by_ip=Limit(5, 60), by_tenant=Limit(5, 60))
    await limits.hit(CLINIC, number=PHONE, ip=IP)

    keys = [key.decode() async for key in redis.scan_iter()]

    assert len(keys) == 3
    for key in keys:
        assert 0 < await redis.pttl(key) <= 60_000
        assert PHONE not in key
        assert IP not in key
        assert re.match(r"sv:\{tenant_1\}:limit:(number|ip|tenant)", key)


async def test_a_stopped_redis_lets_everyone_through_and_holds_nobody_up(redis: Redis, pid: int) -> None:
    counted = Counted(redis)
    limits = door(counted, by_number=Limit(1, HOUR), patience=PATIENCE)

    with stopped(pid):
        since = time.monotonic()
        answers = [await limits.hit(CLINIC, number=PHONE, ip=IP) for _ in range(200)]
        waited = time.monotonic() - since

    assert answers == [None] * 200
    assert counted.asked < 20
    assert waited < 100 * PATIENCE


async def test_while_redis_is_away_only_one_message_finds_out_whether_it_is_back(redis: Redis, pid: int) -> None:
    now = 100.0
    counted = Counted(redis)
    limits = door(counted, by_number=Limit(1, HOUR), patience=PATIENCE)
    limits.now = lambda: now

    with stopped(pid):
        while limits._ask_again is None:  # once, unless this machine is too busy to be sure whose delay it was
            await limits.hit(CLINIC, number=PHONE, ip=IP)
        asked = counted.asked
        now += ASSUMED_AWAY
        answers = await asyncio.gather(*(limits.hit(CLINIC, number=PHONE, ip=IP) for _ in range(50)))

    assert answers == [None] * 50
    assert counted.asked == asked + 1


async def test_a_loop_of_ours_that_was_late_is_not_blamed_on_redis(redis: Redis) -> None:
    limits = door(redis, by_number=Limit(1, HOUR), patience=PATIENCE)
    asking = asyncio.create_task(limits.hit(CLINIC, number=OTHER_PHONE, ip=IP))
    await asyncio.sleep(0)
    time.sleep(3 * PATIENCE)  # noqa: ASYNC251 - the loop is held up on purpose
    assert await asking is None

    limits._trips.patience = 10.0
    assert await limits.hit(CLINIC, number=PHONE, ip=IP) is None
    assert await limits.hit(CLINIC, number=PHONE, ip=IP) == "number"


async def test_limits_count_again_once_redis_is_back(redis: Redis, pid: int) -> None:
    now = 100.0
    limits = door(redis, by_number=Limit(1, HOUR), patience=PATIENCE)
    limits.now = lambda: now
    with stopped(pid):
        await limits.hit(CLINIC, number=OTHER_PHONE, ip=IP)
    await redis.ping()
    now += ASSUMED_AWAY
    limits._trips.patience = 10.0

    assert await limits.hit(CLINIC, number=PHONE, ip=IP) is None
    assert await limits.hit(CLINIC, number=PHONE, ip=IP) == "number"


async def test_a_redis_that_refuses_connections_lets_everyone_through() -> None:
    async with Redis.from_url("redis://127.0.0.1:1/0") as nobody:
        assert await door(nobody, by_number=Limit(1, HOUR)).hit(CLINIC, number=PHONE, ip=IP) is None


async def test_a_redis_that_forgot_everything_starts_counting_anew(redis: Redis) -> None:
    limits = door(redis, by_number=Limit(1, HOUR))
    await limits.hit(CLINIC, number=PHONE, ip=IP)
    await redis.flushall()
    await redis.script_flush()

    assert await limits.hit(CLINIC, number=PHONE, ip=IP) is None


async def test_without_limits_redis_is_not_asked() -> None:
    async with Redis.from_url("redis://127.0.0.1:1/0") as nobody:
        limits = door(nobody)
        since = time.monotonic()
        assert await limits.hit(CLINIC, number=PHONE, ip=IP) is None
        assert time.monotonic() - since < 0.05
