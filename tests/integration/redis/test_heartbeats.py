"""Workers that live, stop in good order, die, and fall silent."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from redis.asyncio import Redis

from adapters.redis.heartbeats import BELIEVED_FOR, Heartbeats
from adapters.redis.keys import PlatformKeys
from application.provisioning.workers import Heartbeat

KEYS = PlatformKeys("test")
ANA = Heartbeat(id="ana", pool="shared", slots=64, in_flight=3, version="0.1.0", started="2026-01-02T03:04:05Z")
BIA = replace(ANA, id="bia", pool="tenant_7", host="one", pid=4711, tenants=(7,))


async def grow_old(redis: Redis, worker: str, seconds: float) -> None:
    """Move a beat into the past, instead of waiting for it to get there."""
    kept = await redis.hget(KEYS.workers(), worker)
    assert isinstance(kept, bytes)
    at, beat = kept.split(b" ", 1)
    await redis.hset(KEYS.workers(), worker, b"%d %s" % (int(at) - seconds, beat))


async def test_a_worker_that_beat_lately_is_heard_with_all_it_said(redis: Redis) -> None:
    heartbeats = Heartbeats(redis, KEYS)
    await heartbeats.beat(ANA)
    await heartbeats.beat(BIA)
    await heartbeats.beat(replace(ANA, in_flight=4))

    assert sorted(await heartbeats.heard(), key=lambda beat: beat.id) == [replace(ANA, in_flight=4), BIA]
    assert await heartbeats.count() == 2


async def test_a_worker_that_fell_silent_is_not_heard_and_is_forgotten_at_the_next_beat(redis: Redis) -> None:
    heartbeats = Heartbeats(redis, KEYS)
    await heartbeats.beat(ANA)
    await grow_old(redis, "ana", BELIEVED_FOR + 1)

    assert await heartbeats.count() == 0
    await heartbeats.beat(BIA)
    assert await redis.hkeys(KEYS.workers()) == [b"bia"]


async def test_the_last_beat_of_all_leaves_nothing_behind(redis: Redis) -> None:
    await Heartbeats(redis, KEYS).beat(ANA)

    assert 0 < await redis.ttl(KEYS.workers()) <= 4 * BELIEVED_FOR


async def test_a_worker_beats_until_it_stops_and_then_takes_leave(redis: Redis) -> None:
    heartbeats = Heartbeats(redis, KEYS)
    beating = asyncio.create_task(heartbeats.keep_beating(lambda: ANA))
    async with asyncio.timeout(5):
        while True:
            if await heartbeats.count():
                break
            await asyncio.sleep(0.005)

    beating.cancel()
    await asyncio.wait([beating])

    assert await heartbeats.count() == 0


async def test_a_worker_keeps_beating_through_a_redis_that_is_away() -> None:
    async with Redis.from_url("redis://127.0.0.1:1/0") as nobody:
        beating = asyncio.create_task(Heartbeats(nobody, KEYS).keep_beating(lambda: ANA))
        done, _ = await asyncio.wait([beating], timeout=0.3)
        assert not done
        beating.cancel()
        await asyncio.wait([beating])
        assert beating.cancelled()


async def test_a_worker_of_another_version_is_heard_too(redis: Redis) -> None:
    now, _ = await redis.time()
    older = '{"id": "old", "pool": "shared", "slots": 4, "in_flight": 0, "version": "0", "started": "", "mood": "fine"}'
    await redis.hset(KEYS.workers(), "old", f"{now} {older}")

    assert await Heartbeats(redis, KEYS).heard() == [Heartbeat("old", "shared", 4, 0, "0", "")]
