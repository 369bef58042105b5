"""A service is given buffers while appointments stand back to back: what stands stays where it is, and can be moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from application.agenda.reschedule_appointment import Move
from domain.agenda.appointment import Appointment, SlotTaken, Status
from domain.agenda.slot import Slot
from tests.builders.agenda import DESK, Practice, at
from tests.integration.agenda.test_calendar_troubles import kept, run_the_job


async def keep_free_after(practice: Practice, minutes: int) -> None:
    [service] = await practice.agenda.set_up.services(practice.tenant)
    await practice.agenda.set_up.put_service(practice.tenant, replace(service, after=minutes), "user:x")


async def back_to_back(practice: Practice) -> Appointment:
    """The first of two neighbours, whose service keeps ten minutes free from now on."""
    first = await practice.book(at(10))
    await practice.book(at(10, 30))
    await keep_free_after(practice, 10)
    return first


async def taken(practice: Practice, appointment: Appointment) -> list[tuple[int, Slot]]:
    rows = await practice.pool.fetch(
        "select professional_id, lower(busy) as starts, upper(busy) as ends"
        f" from tenant_{practice.tenant}.agenda_places where appointment_id = $1 order by starts",
        appointment.id,
    )
    return [(row["professional_id"], Slot(row["starts"], row["ends"])) for row in rows]


async def test_a_neighbour_moves_away_and_takes_the_new_buffer_there(practice: Practice):
    first = await back_to_back(practice)

    moved = await practice.agenda.reschedule(practice.tenant, first.id, Move(at(14)), DESK)

    assert (moved.status, moved.slot.starts) == (Status.RESCHEDULED, at(14))
    assert await taken(practice, first) == [(practice.doctor, Slot(at(14), at(14, 40)))]
    await practice.book(at(9, 45))


async def test_a_neighbour_moves_onto_a_part_of_its_own_time(practice: Practice):
    first = await back_to_back(practice)

    moved = await practice.agenda.reschedule(practice.tenant, first.id, Move(at(9, 45)), DESK)

    assert moved.slot.starts == at(9, 45)
    assert await taken(practice, first) == [(practice.doctor, Slot(at(9, 45), at(10, 25)))]


async def test_a_neighbour_goes_to_a_colleague(practice: Practice):
    first = await back_to_back(practice)
    colleague = await practice.professional("Dr. Paulo")

    await practice.agenda.reschedule(practice.tenant, first.id, Move(at(10), professional=colleague), DESK)

    assert await taken(practice, first) == [(colleague, Slot(at(10), at(10, 40)))]


async def test_the_buffer_still_keeps_a_neighbour_from_moving_too_near(practice: Practice):
    first = await back_to_back(practice)
    await practice.book(at(14, 45))

    with pytest.raises(SlotTaken):
        await practice.agenda.reschedule(practice.tenant, first.id, Move(at(14, 15)), DESK)

    assert await taken(practice, first) == [(practice.doctor, Slot(at(10), at(10, 30)))]


async def test_buffers_that_grow_while_the_calendar_is_asked_do_not_leave_the_move_owed_for_ever(practice: Practice):
    first = await practice.book(at(10))
    await practice.book(at(14, 30))
    practice.line.mute = True
    await practice.agenda.reschedule(practice.tenant, first.id, Move(at(14)), DESK)
    await keep_free_after(practice, 10)
    practice.line.mute = False

    assert await run_the_job(practice, first) == "settled"

    moved = await kept(practice, first)
    assert (moved.owed, moved.slot.starts) == (None, at(14))
    assert await taken(practice, first) == [(practice.doctor, Slot(at(14), at(14, 30)))]


async def test_a_calendars_no_leaves_a_neighbour_where_it_was(practice: Practice):
    somebody = await practice.book(at(9, 30))
    async with practice.open_work(practice.tenant) as work:  # has that time at the calendar, and nobody here knows
        await work.places.give_back(somebody.id)
        await work.commit()
    first = await back_to_back(practice)

    with pytest.raises(SlotTaken):
        await practice.agenda.reschedule(practice.tenant, first.id, Move(at(9, 45)), DESK)

    stayed = await kept(practice, first)
    assert (stayed.owed, stayed.slot.starts) == (None, at(10))
    assert await taken(practice, first) == [(practice.doctor, Slot(at(10), at(10, 30)))]
