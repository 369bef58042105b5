"""From the stored reply to the phone: the ladder, what nobody can be sure of, and an end with a person."""

from __future__ import annotations

import asyncio

from application.delivery.ports import ChannelRefused, ChannelUnavailable, ChannelUnknown, Letter
from tests.integration.pipeline.conftest import Pipeline, count, failed, until


async def test_whaticket_down_climbs_the_ladder_dies_and_is_sent_when_a_person_retries(pipeline: Pipeline):
    pipeline.channel.script = [ChannelUnavailable("503")] * 6
    await pipeline.say("oi")
    async with pipeline.at_work():
        for failures in range(1, 6):
            await until(lambda n=failures: failed(pipeline, n))
            await pipeline.hurry()
        await pipeline.queue.settled()
        assert await pipeline.rows("select state from outgoing") == [{"state": "failed"}]
        [job] = await pipeline.queue.jobs("id, actor, state")
        assert (job["actor"], job["state"]) == ("delivery.send", "dead")

        await pipeline.queue.pool.execute(
            "update public.jobs set state = 'pending', failures = 0, due_at = now(), revived = true"
        )
        await pipeline.queue.settled()

    assert len(pipeline.channel.arrived) == 1
    outcomes = [row["outcome"] for row in await pipeline.rows("select outcome from delivery_log order by id")]
    assert outcomes == ["FAILED_TEMPORARY"] * 6 + ["FAILED_PERMANENT", "SENT"]


async def test_later_replies_wait_for_an_earlier_one_that_is_being_retried(pipeline: Pipeline):
    pipeline.channel.script = [ChannelUnavailable("503")]
    async with pipeline.at_work():
        await pipeline.say("primeira")
        await until(lambda: failed(pipeline, 1))
        await pipeline.say("segunda")
        await until(lambda: count(pipeline, "outgoing", 2))
        await asyncio.sleep(0.2)
        assert pipeline.channel.arrived == []
        await pipeline.hurry()
        await pipeline.queue.settled()

    assert ["primeira" in text for text in pipeline.channel.texts] == [True, False]


async def test_a_reply_that_arrived_although_the_answer_was_lost_is_not_sent_again(pipeline: Pipeline):
    def arrives_but_answer_is_lost(letter: Letter) -> None:
        pipeline.channel.arrives(letter)
        raise ChannelUnknown("time-out")

    pipeline.channel.script = [arrives_but_answer_is_lost]
    await pipeline.say("oi")
    async with pipeline.at_work():
        await until(lambda: failed(pipeline, 1))
        await pipeline.hurry()
        await pipeline.queue.settled()

    assert len(pipeline.channel.arrived) == 1
    outcomes = [row["outcome"] for row in await pipeline.rows("select outcome from delivery_log order by id")]
    assert outcomes == ["UNKNOWN", "RECONCILED"]


async def test_a_reply_that_was_lost_on_the_way_is_sent_again_once_that_is_sure(pipeline: Pipeline):
    pipeline.channel.script = [ChannelUnknown("connection reset")]
    await pipeline.say("oi")
    async with pipeline.at_work():
        await until(lambda: failed(pipeline, 1))
        await pipeline.hurry()
        await pipeline.queue.settled()

    assert len(pipeline.channel.arrived) == 1


async def test_where_nobody_can_say_whether_it_arrived_it_is_left_to_a_person(pipeline: Pipeline):
    pipeline.channel.can_look_up = False
    pipeline.channel.script = [ChannelUnknown("time-out")]
    await pipeline.say("oi")
    async with pipeline.at_work():
        await until(lambda: failed(pipeline, 1))
        await pipeline.hurry()
        await pipeline.queue.settled()

    assert pipeline.channel.arrived == []
    assert await pipeline.rows("select state from outgoing") == [{"state": "unknown"}]
    assert [job["state"] for job in await pipeline.queue.jobs()] == ["dead"]


async def test_a_number_without_whatsapp_is_not_tried_again(pipeline: Pipeline):
    pipeline.channel.script = [ChannelRefused("ERR_WAPP_INVALID_CONTACT")]
    await pipeline.say("oi")
    await pipeline.work_it_off()

    assert await pipeline.rows("select outcome from delivery_log") == [{"outcome": "FAILED_PERMANENT"}]
    assert [job["state"] for job in await pipeline.queue.jobs()] == ["dead"]


async def test_a_reply_sent_too_soon_gives_way_and_that_counts_as_no_attempt(pipeline: Pipeline):
    pipeline.pacing.waits = [0.3, 0.3]
    await pipeline.say("oi")
    await pipeline.work_it_off()

    assert len(pipeline.channel.arrived) == 1
    assert await pipeline.rows("select attempts from outgoing") == [{"attempts": 1}]
