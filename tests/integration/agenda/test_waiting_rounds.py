"""However long the list and whatever the calendar says later, nobody who waits is passed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest

from application.agenda.ports import Attendee, CalendarBooking
from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from domain.shared.ids import AppointmentId, ContactId
from tests.builders.agenda import Practice, at
from tests.builders.unasked import Days
from tests.builders.waiting import QUIET_DESK, freed, standing, taken, waiting


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def test_a_round_that_breaks_off_goes_on_after_the_last_who_was_looked_at(days: Days):
    appointment, line = await taken(days), days.practice.line
    await days.practice.book(at(14, days=7))
    await waiting(days, "Ana", hour=14)
    bia = await waiting(days, "Bia")
    days.practice.go_to(at(10))
    await days.practice.agenda.cancel(days.practice.tenant, appointment.id, QUIET_DESK)
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
    await days.practice.book(at(14, days=7))
    for number in range(51):
        await waiting(days, f"Cliente {number}", hour=14)
    last = await waiting(days, "Zoe")
    await freed(days, appointment)

    assert len(await days.told(last)) == 1
    assert days.ran == [("agenda.offer_free", "nobody_to_ask"), ("agenda.offer_free", "offered")]


async def yes_while_the_calendar_is_silent(days: Days, *, own: datetime | None = None) -> ContactId:
    """To nine o'clock, which somebody has at the calendar by then; in place of the time that is their `own`."""
    practice, appointment = days.practice, await taken(days)
    days.actors.append("agenda.settle")
    ana = await waiting(days, "Ana")
    if own is not None:
        await practice.book(own, ana)
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


@pytest.mark.parametrize("own", [None, at(15, days=9)], ids=["new", "swapped"])
async def test_a_yes_that_the_calendar_refuses_later_gives_them_back_their_old_place(days: Days, own: datetime | None):
    ana = await yes_while_the_calendar_is_silent(days, own=own)
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
    await practice.book(at(14, days=7))
    wait = Wait(ana, practice.visit, Slot(at(14, days=7), at(14, 30, days=7)))
    await practice.agenda.waiting.add(practice.tenant, wait, "user:x")

    await days.pass_to(at(10, 10))

    assert [row["state"] for row in await days.rows("select state from waiting_list order by id")] == [
        "served",
        "waiting",
    ]


async def test_how_long_it_is_held_is_told_to_the_nearest_minute(days: Days):
    appointment = await taken(days)
    ana = await waiting(days, "Ana")
    offer, ticks = days.unasked.offer, count()
    look = replace(offer.look, clock=lambda: days.practice.now + next(ticks) * timedelta(milliseconds=200))
    days.unasked = replace(days.unasked, offer=replace(offer, look=look))
    await freed(days, appointment)

    [told] = await days.told(ana)

    assert "Guardei para você por 30 minutos." in told
