"""Reminders over days that pass in a moment: said when they make sense, once, and answered in the talk."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from application.agenda.reschedule_appointment import Move
from domain.agenda.appointment import Appointment
from domain.conversations.conversation import Reason
from domain.conversations.inbound import Kind
from domain.conversations.turn import Burst, Heard
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days

QUIET_DESK = replace(DESK, quietly=True)


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def booked(days: Days, *, day: int = 7, hour: int = 14) -> Appointment:
    return await days.practice.book(at(hour, days=day), await days.client())


async def test_who_booked_a_week_ahead_is_reminded_three_times(days: Days):
    appointment = await booked(days)

    await days.pass_to(at(13, 59, days=7))

    told = await days.told(appointment.contact)
    assert [text.split("\n")[0] for text in told] == [
        "Oi, Ana! Passando para lembrar do seu horário de Consulta com Dra. Marina, segunda-feira, 30/11 às 14h.",
        (
            "Oi, Ana! Passando para lembrar do seu horário de Consulta com Dra. Marina,"
            " amanhã (segunda-feira, 30/11) às 14h."
        ),
        "Oi, Ana! Passando para lembrar do seu horário de Consulta com Dra. Marina, hoje às 14h.",
    ]


async def test_an_appointment_that_moved_is_reminded_of_at_its_new_time_only(days: Days):
    appointment = await booked(days)

    await days.practice.agenda.reschedule(days.practice.tenant, appointment.id, Move(at(9, days=9)), QUIET_DESK)
    await days.pass_to(at(8, 59, days=9))

    told = await days.told(appointment.contact)
    assert len(told) == 3
    assert all("02/12" in text or "hoje às 9h" in text for text in told)
    assert ("reminders.send", "changed") not in days.ran


async def test_of_what_was_called_off_nobody_is_reminded_and_nothing_is_left_waiting(days: Days):
    appointment = await booked(days)

    await days.practice.agenda.cancel(days.practice.tenant, appointment.id, QUIET_DESK)

    assert [name for name in await days.practice.jobs() if name not in ("agenda.settle", "agenda.offer_free")] == []
    await days.pass_to(at(20, days=8))
    assert await days.told(appointment.contact) == []


async def test_a_change_that_is_undone_leaves_the_reminders_as_they_were(days: Days):
    appointment = await booked(days)
    before = await days.rows("select kind, due_at from reminders order by id")

    async with days.practice.open_work(days.practice.tenant) as work:
        locked = await work.appointments.get(appointment.id, lock=True)
        locked.cancel(now=days.practice.now, notice=timedelta(0))
        await work.reminders.drop_all(appointment.id, "cancelled", days.practice.now)

    assert await days.rows("select kind, due_at from reminders where state = 'planned' order by id") == before


async def test_two_schedulers_at_once_say_everything_once(days: Days):
    appointments = [await booked(days, day=7, hour=hour) for hour in (9, 10, 14, 15)]
    others = [Days.of(days.practice) for _ in range(3)]

    days.practice.go_to(at(15, days=6))
    await asyncio.gather(*(each.run_due() for each in (days, *others)))

    for appointment in appointments:
        told = await days.told(appointment.contact)
        assert len(told) == 1, told


async def test_a_reminder_whose_worker_died_before_it_committed_is_said_once(days: Days):
    appointment = await booked(days)
    days.practice.go_to(at(14, days=6))

    row = await days._claim()  # the worker dies here, and its lease runs out
    await days.practice.pool.execute("update public.jobs set state = 'pending' where id = $1", row["id"])
    await days.run_due()
    await days.run_due()

    told = await days.told(appointment.contact)
    assert len(told) == 1, days.ran


async def test_a_yes_confirms_the_appointment(days: Days):
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))

    ending = await days.answer(appointment.contact, "sim 👍")

    assert await days.status(appointment.id) == "confirmed"
    assert ending is not None
    assert ending.say == (
        "Presença confirmada: Consulta com Dra. Marina, amanhã (segunda-feira, 30/11) às 14h. Até lá! 😊"
    )
    await days.pass_to(at(13, 30, days=7))
    assert "Sua presença já está confirmada" in (await days.told(appointment.contact))[-1]


async def test_a_yes_with_a_question_confirms_and_lets_the_model_answer_the_rest(days: Days):
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))

    ending = await days.answer(appointment.contact, "sim", "qual o endereço mesmo?")

    assert await days.status(appointment.id) == "confirmed"
    assert ending is not None
    assert ending.go_on


async def test_the_same_yes_heard_again_after_a_crash_says_the_same_again(days: Days):
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))
    conversation = await days._conversation(appointment.contact)
    burst = await heard(days, appointment, "sim")

    first = await days.hears(conversation, burst)
    again = await days.hears(conversation, burst)

    assert first is not None
    assert again is not None
    assert first.say == again.say


async def heard(days: Days, appointment: Appointment, text: str) -> Burst:
    id = await days._message(await days._conversation(appointment.contact), text)
    return Burst((Heard(id, Kind.TEXT, text, days.practice.now, days.practice.now),))


async def test_a_no_is_asked_what_instead_and_a_cancel_then_frees_the_time(days: Days):
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))

    asked = await days.answer(appointment.contact, "n vou poder")
    assert asked is not None
    assert "*remarcar* para outro dia ou *cancelar*?" in (asked.say or "")
    assert await days.status(appointment.id) == "booked"

    ended = await days.answer(appointment.contact, "pode cancelar então")
    assert ended is not None
    assert (ended.say or "").startswith("Tudo bem, cancelei o seu horário")
    assert await days.status(appointment.id) == "cancelled"
    assert at(14, days=7) in await days.practice.free(7)


async def test_who_wants_another_time_goes_on_to_whoever_books(days: Days):
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))

    assert await days.answer(appointment.contact, "pode ser outro dia?") is None
    assert await days.status(appointment.id) == "booked"


async def test_a_bare_yes_to_something_else_confirms_nothing(days: Days):
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))
    await days.say(appointment.contact, "Quer que eu mande o endereço?")

    assert await days.answer(appointment.contact, "sim") is None
    assert await days.status(appointment.id) == "booked"
    assert await days.answer(appointment.contact, "confirmo minha presença") is not None
    assert await days.status(appointment.id) == "confirmed"


async def test_a_yes_for_two_appointments_is_asked_which(days: Days):
    contact = await days.client()
    first = await days.practice.book(at(9, days=7), contact)
    second = await days.practice.book(at(14, days=7), contact)
    await days.pass_to(at(15, days=6))

    asked = await days.answer(contact, "confirmo")
    assert asked is not None
    assert (asked.say or "").startswith("Você tem 2 horários marcados:\n*1*. Consulta com Dra. Marina, amanhã")
    assert {await days.status(first.id), await days.status(second.id)} == {"booked"}

    await days.answer(contact, "o das 14h")
    assert await days.status(first.id) == "booked"
    assert await days.status(second.id) == "confirmed"


async def test_two_that_are_named_together_are_both_confirmed(days: Days):
    contact = await days.client()
    both = [await days.practice.book(at(hour, days=7), contact) for hour in (9, 14)]
    await days.pass_to(at(15, days=6))

    await days.answer(contact, "sim, os dois")

    assert [await days.status(each.id) for each in both] == ["confirmed", "confirmed"]


async def test_a_sticker_is_asked_back_once(days: Days):
    appointment = await booked(days)
    await days.pass_to(at(15, days=6))

    asked = await days.answer(appointment.contact, "")
    assert asked is not None
    assert (asked.say or "").startswith("Só para eu não me enganar")
    assert await days.answer(appointment.contact, "") is None


async def test_whoever_cancels_too_late_gets_a_person(days: Days):
    visit = days.practice.visit
    days.practice.visit = await days.practice.service("Cirurgia", notice=timedelta(hours=48))
    appointment = await booked(days)
    days.practice.visit = visit
    await days.pass_to(at(15, days=6))

    ending = await days.answer(appointment.contact, "cancelar")

    assert ending is not None
    assert "perto demais" in (ending.say or "")
    async with days.practice.open_work(days.practice.tenant) as work:
        conversation = await work.conversations.get(await days._conversation(appointment.contact))
    ending.then(conversation, days.practice.now)
    assert conversation.reason is Reason.ASKED
    assert await days.status(appointment.id) == "booked"


async def test_who_wants_to_be_left_alone_gets_no_reminders_until_they_want_them_back(days: Days):
    appointment = await booked(days)
    ending = await days.answer(appointment.contact, "não quero mais receber mensagens")
    assert ending is not None
    said = len(await days.told(appointment.contact))

    await days.pass_to(at(15, days=6))
    assert len(await days.told(appointment.contact)) == said
    assert ("reminders.send", "opted_out") in days.ran

    await days.answer(appointment.contact, "voltar")
    await days.pass_to(at(13, 30, days=7))
    assert "hoje às 14h" in (await days.told(appointment.contact))[-1]


async def test_whoever_never_wrote_is_not_reminded_by_itself_and_the_desk_can_see_it(days: Days):
    appointment, other = await days.practice.book(at(14, days=7)), await booked(days, hour=10)
    views = [
        await days.practice.agenda.appointments.one(days.practice.tenant, each.id) for each in (appointment, other)
    ]
    assert [view.client.talks for view in views] == [False, True]
    await days.practice.agenda.cancel(days.practice.tenant, other.id, DESK)

    await days.pass_to(at(15, days=6))

    assert {outcome for actor, outcome in days.ran if actor == "reminders.send"} == {"unreachable"}
