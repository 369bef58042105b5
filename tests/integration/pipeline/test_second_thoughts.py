"""A person retries, takes over or is recognised in the middle of things: nothing is said twice, to the wrong one, or never."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from adapters.postgres.dead_letters import PostgresDeadLetters
from application.assistant.texts import LOOP_STOPPED
from application.delivery.ports import ChannelUnavailable, ChannelUnknown
from application.intake.read_envelopes import turn_job
from domain.conversations.loop_guard import MOST_ANSWERS
from domain.shared.ids import ConversationId
from tests.integration.pipeline.conftest import ANA, Pipeline, count, failed, until

REVIVE = "update public.jobs set state = 'pending', failures = 0, due_at = now(), revived = true where state = 'dead'"


async def test_a_last_attempt_without_an_answer_is_unknown_and_not_failed(pipeline: Pipeline):
    pipeline.channel.script = [ChannelUnavailable("503")] * 5 + [ChannelUnknown("time-out")]
    await pipeline.say("oi")
    async with pipeline.at_work():
        for failures in range(1, 6):
            await until(lambda n=failures: failed(pipeline, n))
            await pipeline.hurry()
        await pipeline.queue.settled()

    assert await pipeline.rows("select state from outgoing") == [{"state": "unknown"}]
    last = await pipeline.rows("select outcome from delivery_log order by id desc limit 1")
    assert last == [{"outcome": "UNKNOWN"}]


async def test_a_retry_by_hand_that_was_interrupted_while_sending_is_looked_up_before_it_is_made_again(
    pipeline: Pipeline,
):
    pipeline.channel.script = [ChannelUnavailable("503")] * 6
    await pipeline.say("oi")
    async with pipeline.at_work():
        for failures in range(1, 6):
            await until(lambda n=failures: failed(pipeline, n))
            await pipeline.hurry()
        await pipeline.queue.settled()
    sending = asyncio.Event()
    send = pipeline.channel.send

    async def arrives_and_then_hangs(letter):
        await send(letter)
        sending.set()
        await asyncio.sleep(3600)

    pipeline.channel.send = arrives_and_then_hangs
    worker = pipeline.worker()
    worker._capacity = type(worker._capacity)(slots=4, per_tenant=4, renew_seconds=0.5, drain_seconds=0.1)
    await pipeline.queue.pool.execute(REVIVE)
    async with pipeline.queue.at_work(worker):
        await sending.wait()
    pipeline.channel.send = send
    await pipeline.work_it_off()

    assert len(pipeline.channel.arrived) == 1
    assert await pipeline.rows("select state from outgoing") == [{"state": "sent"}]


async def test_a_burst_after_a_message_over_the_limit_still_gets_one_answer(pipeline: Pipeline):
    await pipeline.say("flood", id="F")  # opens the conversation
    await pipeline.work_it_off()
    pipeline.window = timedelta(seconds=1)
    await pipeline.post(a_text("flood again"), limited=True)
    await pipeline.work_it_off()
    schema = f"tenant_{pipeline.tenant}"
    await pipeline.queue.pool.execute(
        f"update {schema}.conversations set burst_opened_at = burst_opened_at - interval '5 minutes'"
    )
    told = len(pipeline.channel.arrived)
    async with pipeline.at_work():
        for piece in ("oi", "queria marcar"):
            await pipeline.say(piece)
            await asyncio.sleep(0.3)
        await pipeline.queue.settled()

    [letter] = pipeline.channel.arrived[told:]
    assert "oi\nqueria marcar" in letter.text


async def test_two_machines_with_ever_new_texts_stop_as_well(pipeline: Pipeline):
    await pipeline.say("protocolo 0")
    await pipeline.work_it_off()
    schema = f"tenant_{pipeline.tenant}"
    for n in range(1, MOST_ANSWERS):
        await pipeline.queue.pool.execute(
            f"with e as (insert into {schema}.envelopes (address_id, message_key, body, state)"
            f" select address_id, 'n{n}', '{{}}', 'read' from {schema}.envelopes limit 1 returning id), m as ("
            f" insert into {schema}.messages (conversation_id, envelope_id, author, kind, text, sent_at, received_at, state)"
            f" select v.id, e.id, 'contact', 'text', 'protocolo {n}', now(), now(), 'answered'"
            f" from e, {schema}.conversations v returning id, conversation_id)"
            f" insert into {schema}.outgoing (conversation_id, answers_to, origin, text, state)"
            f" select conversation_id, id, 'assistant', 'resposta {n}', 'sent' from m"
        )
    await pipeline.say("protocolo 60")
    await pipeline.work_it_off()

    assert pipeline.channel.texts[-1] == LOOP_STOPPED


async def test_an_answer_tried_again_by_hand_does_not_talk_over_the_person_who_took_the_conversation(
    pipeline: Pipeline,
):
    await pipeline.say("oi")
    schema = f"tenant_{pipeline.tenant}"
    pipeline.model.say = lambda message: 1 / 0  # a bug that every attempt meets
    async with pipeline.at_work():
        for failures in range(1, 6):
            await until(lambda n=failures: failed(pipeline, n))
            await pipeline.hurry()
        await pipeline.queue.settled()
    apologies = len(pipeline.channel.arrived)
    assert await pipeline.rows("select holder_reason from conversations") == [{"holder_reason": "gave_up"}]
    await pipeline.queue.pool.execute(
        f"update {schema}.conversations set holder = 'person', holder_reason = 'takeover', staff_at = now()"
    )
    pipeline.model.say = lambda message: f"resposta a {message}"
    await pipeline.queue.pool.execute(REVIVE)
    await pipeline.work_it_off()

    assert len(pipeline.channel.arrived) == apologies
    assert await pipeline.rows("select holder from conversations") == [{"holder": "person"}]


async def test_a_reply_under_way_while_two_contacts_turn_out_to_be_one_lets_those_behind_it_go(pipeline: Pipeline):
    lid = {"remoteJid": "123456789012@lid", "fromMe": False, "id": "X1"}
    await pipeline.say("sou eu", id="P1")
    await pipeline.work_it_off()
    sending, go_on = asyncio.Event(), asyncio.Event()
    send = pipeline.channel.send

    async def slowly(letter):
        if letter.to.endswith("@lid") and not sending.is_set():
            sending.set()
            await go_on.wait()
        return await send(letter)

    pipeline.channel.send = slowly
    async with pipeline.at_work():
        await pipeline.say("um", key=lid)
        await sending.wait()
        await pipeline.say("dois", key=lid | {"id": "X2"})
        await until(lambda: count(pipeline, "outgoing", 3))
        await pipeline.say("três", key=lid | {"id": "X3", "senderPn": f"{ANA}@s.whatsapp.net"})
        await until(lambda: count(pipeline, "outgoing where conversation_id = 1", 4))
        go_on.set()
        await pipeline.queue.settled()

    assert await pipeline.rows("select distinct state from outgoing") == [{"state": "sent"}]
    assert len(pipeline.channel.arrived) == 4


async def test_a_person_keeps_the_conversation_when_two_contacts_turn_out_to_be_one(pipeline: Pipeline):
    lid = {"remoteJid": "123456789012@lid", "fromMe": False, "id": "X1"}
    await pipeline.say("oi", key=lid)
    await pipeline.say("sou eu", id="P1")
    await pipeline.work_it_off()
    schema = f"tenant_{pipeline.tenant}"
    await pipeline.queue.pool.execute(
        f"update {schema}.conversations set holder = 'person', holder_reason = 'takeover', staff_at = now()"
        " where reply_to like '%@lid'"
    )
    told = len(pipeline.channel.arrived)
    await pipeline.say("de novo", key=lid | {"id": "X3", "senderPn": f"{ANA}@s.whatsapp.net"})
    await pipeline.work_it_off()

    assert len(pipeline.channel.arrived) == told
    assert await pipeline.rows("select holder from conversations") == [{"holder": "person"}]


async def test_a_hidden_id_whose_number_changed_is_answered_at_the_new_number(pipeline: Pipeline):
    lid = {"remoteJid": "123456789012@lid", "fromMe": False}
    await pipeline.say("oi", key=lid | {"id": "X1", "senderPn": f"{ANA}@s.whatsapp.net"})
    await pipeline.work_it_off()
    await pipeline.say("troquei de número", key=lid | {"id": "X2", "senderPn": "5521988887777@s.whatsapp.net"})
    await pipeline.work_it_off()

    assert [letter.phone for letter in pipeline.channel.arrived] == [f"+{ANA}", "+5521988887777"]


async def test_a_hidden_id_that_is_seen_beside_a_new_number_is_answered_there_and_the_old_number_hears_nothing(
    pipeline: Pipeline,
):
    hidden, old, new = "123456789012@lid", f"{ANA}@s.whatsapp.net", "5521988887777@s.whatsapp.net"
    for text, key in (
        ("oi", {"remoteJid": hidden, "senderPn": old}),
        ("troquei de número", {"remoteJid": new, "senderLid": hidden}),
        ("e agora?", {"remoteJid": hidden}),
        ("quem fala?", {"remoteJid": old}),
    ):
        await pipeline.say(text, key=key | {"fromMe": False, "id": f"N{len(text)}"})
        await pipeline.work_it_off()

    numbers = [letter.phone for letter in pipeline.channel.arrived]
    assert numbers == [f"+{ANA}", "+5521988887777", "+5521988887777", f"+{ANA}"]


def a_text(text: str) -> dict[str, object]:
    key = {"remoteJid": f"{ANA}@s.whatsapp.net", "fromMe": False, "id": "L1"}
    return {"key": key, "message": {"conversation": text}}


async def test_a_dead_answer_tried_again_joins_the_turn_that_waits_already(pipeline: Pipeline):
    await pipeline.say("oi")
    pipeline.model.say = lambda message: 1 / 0  # a bug that every attempt meets
    async with pipeline.at_work():
        for failures in range(1, 6):
            await until(lambda n=failures: failed(pipeline, n))
            await pipeline.hurry()
        await pipeline.queue.settled()
    pipeline.model.say = lambda message: f"resposta a {message}"
    later = datetime.now(UTC) + timedelta(hours=1)
    await pipeline.queue.add(pipeline.tenant, turn_job(ConversationId(1), later, "test"))
    dead_letters = PostgresDeadLetters(pipeline.queue.pool)
    [dead] = await dead_letters.parked(tenant=None, after=None, limit=10)
    await dead_letters.retry(dead.id)

    assert await pipeline.queue.jobs("actor, state, revived") == [
        {"actor": "conversations.take_turn", "state": "pending", "revived": True}
    ]
    await pipeline.work_it_off()
    assert "oi" in pipeline.channel.texts[-1]


async def test_what_waited_in_a_conversation_that_is_joined_by_an_event_without_a_turn_is_still_answered(
    pipeline: Pipeline,
):
    lid = {"remoteJid": "123456789012@lid", "fromMe": False, "id": "J1"}
    await pipeline.say("sou a Ana", id="J0")
    await pipeline.work_it_off()
    pipeline.window = timedelta(seconds=2)
    async with pipeline.at_work():
        await pipeline.say("e por aqui também", key=lid)
        await until(lambda: count(pipeline, "messages", 2))
        await pipeline.post(
            {
                "key": lid | {"id": "J2", "senderPn": f"{ANA}@s.whatsapp.net"},
                "messageTimestamp": int(datetime.now(UTC).timestamp()),
                "message": {"conversation": "demais"},
            },
            limited=True,
        )
        await pipeline.queue.settled()

    assert await pipeline.rows("select count(*) from contacts") == [{"count": 1}]
    assert any("e por aqui também" in text for text in pipeline.channel.texts)
    assert await pipeline.rows("select count(*) from messages where state = 'waiting'") == [{"count": 0}]
