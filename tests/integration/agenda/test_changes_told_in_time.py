"""A change is told while there is time to act on it: at night where the morning is too late, and never once it has begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from application.agenda.reschedule_appointment import Move
from tests.builders.agenda import DESK, at
from tests.builders.unasked import Days
from tests.integration.agenda.test_changes_by_others import cancelled, days, expected, minutes_later, on_record

__all__ = ["days"]


@pytest.mark.parametrize("change", ["move", "cancel"])
async def test_nobody_is_told_of_an_appointment_that_has_begun(days: Days, change: str):
    days.practice.go_to(at(9))
    contact, one = await expected(days)
    days.practice.go_to(at(13, 58, days=7))

    if change == "cancel":
        await cancelled(days, one)
    else:
        await days.practice.agenda.reschedule(days.practice.tenant, one.id, Move(at(13, 59, days=7), anyway=True), DESK)
    days.practice.go_to(at(14, 1, days=7))
    await days.run_due()

    assert ("reminders.tell_change", "too_late") in days.ran
    assert await days.told(contact) == []
    assert await on_record(days) == [("change.not_told", f"appointment:{one.id}", "too_late")]


@pytest.mark.parametrize(("hour", "at_once"), [(8, True), (15, False)])
async def test_what_the_morning_would_tell_too_late_is_told_at_night(days: Days, hour: int, at_once: bool):
    """Quiet from nine in the evening to eight in the morning."""
    days.practice.go_to(at(9))
    contact, one = await expected(days, hour)
    days.practice.go_to(at(21, 30, days=6))

    await cancelled(days, one)
    await minutes_later(days)

    assert bool(await days.told(contact)) is at_once
    await days.pass_to(at(8, 1, days=7))
    assert len(await days.told(contact)) == 1


async def test_while_it_is_told_time_goes_on(days: Days):
    """A clock that stands still hides what compares two looks at it."""
    days.practice.go_to(at(9))
    contact, one = await expected(days)
    ticks = count(1)
    tell = replace(days.unasked.tell_change, clock=lambda: days.practice.now + timedelta(microseconds=next(ticks)))
    days.unasked = replace(days.unasked, tell_change=tell)

    await cancelled(days, one)
    await minutes_later(days)

    assert [outcome for actor, outcome in days.ran if actor == "reminders.tell_change"] == ["said"]
    assert len(await days.told(contact)) == 1
