"""What every Memory promises: our fake, and Redis."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from adapters.redis.keys import Keys
from adapters.redis.memory import RedisMemory
from application.assistant.ports import Speaker, Utterance
from application.conversations.ports import Memory, Recollection
from domain.shared.ids import ConversationId, TenantId
from tests.fakes.pipeline import FakeMemory

TENANT, OTHER_TENANT = TenantId(7), TenantId(8)
TALK, OTHER_TALK = ConversationId(1), ConversationId(2)
SAID = Recollection(
    41,
    (
        Utterance(Speaker.CONTACT, 'olá "Luna"\n\u200e😀'),
        Utterance(Speaker.ASSISTANT, ""),
        Utterance(Speaker.STAFF, "Pois não?"),
    ),
)


@pytest.fixture(params=["fake", "redis"])
async def memory(request: pytest.FixtureRequest) -> AsyncIterator[Memory]:
    if request.param == "fake":
        yield FakeMemory()
        return
    async with Redis.from_url(request.getfixturevalue("redis_url"), socket_timeout=5) as redis:
        yield RedisMemory(redis, Keys(f"t{secrets.token_hex(4)}"), ttl_seconds=60)


async def test_what_was_remembered_is_recalled_word_for_word(memory: Memory):
    await memory.remember(TENANT, TALK, SAID)

    assert await memory.recall(TENANT, TALK) == SAID


async def test_nothing_is_recalled_of_a_conversation_nobody_remembered(memory: Memory):
    await memory.remember(TENANT, TALK, SAID)

    assert await memory.recall(TENANT, OTHER_TALK) is None


async def test_a_conversation_of_the_same_number_in_another_company_is_another(memory: Memory):
    await memory.remember(TENANT, TALK, SAID)

    assert await memory.recall(OTHER_TENANT, TALK) is None


async def test_the_last_that_was_remembered_counts(memory: Memory):
    await memory.remember(TENANT, TALK, SAID)
    await memory.remember(TENANT, TALK, Recollection(43, SAID.said[1:]))

    assert await memory.recall(TENANT, TALK) == Recollection(43, SAID.said[1:])


async def test_having_said_nothing_yet_can_be_remembered_too(memory: Memory):
    await memory.remember(TENANT, TALK, Recollection(0, ()))

    assert await memory.recall(TENANT, TALK) == Recollection(0, ())
