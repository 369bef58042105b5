"""A menu's question is answered with a word that elsewhere means more: "sair" of a waiting list ends no reminder."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.agenda.chat.ports import Notes
from domain.agenda.choices import Option
from domain.agenda.menu import PATIENCE, WAIT_FOR_MORE, Menu, Step
from domain.shared.ids import ContactId
from tests.builders.agenda import Practice, at
from tests.builders.unasked import Days
from tests.integration.agenda.test_booking_by_menu import Talk, talk_of

SHOWN = Menu(Step.WAITS, (Option("1", "Tirar: Consulta"), WAIT_FOR_MORE))


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def shows_the_lists(days: Days, contact: ContactId) -> None:
    [talk] = await days.rows("select id from conversations where contact_id = $1", contact)
    async with days.practice.open_work(days.practice.tenant) as work:
        await work.booking_talks.keep(talk["id"], Notes(days.practice.now, menu=SHOWN))
        await work.commit()


async def opted_out(days: Days, contact: ContactId) -> bool:
    async with days.practice.open_work(days.practice.tenant) as work:
        return await work.notices.opted_out(contact)


async def test_who_is_shown_their_waiting_lists_and_says_to_leave_still_gets_reminders(days: Days):
    ana = await days.client("Ana")
    await shows_the_lists(days, ana)

    assert await days.answer(ana, "sair") is None
    assert not await opted_out(days, ana)


@pytest.mark.parametrize(("said", "later"), [("parar", timedelta(0)), ("sair", PATIENCE)])
async def test_what_is_not_about_the_lists_stops_everything(days: Days, said: str, later: timedelta):
    ana = await days.client("Ana")
    await shows_the_lists(days, ana)
    days.practice.go_to(days.practice.now + later)

    assert await days.answer(ana, said) is not None
    assert await opted_out(days, ana)


@pytest.mark.parametrize("said", ["sair da lista", "me remove dessa lista, por favor"])
async def test_who_waits_on_a_list_leaves_that_and_still_gets_reminders(days: Days, said: str):
    practice, ana = days.practice, Talk(days.practice, await days.client("Ana"))
    await practice.book(at(9, days=7))
    await ana.say("marcar consulta segunda que vem às 9h")
    await ana.say("lista de espera")

    assert await days.answer(ana.contact, said) is None
    assert not await opted_out(days, ana.contact)
    assert "tire o seu nome" in await ana.say(said)


async def test_who_is_on_no_list_and_says_to_leave_it_stops_everything(days: Days):
    ana = await days.client("Ana")

    assert await days.answer(ana, "sair da lista") is not None
    assert await opted_out(days, ana)


async def test_the_menu_takes_them_off_the_one_list_they_are_on(practice: Practice):
    ana = await talk_of(practice)
    await practice.book(at(9, days=7))
    await ana.say("marcar consulta segunda que vem às 9h")
    await ana.say("lista de espera")
    await ana.say("menu")

    shown = await ana.say("5")

    assert "sair" not in shown.lower()
    assert "você saiu da lista de espera" in await ana.say("sair")


async def test_a_no_to_calling_off_is_told_and_the_appointment_stays(practice: Practice):
    ana = await talk_of(practice)
    await practice.book(at(9), ana.contact)
    await ana.say("cancelar")

    told = await ana.say("não cancela")

    assert told.startswith(
        "Tudo bem, não cancelei nada. Continua marcado: *Consulta com Dra. Marina, segunda-feira, 23/11"
    )
    assert "Posso cancelar" in await ana.say("cancelar")
    assert await practice.entries() == [("standing", at(9))]


@pytest.mark.parametrize("nod", ["obrigada", "👍", "sim"])
async def test_who_nods_after_a_booking_is_not_told_of_a_trouble(practice: Practice, nod: str):
    ana = await talk_of(practice)
    await ana.say("marcar consulta amanhã às 15h")
    await ana.say("sim")

    assert (await ana.say(nod)).startswith("Até mais!")
    assert ana.said[-1].understood
    assert "dificuldade técnica" in await ana.say("a recepção tem cadeira de rodas?")
    assert not ana.said[-1].understood


async def test_a_move_in_one_sentence_after_a_booking_books_nothing_more(practice: Practice):
    ana = await talk_of(practice)
    await ana.say("marcar consulta amanhã às 15h")
    await ana.say("sim")

    told = await ana.say("quero mudar meu horário pra sexta às 11h")

    assert "Posso mudar" in told
    await ana.say("sim")
    assert await practice.entries() == [("standing", at(11, days=4))]
