"""A reminder that somebody of the company asks for: once, not at night, and not of what does not stand."""

from __future__ import annotations

import pytest

from application.agenda.keep import Asker
from application.reminders.remind_now import NotToRemind, RemindNow, WhyNot
from domain.agenda.appointment import Appointment
from tests.builders.agenda import DESK, Practice, at
from tests.builders.unasked import Days


@pytest.fixture
def days(practice: Practice) -> Days:
    return Days.of(practice)


async def booked(days: Days) -> Appointment:
    return await days.practice.book(at(14, days=7), await days.client())


def reminding(days: Days) -> RemindNow:
    practice = days.practice
    return RemindNow(practice.open_work, practice.agenda.zones, lambda: practice.now)


async def test_a_reminder_asked_for_by_hand_is_said_once_however_often_it_is_asked(days: Days):
    appointment = await booked(days)
    remind = reminding(days)

    days.practice.go_to(at(10))
    await remind(days.practice.tenant, appointment.id, DESK)
    await remind(days.practice.tenant, appointment.id, DESK)
    await days.run_due()

    assert len(await days.told(appointment.contact)) == 1


async def test_at_night_nobody_is_reminded_by_hand_unless_it_is_wanted_all_the_same(days: Days):
    appointment = await booked(days)
    remind = reminding(days)
    days.practice.go_to(at(3, days=1))

    with pytest.raises(NotToRemind) as asleep:
        await remind(days.practice.tenant, appointment.id, DESK)
    await days.run_due()
    assert asleep.value.why is WhyNot.QUIET
    assert await days.told(appointment.contact) == []

    await remind(days.practice.tenant, appointment.id, DESK, anyway=True)
    await days.run_due()
    assert len(await days.told(appointment.contact)) == 1


async def test_nobody_is_reminded_by_hand_of_what_does_not_stand(days: Days):
    appointment = await booked(days)
    await days.practice.agenda.cancel(days.practice.tenant, appointment.id, Asker.client(appointment.contact))

    with pytest.raises(NotToRemind):
        await reminding(days)(days.practice.tenant, appointment.id, DESK)
