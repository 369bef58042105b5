"""Short memory on a real Valkey: it forgets in time, and whatever is wrong with it is forgotten too."""

from __future__ import annotations

import os
import signal
import time

import pytest
from redis.asyncio import Redis

from adapters.redis.keys import Keys
from adapters.redis.memory import RedisMemory
from application.assistant.ports import Speaker, Utterance
from application.conversations.ports import Recollection
from domain.shared.ids import ConversationId, TenantId

TENANT, TALK = TenantId(7), ConversationId(3)
SAID = Recollection(41, (Utterance(Speaker.CONTACT, "oi"), Utterance(Speaker.ASSISTANT, "Olá!")))
KEY = Keys().memory(TENANT, TALK)


def memory(redis: Redis, *, ttl_seconds: int = 60) -> RedisMemory:
    return RedisMemory(redis, Keys(), ttl_seconds=ttl_seconds)


async def test_a_memory_is_kept_as_long_as_told_and_each_turn_begins_that_time_anew(redis: Redis) -> None:
    await memory(redis, ttl_seconds=100).remember(TENANT, TALK, SAID)
    assert 99 <= await redis.ttl(KEY) <= 100

    await memory(redis, ttl_seconds=3600).remember(TENANT, TALK, SAID)
    assert 3599 <= await redis.ttl(KEY) <= 3600


async def test_recalling_does_not_make_it_last_longer(redis: Redis) -> None:
    await memory(redis, ttl_seconds=100).remember(TENANT, TALK, SAID)
    await redis.expire(KEY, 7)

    assert await memory(redis, ttl_seconds=100).recall(TENANT, TALK) == SAID
    assert await redis.ttl(KEY) <= 7


async def test_another_companys_conversation_of_that_number_has_a_key_of_its_own(redis: Redis) -> None:
    for tenant in (7, 8):
        await memory(redis).remember(TenantId(tenant), TALK, SAID)

    keys = sorted([key.decode() async for key in redis.scan_iter()])
    assert keys == ["sv:{tenant_7}:memory:3", "sv:{tenant_8}:memory:3"]


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\xff\xfe not text",
        b"[]",
        b'{"version": "41", "said": []}',
        b'{"version": 41}',
        b'{"version": 41, "said": [["contact"]]}',
        b'{"version": 41, "said": [["robot", "oi"]]}',
        b'{"version": 41, "said": [["contact", null]]}',
        b"[" * 10_000,
    ],
)
async def test_what_nobody_of_ours_can_have_written_is_forgotten_and_written_over(redis: Redis, garbage: bytes) -> None:
    await redis.set(KEY, garbage)

    assert await memory(redis).recall(TENANT, TALK) is None
    await memory(redis).remember(TENANT, TALK, SAID)
    assert await memory(redis).recall(TENANT, TALK) == SAID


async def test_a_key_of_another_kind_is_forgotten_too(redis: Redis) -> None:
    await redis.rpush(KEY, "a list")

    assert await memory(redis).recall(TENANT, TALK) is None


async def test_a_stopped_redis_is_a_bad_memory_and_no_delay_and_recovers(redis: Redis) -> None:
    kept = memory(redis)
    await kept.remember(TENANT, TALK, SAID)
    pid = (await redis.info("server"))["process_id"]

    os.kill(pid, signal.SIGSTOP)
    try:
        since = time.monotonic()
        recalled = await kept.recall(TENANT, TALK)
        recalling = time.monotonic() - since
        await kept.remember(TENANT, TALK, Recollection(42, ()))
        remembering = time.monotonic() - since - recalling
    finally:
        os.kill(pid, signal.SIGCONT)

    assert recalled is None
    assert recalling < 0.5
    assert remembering < 0.5
    assert await kept.recall(TENANT, TALK) is not None


async def test_a_redis_that_is_gone_is_a_bad_memory_too() -> None:
    nobody = Redis(host="127.0.0.1", port=1)

    await memory(nobody).remember(TENANT, TALK, SAID)
    assert await memory(nobody).recall(TENANT, TALK) is None
    await nobody.aclose()
