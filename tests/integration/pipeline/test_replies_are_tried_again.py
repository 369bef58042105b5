"""Replies that died and are tried again by hand: each arrives once, and those of one conversation in their old order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from adapters.postgres.dead_letters import PostgresDeadLetters
from application.delivery.ports import ChannelRefused, ChannelUnavailable, Letter, Sent
from domain.dead_letters.dead_letter import DeadLetter
from tests.integration.pipeline.conftest import Pipeline, count, failed, until

SAID = ("um", "dois", "três")


@pytest.fixture
def dead_letters(pipeline: Pipeline) -> PostgresDeadLetters:
    return PostgresDeadLetters(pipeline.queue.pool)


async def three_that_died(pipeline: Pipeline, dead_letters: PostgresDeadLetters) -> Sequence[DeadLetter]:
    """The oldest first."""
    pipeline.channel.script = [ChannelRefused("a filter that is lifted later")] * len(SAID)
    for text in SAID:
        await pipeline.say(text)
        await pipeline.work_it_off()
    return list(reversed(await dead_letters.parked(tenant=None, after=None, limit=10)))


def order_of(pipeline: Pipeline) -> list[str]:
    return [next(word for word in SAID if word in text) for text in pipeline.channel.texts]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
async def test_retried_together_they_arrive_in_the_order_they_were_said(
    pipeline: Pipeline, dead_letters: PostgresDeadLetters, order: tuple[int, ...]
):
    letters = await three_that_died(pipeline, dead_letters)
    send = pipeline.channel.send

    async def the_first_slowest(letter: Letter) -> Sent:
        await asyncio.sleep(0.2 if "um" in letter.text else 0)
        return await send(letter)

    pipeline.channel.send = the_first_slowest
    for one in order:
        await dead_letters.retry(letters[one].id)
    await pipeline.work_it_off()

    assert order_of(pipeline) == list(SAID)
    assert await pipeline.rows("select distinct state from outgoing") == [{"state": "sent"}]
    assert await pipeline.queue.jobs() == []


async def test_one_that_has_to_be_tried_twice_still_goes_before_those_behind_it(
    pipeline: Pipeline, dead_letters: PostgresDeadLetters
):
    letters = await three_that_died(pipeline, dead_letters)
    pipeline.channel.script = [ChannelUnavailable("503")]
    for letter in letters:
        await dead_letters.retry(letter.id)
    async with pipeline.at_work():
        await until(lambda: failed(pipeline, 1))
        assert pipeline.channel.arrived == []
        await pipeline.hurry()
        await pipeline.queue.settled()

    assert order_of(pipeline) == list(SAID)


async def test_one_that_dies_again_lets_those_behind_it_pass(pipeline: Pipeline, dead_letters: PostgresDeadLetters):
    letters = await three_that_died(pipeline, dead_letters)
    pipeline.channel.script = [ChannelRefused("still")]
    for letter in letters:
        await dead_letters.retry(letter.id)
    await pipeline.work_it_off()

    assert order_of(pipeline) == ["dois", "três"]
    assert [one.id for one in await dead_letters.parked(tenant=None, after=None, limit=10)] == [letters[0].id]


async def test_one_alone_waits_for_nobody_and_brings_no_other_with_it(
    pipeline: Pipeline, dead_letters: PostgresDeadLetters
):
    letters = await three_that_died(pipeline, dead_letters)
    await dead_letters.retry(letters[1].id)
    await pipeline.work_it_off()

    assert order_of(pipeline) == ["dois"]


async def test_what_is_said_meanwhile_waits_behind_what_is_tried_again(
    pipeline: Pipeline, dead_letters: PostgresDeadLetters
):
    pipeline.channel.script = [ChannelRefused("a filter that is lifted later")]
    await pipeline.say("um")
    await pipeline.work_it_off()
    [letter] = await dead_letters.parked(tenant=None, after=None, limit=10)
    await dead_letters.retry(letter.id)
    await pipeline.say("dois")
    await pipeline.work_it_off()

    assert order_of(pipeline) == ["um", "dois"]


async def test_one_that_is_on_its_way_already_arrives_once_and_holds_nobody_up(
    pipeline: Pipeline, dead_letters: PostgresDeadLetters
):
    pipeline.channel.script = [ChannelRefused("a filter that is lifted later")] * 2
    for text in ("um", "dois"):
        await pipeline.say(text)
        await pipeline.work_it_off()
    sending, go_on = asyncio.Event(), asyncio.Event()
    send = pipeline.channel.send

    async def slowly(letter):
        if "dois" in letter.text:
            sending.set()
            await go_on.wait()
        return await send(letter)

    pipeline.channel.send = slowly
    second, first = await dead_letters.parked(tenant=None, after=None, limit=10)
    async with pipeline.at_work():
        await dead_letters.retry(second.id)
        await sending.wait()
        await dead_letters.retry(first.id)
        await until(lambda: count(pipeline, "outgoing where state = 'sent'", 1))
        await asyncio.sleep(0.3)
        go_on.set()
        await pipeline.queue.settled()

    assert ["um" in text for text in pipeline.channel.texts] == [True, False]
    assert await dead_letters.parked(tenant=None, after=None, limit=10) == []
