"""A time that became free goes to those who wait for one: one after the other, and the first yes has it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from application.agenda.ports import Attendee, CalendarBooking
from application.agenda.reschedule_appointment import Move
from domain.agenda.appointment import Appointment
from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from domain.dead_letters.ladder import LADDER
from domain.shared.ids import AppointmentId, ContactId, OutgoingId
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def waiting(days: Days, name: str, hour: int = 9) -> ContactId:
    """For nine o'clock on the next Monday."""
    contact, practice = await days.client(name), days.practice
    wait = Wait(contact, practice.visit, Slot(at(hour, days=7), at(hour, 30, days=7)), practice.doctor)
    await practice.agenda.waiting.add(practice.tenant, wait, "user:x")
    return contact


async def taken(days: Days) -> Appointment:
    return await days.practice.book(at(9, days=7))


async def freed(days: Days, appointment: Appointment) -> None:
    days.practice.go_to(at(10))
    await days.practice.agenda.cancel(days.practice.tenant, appointment.id, DESK)
    await days.pass_to(at(10, 2))


async def test_the_longest_waiting_one_is_asked_and_a_yes_has_the_time(days: Days):
    appointment = await taken(days)
    ana, bia = await waiting(days, "Ana"), await waiting(days, "Bia")
    await freed(days, appointment)

    [offer] = await days.told(ana)
    assert offer.startswith("Oi, Ana! Abriu um horário de Consulta com Dra. Marina: segunda-feira, 30/11 às 09:00.")
    assert await days.told(bia) == []
    ending = await days.answer(ana, "quero sim!")

    assert ending is not None
    assert (ending.say or "").startswith("Prontinho, o horário é seu")
    assert await standing(days) == {"Ana": "served", "Bia": "waiting"}
    await days.pass_to(at(12))
    assert await days.told(bia) == []


async def standing(days: Days) -> dict[str, str]:
    rows = await days.rows("select c.name, w.state from waiting_list w join contacts c on c.id = w.contact_id")
    return {row["name"]: row["state"] for row in rows}


async def test_a_no_passes_it_on_at_once(days: Days):
    appointment = await taken(days)
    ana, bia = await waiting(days, "Ana"), await waiting(days, "Bia")
    await freed(days, appointment)

    await days.answer(ana, "não, obrigada")
    await days.run_due()

    assert len(await days.told(bia)) == 1
    await days.answer(bia, "sim")
    assert await standing(days) == {"Ana": "waiting", "Bia": "served"}


async def test_silence_passes_it_on_when_the_hold_is_over_and_a_late_yes_finds_it_gone(days: Days):
    appointment = await taken(days)
    ana, bia = await waiting(days, "Ana"), await waiting(days, "Bia")
    await freed(days, appointment)

    await days.pass_to(at(10, 30))
    assert await days.told(bia) == []
    await days.pass_to(at(10, 33))
    assert len(await days.told(bia)) == 1
    await days.answer(bia, "sim")
    ending = await days.answer(ana, "sim")

    assert ending is not None
    assert "acabou de ser preenchido" in (ending.say or "")
    assert await standing(days) == {"Ana": "waiting", "Bia": "served"}


async def test_an_offer_that_could_not_leave_in_time_is_kept_back_for_it_would_promise_what_another_has(days: Days):
    appointment = await taken(days)
    await waiting(days, "Ana")
    await freed(days, appointment)

    [row] = await days.rows("select o.id, f.until from outgoing o, offers f where o.text like '%Abriu um horário%'")
    async with days.practice.open_work(days.practice.tenant) as work:
        outgoing = await work.outbox.get(OutgoingId(row["id"]))

    assert outgoing.until == row["until"] == at(10, 31)
    assert not outgoing.too_late(at(10, 30))
    assert outgoing.too_late(at(10, 31))


async def test_while_it_is_offered_nobody_else_can_book_it(days: Days):
    appointment = await taken(days)
    await waiting(days, "Ana")
    await freed(days, appointment)

    assert at(9, days=7) not in await days.practice.free(7)


async def test_two_looks_at_once_ask_one_person_once(days: Days):
    appointment = await taken(days)
    ana, bia = await waiting(days, "Ana"), await waiting(days, "Bia")
    days.practice.go_to(at(10))
    await days.practice.agenda.cancel(days.practice.tenant, appointment.id, DESK)
    days.practice.go_to(at(10, 2))

    waits = await days.practice.agenda.waiting.list(days.practice.tenant)

    async def look() -> None:
        for wait in waits:
            await days.unasked.offer._offer_to(days.practice.tenant, wait)

    await asyncio.gather(look(), look(), look())

    assert (len(await days.told(ana)), len(await days.told(bia))) == (1, 0)


async def test_at_night_nobody_is_asked_before_the_morning(days: Days):
    appointment = await taken(days)
    ana = await waiting(days, "Ana")
    days.practice.go_to(at(22))
    await days.practice.agenda.cancel(days.practice.tenant, appointment.id, DESK)

    await days.pass_to(at(7, 59, days=1))
    assert await days.told(ana) == []
    await days.pass_to(at(8, 1, days=1))
    assert len(await days.told(ana)) == 1


async def test_a_time_left_behind_by_a_move_is_offered_too(days: Days):
    appointment = await taken(days)
    ana = await waiting(days, "Ana")
    days.practice.go_to(at(10))
    await days.practice.agenda.reschedule(days.practice.tenant, appointment.id, Move(at(15, days=7)), DESK)
    await days.pass_to(days.practice.now + timedelta(minutes=2))

    assert len(await days.told(ana)) == 1


async def test_what_is_kept_for_one_stays_so_when_they_book_another_time_meanwhile(days: Days):
    appointment, practice = await taken(days), days.practice
    ana, bia = await waiting(days, "Ana"), await waiting(days, "Bia")
    await freed(days, appointment)

    await practice.book(at(15, days=7), ana)
    other = await practice.book(at(16, days=7))
    await practice.agenda.cancel(practice.tenant, other.id, DESK)
    await days.pass_to(at(10, 10))

    assert await days.told(bia) == []
    ending = await days.answer(ana, "sim")
    assert ending is not None
    assert (ending.say or "").startswith("Prontinho, o horário é seu")


async def test_a_calendar_that_stays_away_only_puts_the_offer_off(days: Days):
    appointment, ana = await taken(days), await waiting(days, "Ana")
    days.practice.line.deaf, days.failures = True, len(LADDER)
    await freed(days, appointment)
    assert days.ran == [("agenda.offer_free", "put_off")]

    days.practice.line.deaf = False
    await days.practice.agenda.settle.now(days.practice.tenant, appointment)
    await days.pass_to(at(10, 10))

    assert [text.startswith("Oi, Ana! Abriu um horário") for text in await days.told(ana)] == [True]


async def test_a_round_that_breaks_off_goes_on_after_the_last_who_was_looked_at(days: Days):
    appointment, line = await taken(days), days.practice.line
    await waiting(days, "Ana", hour=20)
    bia = await waiting(days, "Bia")
    days.practice.go_to(at(10))
    await days.practice.agenda.cancel(days.practice.tenant, appointment.id, DESK)
    line.asked.clear()
    line.deaf_after = 1

    await days.pass_to(at(10, 1))
    assert days.ran == [("agenda.offer_free", "goes_on")]
    line.deaf, line.deaf_after = False, None
    await days.pass_to(at(10, 3))

    assert len(await days.told(bia)) == 1
    assert line.asked == ["free", "free", "free"]


async def test_who_waits_behind_fifty_for_whom_there_is_nothing_is_reached_too(days: Days):
    appointment = await taken(days)
    for number in range(51):
        await waiting(days, f"Cliente {number}", hour=20)
    last = await waiting(days, "Zoe")
    await freed(days, appointment)

    assert len(await days.told(last)) == 1
    assert days.ran == [("agenda.offer_free", "nobody_to_ask"), ("agenda.offer_free", "offered")]


async def yes_while_the_calendar_is_silent(days: Days) -> ContactId:
    """To nine o'clock, which somebody has at the calendar by then."""
    practice, appointment = days.practice, await taken(days)
    days.actors.append("agenda.settle")
    ana = await waiting(days, "Ana")
    await freed(days, appointment)
    entry = CalendarBooking(
        AppointmentId(99), practice.doctor, practice.visit, appointment.slot, Attendee("Caio", None, "UTC")
    )
    await practice.calendar.book(entry)
    practice.line.deaf = True
    await days.answer(ana, "sim")
    practice.line.deaf = False
    assert await standing(days) == {"Ana": "served"}
    return ana


async def test_a_yes_that_the_calendar_refuses_later_gives_them_back_their_old_place(days: Days):
    ana = await yes_while_the_calendar_is_silent(days)
    bia = await waiting(days, "Bia", hour=15)

    await days.pass_to(at(10, 10))

    assert await standing(days) == {"Ana": "waiting", "Bia": "offered"}
    assert [row["contact_id"] for row in await days.rows("select contact_id from waiting_list order by id")] == [
        ana,
        bia,
    ]
    assert sum("Abriu um horário" in text for text in await days.told(ana)) == 1


async def test_who_waits_anew_meanwhile_keeps_that_place_alone(days: Days):
    ana, practice = await yes_while_the_calendar_is_silent(days), days.practice
    wait = Wait(ana, practice.visit, Slot(at(20, days=7), at(20, 30, days=7)))
    await practice.agenda.waiting.add(practice.tenant, wait, "user:x")

    await days.pass_to(at(10, 10))

    assert [row["state"] for row in await days.rows("select state from waiting_list order by id")] == [
        "served",
        "waiting",
    ]
