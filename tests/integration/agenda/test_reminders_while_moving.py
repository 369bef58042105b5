"""A reminder falls due while a calendar is asked about another time: it waits for the answer."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import pytest

from application.agenda.reschedule_appointment import Move
from domain.agenda.appointment import SlotTaken
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


@pytest.mark.parametrize("refused", [True, False], ids=["refused", "accepted"])
async def test_a_reminder_waits_for_the_calendar_to_answer_a_move_and_goes_out_where_it_is_refused(
    days: Days, refused: bool
):
    practice = days.practice
    appointment = await practice.book(at(14, days=7), await days.client())
    if refused:
        other = await practice.book(at(16, days=7))
        async with practice.open_work(practice.tenant) as work:  # has that time at the calendar, and nobody here knows
            await work.places.give_back(other.id)
            await work.commit()
    practice.go_to(at(13, 50, days=4))
    practice.line.deaf = True
    await practice.agenda.reschedule(practice.tenant, appointment.id, Move(at(16, days=7)), replace(DESK, quietly=True))
    practice.line.deaf = False
    await days.pass_to(at(14, 20, days=4))
    meanwhile = await days.told(appointment.contact)

    with pytest.raises(SlotTaken) if refused else nullcontext():
        await practice.agenda.settle.now(practice.tenant, appointment)
    await days.pass_to(at(14, 40, days=4))

    assert meanwhile == []
    told = await days.told(appointment.contact)
    assert len(told) == refused
    assert all("lembrar do seu horário" in text and "às 14h" in text for text in told)
    assert ("reminders.send", "changed") not in days.ran
