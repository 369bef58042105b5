"""What a customer on the telephone lives through: asked, answered, once and in order."""

from __future__ import annotations

import asyncio

from application.assistant.texts import HANDED_TO_PERSON, media_text
from domain.conversations.inbound import Kind
from ops.sandbox.handle import Gemini
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import House, Line


async def test_a_text_is_answered_on_the_telephone_it_came_from(ana: Customer):
    said = await ana.says("Bom dia! Meu pedido é o #p4x1")

    assert [(one.status, one.body) for one in said.webhooks] == [(202, '{"queued":true}')]
    assert "#p4x1" in (await ana.hears())[0]


async def test_a_burst_gets_one_answer_that_heard_every_piece(ana: Customer, house: House, line: Line):
    await ana.says(fragments=["oi #aaa1", "queria marcar #bbb2", "para amanhã #ccc3"], gap_ms=60)

    [answer] = await ana.hears()
    await house.calm(line.tenant)
    assert [answer.find(token) >= 0 for token in ("#aaa1", "#bbb2", "#ccc3")] == [True] * 3
    assert await ana.everything_heard() == [answer]


async def test_the_same_webhook_ten_times_in_parallel_is_answered_once(ana: Customer, house: House, line: Line):
    said = await ana.says("Vocês abrem aos sábados? #dup1", times=10)

    [answer] = await ana.hears()
    await house.calm(line.tenant)
    assert [(one.status, one.body) for one in said.webhooks] == [(202, '{"queued":true}')] * 10
    assert await ana.everything_heard() == [answer]


async def test_a_replay_after_the_answer_is_acknowledged_and_not_answered_again(
    ana: Customer, house: House, line: Line
):
    said = await ana.says("Quanto custa? #rep1")
    [answer] = await ana.hears()

    again = await ana.whaticket.replay(line.sandbox, said.messages[0].id, times=3)

    await house.calm(line.tenant)
    assert {one.status for one in again.webhooks} == {202}
    assert await ana.everything_heard() == [answer]


async def test_pieces_that_arrive_out_of_order_are_read_in_the_order_they_were_written(ana: Customer, gemini: Gemini):
    await ana.says(fragments=["primeiro #ord1", "segundo #ord2", "terceiro #ord3"], order=[2, 0, 1])

    [answer] = await ana.hears()
    assert answer.index("#ord1") < answer.index("#ord2") < answer.index("#ord3")


async def test_questions_in_a_row_are_answered_in_a_row(ana: Customer):
    for number in range(4):
        await ana.says(f"pergunta {number} #row{number}")
        assert f"#row{number}" in (await ana.hears())[0]


async def test_customers_at_the_same_time_get_their_own_answers(ana: Customer, house: House, line: Line):
    others = {f"#own{n:02d}": Customer(ana.whaticket, line.sandbox, new_phone()) for n in range(12)}

    await asyncio.gather(*(one.says(f"oi, sou eu {token}") for token, one in others.items()))

    for token, one in others.items():
        assert token in (await one.hears())[0]
    await house.calm(line.tenant)
    assert [len(await one.everything_heard()) for one in others.values()] == [1] * 12


async def test_a_voice_note_gets_a_polite_text_and_the_model_is_not_asked(ana: Customer, gemini: Gemini):
    await ana.says(kind="audio")

    assert await ana.hears() == [media_text(Kind.AUDIO)]
    assert (await gemini.requests()).requests == []


async def test_falar_com_atendente_calls_a_person_and_silences_the_assistant(ana: Customer, house: House, line: Line):
    await ana.says("quero falar com um atendente")
    assert await ana.hears() == [HANDED_TO_PERSON]

    await ana.says("alô? tem alguém aí? #wait1")

    await house.calm(line.tenant)
    assert await ana.everything_heard() == [HANDED_TO_PERSON]
    holder = "select holder, holder_reason from conversations order by id desc limit 1"
    assert await house.rows(holder, tenant=line.tenant) == [{"holder": "waiting", "holder_reason": "asked"}]


async def test_an_old_message_delivered_after_a_reconnect_is_kept_and_not_answered(
    ana: Customer, house: House, line: Line
):
    await ana.says("oi, ontem #old1", age_seconds=7200)

    await house.calm(line.tenant)
    assert await ana.everything_heard() == []
    assert await house.rows("select reason from messages where text like '%#old1%'", tenant=line.tenant) == [
        {"reason": "old"}
    ]
