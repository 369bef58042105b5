"""A short answer while two questions are open is asked back, and an answer that names its object goes where it belongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from application.agenda.chat.menu import MenuTalk
from application.agenda.chat.ports import Notes, Visit
from application.reminders.remind_now import RemindNow
from domain.agenda.appointment import Appointment
from domain.agenda.menu import Step
from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from domain.shared.ids import ContactId
from secretaria.agenda import desk_over
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
ASKED = "Só para eu não me enganar: a sua resposta é sobre qual destes?"


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def reminded(days: Days, appointment: Appointment) -> None:
    practice = days.practice
    remind = RemindNow(practice.open_work, practice.agenda.zones, lambda: practice.now)
    await remind(practice.tenant, appointment.id, DESK, anyway=True)
    await days.run_due()


async def offered_and_reminded(days: Days) -> tuple[ContactId, Appointment]:
    """At ten a place at nine of the Monday is offered, at five past they are reminded of what they have on the Wednesday."""
    practice, ana = days.practice, await days.client("Ana")
    taken = await practice.book(at(9, days=7))
    limpeza = await practice.service("Limpeza")
    practice.visit, visit = limpeza, practice.visit
    own = await practice.book(at(15, days=9), ana)
    practice.visit = visit
    wait = Wait(ana, visit, Slot(at(9, days=7), at(9, 30, days=7)), practice.doctor)
    await practice.agenda.waiting.add(practice.tenant, wait, "user:x")
    practice.go_to(at(9, 58))
    await practice.agenda.cancel(practice.tenant, taken.id, DESK)
    await days.pass_to(at(10, 5))
    await reminded(days, own)
    days.practice.go_to(at(10, 10))
    return ana, own


async def state_of_offer(days: Days) -> str:
    [row] = await days.rows("select outcome from offers")
    return str(row["outcome"])


@pytest.mark.parametrize("yes", ["sim", "ok", "👍"])
async def test_a_bare_yes_to_an_offer_and_a_reminder_is_asked_back(days: Days, yes: str):
    ana, own = await offered_and_reminded(days)

    asked = await days.answer(ana, yes)

    assert asked is not None
    assert (asked.say or "").splitlines() == [
        ASKED,
        "",
        "*1* - A sua presença em Limpeza com Dra. Marina, quarta-feira, 02/12 às 15h",
        "*2* - A vaga que abriu: Consulta com Dra. Marina, segunda-feira, 30/11 às 9h",
        "",
        "Responda com o número ou, se valer para tudo, *os dois*.",
    ]
    assert (await days.status(own.id), await state_of_offer(days)) == ("booked", "open")


@pytest.mark.parametrize(
    ("told", "presence", "offer"),
    [
        ("1", "confirmed", "open"),
        ("2", "booked", "taken"),
        ("a vaga", "booked", "taken"),
        ("a presença", "confirmed", "open"),
        ("os dois", "confirmed", "taken"),
        ("confirmo a presença", "confirmed", "open"),
        ("quero a vaga", "booked", "taken"),
    ],
)
async def test_the_number_or_the_name_of_it_tells_which_was_meant(days: Days, told: str, presence: str, offer: str):
    ana, own = await offered_and_reminded(days)
    await days.answer(ana, "sim")

    ending = await days.answer(ana, told)

    assert ending is not None
    assert (await days.status(own.id), await state_of_offer(days)) == (presence, offer)


@pytest.mark.parametrize("told", ["1", "2", "os dois"])
async def test_what_was_asked_beside_the_yes_is_still_answered_once_it_is_known_what_was_meant(days: Days, told: str):
    ana, _ = await offered_and_reminded(days)
    asked = await days.answer(ana, "sim. tem estacionamento?")
    assert asked is not None
    assert (asked.say or "").startswith(ASKED)

    ending = await days.answer(ana, told)

    assert ending is not None
    assert (ending.go_on, ending.heard_as) == (True, "sim. tem estacionamento?")


async def test_a_no_is_asked_back_too_and_is_still_a_no_then(days: Days):
    ana, own = await offered_and_reminded(days)

    asked = await days.answer(ana, "não")
    assert asked is not None
    assert (asked.say or "").startswith(ASKED)
    await days.answer(ana, "2")

    assert (await days.status(own.id), await state_of_offer(days)) == ("booked", "declined")


async def test_a_second_bare_yes_is_asked_back_again(days: Days):
    ana, own = await offered_and_reminded(days)
    await days.answer(ana, "sim")

    again = await days.answer(ana, "sim")

    assert again is not None
    assert (again.say or "").startswith(ASKED)
    await days.answer(ana, "1")
    assert (await days.status(own.id), await state_of_offer(days)) == ("confirmed", "open")


@pytest.mark.parametrize(
    ("told", "presence", "offer"),
    [
        ("confirmo a consulta", "confirmed", "open"),
        ("quero a vaga", "booked", "taken"),
        ("fico com ele", "booked", "taken"),
        ("sim, às 15h", "confirmed", "open"),
        ("sim para os dois", "confirmed", "taken"),
    ],
)
async def test_who_names_what_they_answer_is_not_asked(days: Days, told: str, presence: str, offer: str):
    ana, own = await offered_and_reminded(days)

    ending = await days.answer(ana, told)

    assert ending is not None
    assert ASKED not in (ending.say or "")
    assert (await days.status(own.id), await state_of_offer(days)) == (presence, offer)


async def test_a_presence_that_is_confirmed_already_is_in_nobodys_way(days: Days):
    ana, own = await offered_and_reminded(days)
    await days.practice.agenda.confirm(days.practice.tenant, own.id, DESK)

    await days.answer(ana, "sim")

    assert await state_of_offer(days) == "taken"


async def reminded_and_asked_how_it_was(days: Days) -> tuple[ContactId, Appointment]:
    practice, ana = days.practice, await days.client("Ana")
    past = await practice.book(at(10), ana)
    coming = await practice.book(at(15, days=3), ana)
    practice.go_to(at(10, 40))
    await practice.agenda.attendance.kept(practice.tenant, past.id, DESK)
    days.actors.remove("follow_ups.send")
    await days.pass_to(at(9, days=2))
    await reminded(days, coming)
    days.actors.append("follow_ups.send")
    await days.pass_to(at(10, 40, days=2))
    assert "Como foi" in (await days.told(ana))[-1]
    return ana, coming


@pytest.mark.parametrize("yes", ["sim", "ok", "👍", "confirmo"])
async def test_a_bare_yes_is_no_answer_to_how_it_was_while_a_reminder_is_open(days: Days, yes: str):
    ana, coming = await reminded_and_asked_how_it_was(days)

    await days.answer(ana, yes)

    assert await days.status(coming.id) == "confirmed"
    assert await days.rows("select 1 from feedback_events") == []


async def test_how_it_was_is_kept_and_confirms_nothing(days: Days):
    ana, coming = await reminded_and_asked_how_it_was(days)

    await days.answer(ana, "foi ótimo")

    assert await days.status(coming.id) == "booked"
    assert [row["intent"] for row in await days.rows("select intent from feedback_events")] == ["followup_positive"]


async def test_a_word_of_praise_that_could_be_a_yes_is_asked_back(days: Days):
    ana, coming = await reminded_and_asked_how_it_was(days)

    asked = await days.answer(ana, "perfeito!")
    assert asked is not None
    assert "*1* - Como foi o seu atendimento de Consulta com Dra. Marina" in (asked.say or "")
    await days.answer(ana, "1")

    assert await days.status(coming.id) == "booked"
    assert [row["comment"] for row in await days.rows("select comment from feedback_events")] == ["perfeito!"]


async def by_menu(days: Days, contact: ContactId, text: str) -> str:
    """What the menu says, with what it keeps of the talk."""
    practice = days.practice
    conversation = await days._conversation(contact)
    visit = Visit(practice.tenant, conversation, contact, practice.now.astimezone(SAO_PAULO))
    desk = await desk_over(practice.agenda, practice.open_work)(visit)
    said = await MenuTalk.over(desk, text)()
    async with practice.open_work(practice.tenant) as work:
        await work.booking_talks.keep(conversation, replace(desk.leave(said.menu) or desk.notes, at=practice.now))
        await work.commit()
    await days.say(contact, said.text)
    return said.text


async def menu_of(days: Days, contact: ContactId) -> Notes | None:
    conversation = await days._conversation(contact)
    async with days.practice.open_work(days.practice.tenant) as work:
        return await work.booking_talks.notes(conversation)


async def asked_by_the_menu_and_reminded(days: Days) -> tuple[ContactId, Appointment]:
    ana = await days.client("Ana")
    own = await days.practice.book(at(15, days=3), ana)
    assert "Posso marcar" in await by_menu(days, ana, "quero marcar uma consulta amanhã às 9h")
    days.practice.go_to(days.practice.now + timedelta(minutes=5))
    await reminded(days, own)
    days.practice.go_to(days.practice.now + timedelta(minutes=5))
    return ana, own


async def test_a_yes_after_the_menus_question_and_a_reminder_is_asked_back_and_the_menu_can_be_meant(days: Days):
    ana, own = await asked_by_the_menu_and_reminded(days)

    asked = await days.answer(ana, "sim")
    assert asked is not None
    assert "*1* - A sua presença em Consulta com Dra. Marina, quinta-feira, 26/11 às 15h" in (asked.say or "")
    assert "*2* - O horário novo que você pediu: Consulta com Dra. Marina, amanhã" in (asked.say or "")
    told = await days.answer(ana, "2")

    assert told is not None
    assert (told.say, told.go_on, told.heard_as) == (None, True, "sim")
    assert await days.status(own.id) == "booked"
    assert "Está marcado: *Consulta com Dra. Marina, terça-feira, 24/11 às 9h*" in await by_menu(days, ana, "sim")


async def test_a_yes_that_names_the_booking_goes_to_the_menu(days: Days):
    ana, own = await asked_by_the_menu_and_reminded(days)

    assert await days.answer(ana, "pode marcar") is None

    assert await days.status(own.id) == "booked"
    notes = await menu_of(days, ana)
    assert notes is not None
    assert notes.menu is not None
    assert notes.menu.step is Step.CONFIRM


async def test_a_menu_of_long_ago_asks_nothing_any_more(days: Days):
    ana, own = await asked_by_the_menu_and_reminded(days)
    days.practice.go_to(days.practice.now + timedelta(minutes=30))

    await days.answer(ana, "sim")

    assert await days.status(own.id) == "confirmed"
