"""Who was missed and is offered another time gets it by saying so, and what they say of why is kept."""

from __future__ import annotations

import pytest

from application.reminders.texts import CAME_AFTER_ALL, THANKS_FOR_TELLING
from domain.agenda.appointment import Appointment
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days
from tests.integration.agenda.test_booking_by_menu import Talk


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def missed(days: Days) -> Appointment:
    await days.practice.service("Limpeza")
    await days.practice.professional("Dr. Paulo")
    appointment = await days.practice.book(at(14), await days.client())
    days.practice.go_to(at(14, 40))
    await days.practice.agenda.attendance.missed(days.practice.tenant, appointment.id, DESK)
    await days.pass_to(at(16, 45))
    assert "é só responder *remarcar*" in (await days.told(appointment.contact))[-1]
    return appointment


async def said_of_it(days: Days) -> list[tuple[str, str]]:
    rows = await days.rows("select intent, comment from feedback_events where source = 'recovery'")
    return [(row["intent"], row["comment"]) for row in rows]


async def test_remarcar_books_the_same_again_without_a_model(days: Days):
    appointment = await missed(days)

    ending = await days.answer(appointment.contact, "remarcar")

    assert ending is not None
    assert (ending.say, ending.go_on, ending.heard_as) == (None, True, "Quero marcar Consulta com Dra. Marina.")
    menu = Talk(days.practice, appointment.contact)
    assert "Para quando?" in await menu.say(ending.heard_as or "")
    assert "Posso marcar *Consulta com Dra. Marina, quinta-feira, 26/11 às 15h*?" in await menu.say("quinta às 15h")
    assert await said_of_it(days) == []


async def test_a_time_told_with_it_is_looked_for_at_once(days: Days):
    appointment = await missed(days)

    ending = await days.answer(appointment.contact, "fiquei doente. Pode remarcar para quinta às 15h?")

    assert ending is not None
    menu = Talk(days.practice, appointment.contact)
    assert "Posso marcar *Consulta com Dra. Marina, quinta-feira, 26/11 às 15h*?" in await menu.say(
        ending.heard_as or ""
    )
    assert [intent for intent, _ in await said_of_it(days)] == ["followup_feedback"]


async def test_why_they_did_not_come_is_kept_and_remarcar_still_works_then(days: Days):
    appointment = await missed(days)

    ending = await days.answer(appointment.contact, "tive um imprevisto no trabalho")

    assert ending is not None
    assert ending.say == THANKS_FOR_TELLING
    assert await said_of_it(days) == [("followup_feedback", "tive um imprevisto no trabalho")]
    again = await days.answer(appointment.contact, "remarcar")
    assert again is not None
    assert again.heard_as == "Quero marcar Consulta com Dra. Marina."
    assert len(await said_of_it(days)) == 1


async def test_who_says_that_they_were_there_gets_a_person(days: Days):
    appointment = await missed(days)

    ending = await days.answer(appointment.contact, "mas eu fui sim!")

    assert ending is not None
    assert ending.say == CAME_AFTER_ALL
    async with days.practice.open_work(days.practice.tenant) as work:
        conversation = await work.conversations.get(await days._conversation(appointment.contact))
    ending.then(conversation, days.practice.now)
    assert not conversation.attended_by_assistant


async def test_who_has_another_time_by_now_moves_that_one(days: Days):
    appointment = await missed(days)
    await days.answer(appointment.contact, "esqueci, desculpa")
    await days.say(appointment.contact, "Posso ajudar em mais alguma coisa?")
    await days.practice.book(at(9, days=3), appointment.contact)

    assert await days.answer(appointment.contact, "remarcar") is None


async def test_who_wants_something_else_instead_gets_that_and_not_the_one_they_missed(days: Days):
    appointment = await missed(days)

    assert await days.answer(appointment.contact, "quero marcar uma limpeza com o Dr. Paulo") is None


async def test_a_reason_that_is_told_with_the_wish_for_another_time_is_kept_once(days: Days):
    appointment = await missed(days)

    for _ in range(2):
        ending = await days.answer(appointment.contact, "fiquei doente, quero remarcar")
        assert ending is not None
        assert (ending.heard_as or "").startswith("Quero marcar Consulta com Dra. Marina.")

    assert len(await said_of_it(days)) == 1
