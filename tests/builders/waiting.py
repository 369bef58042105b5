"""People on the waiting list for nine o'clock on the next Monday, and a time that becomes free."""

from __future__ import annotations

from dataclasses import replace

from domain.agenda.appointment import Appointment
from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from domain.shared.ids import ContactId
from tests.builders.agenda import DESK, at
from tests.builders.unasked import Days

QUIET_DESK = replace(DESK, quietly=True)


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
    await days.practice.agenda.cancel(days.practice.tenant, appointment.id, QUIET_DESK)
    await days.pass_to(at(10, 2))


async def standing(days: Days) -> dict[str, str]:
    rows = await days.rows("select c.name, w.state from waiting_list w join contacts c on c.id = w.contact_id")
    return {row["name"]: row["state"] for row in rows}
