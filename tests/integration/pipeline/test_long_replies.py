"""A long reply leaves in parts, one after the other, and is one answer to everybody who counts answers."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from application.assistant.ports import Speaker
from application.assistant.texts import LOOP_STOPPED
from application.delivery.ports import ChannelRefused, ChannelUnavailable
from domain.conversations.loop_guard import MOST_ANSWERS
from domain.delivery.pacing import Typing
from domain.shared.ids import ConversationId, MessageId
from tests.integration.pipeline.conftest import CONNECTION, Pipeline, count, failed, until

PARTS = ["Primeiro. " * 40, "Segundo. " * 50, "Terceiro. " * 40]
SAID = [part.strip() for part in PARTS]
LONG = "\n\n".join(SAID)


@pytest.fixture
def wordy(pipeline: Pipeline) -> Pipeline:
    """Answers at length to who says "tudo", and shortly to anybody else."""
    pipeline.model.say = lambda message: LONG if "tudo" in message else "resposta curta"
    return pipeline


@pytest.fixture
def slow(wordy: Pipeline) -> Pipeline:
    """Pauses between parts for so long that nothing comes of itself: its clock is an hour ahead of the database's."""
    wordy.typing = Typing(longest=3)
    wordy.clock.offset = timedelta(hours=1)
    return wordy


async def test_a_long_reply_arrives_in_parts_and_in_order(wordy: Pipeline):
    await wordy.say("tudo")
    await wordy.work_it_off()

    assert wordy.channel.texts == SAID
    assert await wordy.rows("select step, state, origin from outgoing order by id") == [
        {"step": step, "state": "sent", "origin": "assistant"} for step in range(3)
    ]


async def test_each_part_waits_a_while_after_the_one_before_it_was_sent(slow: Pipeline):
    await slow.say("tudo")
    async with slow.at_work():
        for sent in (1, 2):
            await until(lambda n=sent: count(slow, "outgoing where state = 'sent'", n))
            [job] = await slow.queue.jobs("state, due_at - now() > interval '50 minutes' as later")
            assert job == {"state": "pending", "later": True}
            assert slow.channel.texts == SAID[:sent]
            await slow.hurry()
        await slow.queue.settled()

    assert slow.channel.texts == SAID


async def test_the_pause_is_as_long_as_the_rule_says(wordy: Pipeline):
    wordy.typing = Typing(longest=0.4)
    await wordy.say("tudo")
    started = time.monotonic()
    await wordy.work_it_off()

    assert wordy.channel.texts == SAID
    assert time.monotonic() - started >= 2 * 0.4 * 0.85


async def test_a_worker_that_dies_in_the_pause_leaves_the_rest_to_another(slow: Pipeline):
    await slow.say("tudo")
    async with slow.at_work():
        await until(lambda: count(slow, "outgoing where state = 'sent'", 1))
    slow.typing = Typing(longest=0)
    await slow.hurry()
    await slow.work_it_off()

    assert slow.channel.texts == SAID


async def test_another_answer_goes_at_once_behind_the_last_part(slow: Pipeline):
    await slow.say("tudo")
    async with slow.at_work():
        await until(lambda: count(slow, "outgoing where state = 'sent'", 1))
        await slow.say("mais")
        await until(lambda: count(slow, "outgoing", 4))
        assert slow.channel.texts == SAID[:1]
        await slow.hurry()
        await until(lambda: count(slow, "outgoing where state = 'sent'", 2))
        await slow.hurry()
        await slow.queue.settled()

    assert slow.channel.texts == [*SAID, "resposta curta"]


async def test_a_part_that_is_tried_again_holds_back_those_behind_it(wordy: Pipeline):
    wordy.channel.script = [ChannelUnavailable("503")]
    await wordy.say("tudo")
    async with wordy.at_work():
        await until(lambda: failed(wordy, 1))
        assert wordy.channel.texts == []
        await wordy.hurry()
        await wordy.queue.settled()

    assert wordy.channel.texts == SAID


async def test_a_part_that_is_refused_lets_the_next_go_without_a_pause(slow: Pipeline):
    slow.channel.script = [ChannelRefused("too long")]
    await slow.say("tudo")
    async with slow.at_work():
        await until(lambda: count(slow, "outgoing where state = 'sent'", 1))

    assert slow.channel.texts == SAID[1:2]


async def test_parts_coming_back_are_known_as_ours(wordy: Pipeline):
    await wordy.say("tudo")
    await wordy.work_it_off()
    async with wordy.queue.open_work(wordy.tenant) as work:
        since = wordy.clock() - timedelta(hours=1)
        ours = [await work.outbox.is_ours(ConversationId(1), text, None, since) for text in (*SAID, LONG)]

    assert ours == [True, True, True, False]


async def test_the_same_burst_answered_again_adds_no_part(wordy: Pipeline):
    await wordy.say("tudo")
    await wordy.work_it_off()
    await wordy.queue.pool.execute(f"update tenant_{wordy.tenant}.messages set state = 'waiting'")
    wordy.model.say = lambda _: "outra resposta"
    await wordy.say("e agora?")
    await wordy.work_it_off()
    rows = await wordy.rows(
        "select answers_to, count(*) as parts from outgoing group by answers_to order by answers_to"
    )

    assert [row["parts"] for row in rows] == [3, 1]


async def test_the_model_is_reminded_of_one_answer_whether_memory_or_the_database_tells_it(wordy: Pipeline):
    await wordy.say("tudo")
    await wordy.work_it_off()
    async with wordy.queue.open_work(wordy.tenant) as work:
        told = await work.conversations.told_before(ConversationId(1), MessageId(2**62), 20)

    assert [(one.speaker, one.text) for one in told] == [(Speaker.CONTACT, "tudo"), (Speaker.ASSISTANT, LONG)]
    [kept] = wordy.memory.kept.values()
    assert list(kept.said) == list(told)


async def test_an_answer_in_parts_is_one_answer_to_the_loop_guard_said_when_it_ended(wordy: Pipeline):
    await wordy.say("tudo")
    await wordy.work_it_off()
    [last] = await wordy.rows("select max(finished_at) as at from outgoing")
    async with wordy.queue.open_work(wordy.tenant) as work:
        lines = await work.conversations.lines(ConversationId(1), 10)

    assert [line.ours for line in lines] == [False, True]
    assert lines[-1].at == last["at"]


async def test_a_machine_that_is_answered_at_length_is_stopped_in_the_end(wordy: Pipeline):
    await wordy.say("tudo")
    await wordy.work_it_off()
    schema = f"tenant_{wordy.tenant}"
    for n in range(1, MOST_ANSWERS):
        await wordy.queue.pool.execute(
            f"insert into {schema}.outgoing (conversation_id, answers_to, step, origin, text, state)"
            f" select id, {-n}, step, 'assistant', 'parte', 'sent' from {schema}.conversations, generate_series(0, 3) step"
        )
    await wordy.say("de novo")
    await wordy.work_it_off()

    assert wordy.channel.texts[-1] == LOOP_STOPPED
    assert wordy.channel.arrived[-1].connection == CONNECTION
