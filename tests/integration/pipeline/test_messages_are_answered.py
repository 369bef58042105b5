"""From the kept webhook to the sent reply: once, in order, by the right one, and never in silence."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import pytest

from application.assistant.ports import ModelUnavailable
from application.assistant.texts import HANDED_TO_PERSON, LOOP_STOPPED, MODEL_AWAY, TOO_MANY_MESSAGES, media_text
from domain.conversations.inbound import Kind
from tests.integration.pipeline.conftest import ANA, Pipeline, count, failed, until


async def test_a_message_is_answered_to_the_address_it_came_from(pipeline: Pipeline):
    await pipeline.say("quanto custa a limpeza?")
    await pipeline.work_it_off()

    [letter] = pipeline.channel.arrived
    assert letter.to == f"{ANA}@s.whatsapp.net"
    assert "quanto custa a limpeza?" in letter.text
    assert await pipeline.rows("select state from messages") == [{"state": "answered"}]
    assert await pipeline.rows("select outcome from delivery_log") == [{"outcome": "SENT"}]
    assert await pipeline.rows("select input_tokens, output_tokens, cost_micros from model_calls") == [
        {"input_tokens": 100, "output_tokens": 20, "cost_micros": 440}
    ]


async def test_the_same_message_in_parallel_and_again_after_a_flush_is_answered_once(pipeline: Pipeline):
    kept = await asyncio.gather(*(pipeline.say("oi", id="SAME") for _ in range(10)))
    await pipeline.queue.redis.flushdb()
    await pipeline.work_it_off()
    again = await pipeline.say("oi", id="SAME")
    await pipeline.work_it_off()

    assert (kept.count(True), again) == (1, False)
    assert len(pipeline.channel.arrived) == 1


async def test_a_burst_gets_one_answer_that_has_heard_every_piece(pipeline: Pipeline):
    pipeline.window = timedelta(seconds=1)
    async with pipeline.at_work():
        for piece in ("oi", "tudo bem?", "queria marcar um horário"):
            await pipeline.say(piece)
            await asyncio.sleep(0.3)
        await pipeline.queue.settled()

    [letter] = pipeline.channel.arrived
    assert "oi\ntudo bem?\nqueria marcar um horário" in letter.text


async def test_messages_of_one_conversation_are_answered_in_the_order_they_came(pipeline: Pipeline):
    async with pipeline.at_work():
        for n in range(25):
            await pipeline.say(f"mensagem número {n}")
        await pipeline.queue.settled()

    said = " ".join(pipeline.channel.texts)
    places = [said.index(f"número {n}") for n in range(25)]
    assert places == sorted(places)


async def test_what_is_said_while_the_model_thinks_gets_its_own_answer(pipeline: Pipeline):
    pipeline.model.may_answer.clear()
    async with pipeline.at_work():
        await pipeline.say("primeira")
        await pipeline.model.thinking.wait()
        await pipeline.say("segunda")
        await until(lambda: count(pipeline, "messages", 2))
        pipeline.model.may_answer.set()
        await pipeline.queue.settled()

    assert ["primeira" in t for t in pipeline.channel.texts] == [True, False]
    assert "segunda" in pipeline.channel.texts[1]


async def test_the_model_hears_what_was_said_before_also_when_the_memory_is_lost(pipeline: Pipeline):
    for text in ("meu nome é Ana", "qual é o meu nome?"):
        await pipeline.say(text)
        await pipeline.work_it_off()
    remembered = [said.text for said in pipeline.model.prompts[-1].history]
    pipeline.memory.kept.clear()
    await pipeline.say("e agora?")
    await pipeline.work_it_off()

    assert "meu nome é Ana" in remembered[0]
    assert [said.text for said in pipeline.model.prompts[-1].history][:2] == remembered


async def test_asking_for_a_person_silences_the_assistant(pipeline: Pipeline):
    await pipeline.say("quero falar com um atendente")
    await pipeline.work_it_off()
    await pipeline.say("alô?")
    await pipeline.work_it_off()

    assert pipeline.channel.texts == [HANDED_TO_PERSON]
    assert await pipeline.rows("select holder, holder_reason from conversations") == [
        {"holder": "waiting", "holder_reason": "asked"}
    ]
    assert await pipeline.rows("select state, reason from messages order by id desc limit 1") == [
        {"state": "unanswered", "reason": "held"}
    ]


def whapiv4(text: str, *, from_me: bool, id: str) -> dict[str, object]:
    return {
        "event": "message_sent" if from_me else "message_received",
        "timestamp": "2026-05-21T14:00:01.000Z",
        "connectionId": 1,
        "data": {
            "messageId": id,
            "body": text,
            "fromMe": from_me,
            "mediaType": "chat",
            "hasMedia": False,
            "timestamp": int(time.time()),
            "ticketId": 9,
            "contact": {"id": 4, "name": "Ana", "number": ANA},
        },
    }


async def test_staff_writing_from_the_phone_takes_the_conversation_and_our_own_echo_does_not(pipeline: Pipeline):
    await pipeline.post(whapiv4("oi", from_me=False, id="A1"))
    await pipeline.work_it_off()
    await pipeline.post(whapiv4(pipeline.channel.texts[0], from_me=True, id="A2"))
    await pipeline.post(whapiv4("e o preço?", from_me=False, id="A3"))
    await pipeline.work_it_off()
    assert len(pipeline.channel.arrived) == 2

    await pipeline.post(whapiv4("Oi Ana, aqui é a Carla", from_me=True, id="A4"))
    await pipeline.post(whapiv4("obrigada!", from_me=False, id="A5"))
    await pipeline.work_it_off()

    assert len(pipeline.channel.arrived) == 2
    assert await pipeline.rows("select holder from conversations") == [{"holder": "person"}]


async def test_a_person_who_takes_over_while_the_model_thinks_is_not_talked_over(pipeline: Pipeline):
    pipeline.model.may_answer.clear()
    async with pipeline.at_work():
        await pipeline.post(whapiv4("oi", from_me=False, id="B1"))
        await pipeline.model.thinking.wait()
        await pipeline.post(whapiv4("Deixa comigo", from_me=True, id="B2"))
        await until(lambda: count(pipeline, "messages", 2))
        pipeline.model.may_answer.set()
        await pipeline.queue.settled()

    assert pipeline.channel.arrived == []


async def test_with_the_model_away_the_contact_is_told_and_answered_again_when_it_is_back(pipeline: Pipeline):
    pipeline.model.script = [ModelUnavailable("away"), ModelUnavailable("away too")]
    await pipeline.say("oi")
    await pipeline.work_it_off()
    assert pipeline.channel.texts == [MODEL_AWAY]
    assert await pipeline.rows("select holder, holder_reason from conversations") == [
        {"holder": "waiting", "holder_reason": "degraded"}
    ]

    await pipeline.say("e agora?")
    await pipeline.work_it_off()
    assert "e agora?" in pipeline.channel.texts[1]
    assert await pipeline.rows("select holder from conversations") == [{"holder": "assistant"}]


async def test_old_replays_after_a_reconnect_are_kept_and_not_answered(pipeline: Pipeline):
    for n in range(3):
        await pipeline.say(f"antiga {n}", messageTimestamp=int(time.time()) - 7200 + n)
    await pipeline.work_it_off()

    assert pipeline.channel.arrived == []
    assert await pipeline.rows("select distinct state, reason from messages") == [
        {"state": "unanswered", "reason": "old"}
    ]


async def test_over_the_limit_messages_are_kept_and_one_fixed_text_is_sent(pipeline: Pipeline):
    for n in range(5):
        key = {"remoteJid": f"{ANA}@s.whatsapp.net", "fromMe": False, "id": f"L{n}"}
        payload = {"key": key, "messageTimestamp": int(time.time()), "message": {"conversation": f"flood {n}"}}
        await pipeline.post(payload, limited=True)
    await pipeline.work_it_off()

    assert pipeline.channel.texts == [TOO_MANY_MESSAGES]
    assert len(await pipeline.rows("select id from messages where reason = 'limited'")) == 5
    assert pipeline.model.prompts == []


async def test_two_machines_that_talk_to_each_other_stop_within_ten_turns(pipeline: Pipeline):
    async with pipeline.at_work():
        for _ in range(12):
            await pipeline.say("Digite 1 para agendar")
            await pipeline.queue.settled()

    assert len(pipeline.channel.arrived) <= 10
    assert pipeline.channel.texts[-1] == LOOP_STOPPED
    assert await pipeline.rows("select holder_reason from conversations") == [{"holder_reason": "loop"}]


async def test_a_voice_note_is_answered_politely(pipeline: Pipeline):
    audio = {"audioMessage": {"url": "https://mmg.whatsapp.net/x.enc", "mimetype": "audio/ogg", "ptt": True}}
    await pipeline.say("", message=audio)
    await pipeline.work_it_off()

    assert pipeline.channel.texts == [media_text(Kind.AUDIO)]


@pytest.mark.parametrize("first", ["5531987654321", "553187654321"])
async def test_a_number_with_and_without_its_ninth_digit_is_one_contact(pipeline: Pipeline, first: str):
    second = {"5531987654321": "553187654321", "553187654321": "5531987654321"}[first]
    for who in (first, second):
        await pipeline.say("oi", who=who)
        await pipeline.work_it_off()

    assert await pipeline.rows("select phone from contacts") == [{"phone": "+5531987654321"}]
    assert await pipeline.rows("select count(*) from conversations") == [{"count": 1}]
    assert [letter.to.split("@")[0] for letter in pipeline.channel.arrived] == [first, second]


async def test_a_hidden_id_and_its_number_become_one_contact_once_the_number_is_known(pipeline: Pipeline):
    lid = {"remoteJid": "123456789012@lid", "fromMe": False, "id": "X1"}
    await pipeline.say("oi", key=lid)
    await pipeline.say("sou eu", id="X2")
    await pipeline.work_it_off()
    assert len(await pipeline.rows("select id from contacts")) == 2

    await pipeline.say("de novo", key=lid | {"id": "X3", "senderPn": f"{ANA}@s.whatsapp.net"})
    await pipeline.work_it_off()

    assert await pipeline.rows("select phone from contacts") == [{"phone": f"+{ANA}"}]
    assert await pipeline.rows("select count(distinct conversation_id) from messages") == [{"count": 1}]


async def test_an_envelope_that_stops_every_reader_is_set_aside_and_those_behind_it_are_answered(pipeline: Pipeline):
    await pipeline.say("estragada", id="BAD")
    await pipeline.say("boa", id="GOOD")
    # a bug that only this envelope meets: the database refuses what is read from it
    await pipeline.queue.pool.execute(
        f"alter table tenant_{pipeline.tenant}.messages add constraint bug check (text <> 'estragada')"
    )
    async with pipeline.at_work():
        for failures in range(1, 6):
            await until(lambda n=failures: failed(pipeline, n))
            await pipeline.hurry()
        await pipeline.queue.settled()

    assert ["boa" in text for text in pipeline.channel.texts] == [True]
    assert await pipeline.rows("select state from envelopes order by id") == [
        {"state": "unreadable"},
        {"state": "read"},
    ]
