"""The calendar falls silent at the worst moment: in the end there is one booking at both ends, or none at either."""

from __future__ import annotations

import pytest

from application.agenda.reschedule_appointment import Move
from application.shared.ports import Claim
from domain.agenda.appointment import Appointment, Owed, SlotTaken, Status, Unsettled
from domain.shared.errors import Unavailable
from domain.shared.ids import JobId
from tests.builders.agenda import DESK, Practice, at


async def run_the_job(practice: Practice, appointment: Appointment) -> str:
    """As a worker does it: the row is claimed, and gone when it is done."""
    row = await practice.pool.fetchrow(
        "update public.jobs set state = 'running', fence = fence + 1 where tenant_id = $1 and actor = 'agenda.settle'"
        " and state = 'pending' returning id, fence",
        practice.tenant,
    )
    assert row is not None
    try:
        return await practice.agenda.settle(Claim(practice.tenant, JobId(row["id"]), row["fence"]), appointment.id)
    except Unavailable:
        await practice.pool.execute("update public.jobs set state = 'pending' where id = $1", row["id"])
        raise


def move_to(hour: int) -> Move:
    return Move(at(hour))


async def kept(practice: Practice, appointment: Appointment) -> Appointment:
    return (await practice.agenda.appointments.one(practice.tenant, appointment.id)).appointment


async def test_a_booking_that_the_calendar_took_in_silence_is_found_and_not_made_twice(practice: Practice):
    practice.line.mute = True
    pending = await practice.book(at(9))
    practice.line.mute = False

    assert (pending.status, pending.owed) == (Status.PENDING, Owed.BOOK)
    assert await run_the_job(practice, pending) == "settled"

    settled = await kept(practice, pending)
    assert (settled.status, settled.owed) == (Status.BOOKED, None)
    assert await practice.entries() == [("standing", at(9))]
    assert practice.line.asked == ["book", "find"]
    assert [name for name in await practice.jobs() if name.startswith("agenda.")] == []


async def test_a_booking_that_never_reached_the_calendar_is_made_when_it_is_back(practice: Practice):
    practice.line.deaf = True
    pending = await practice.book(at(9))
    with pytest.raises(SlotTaken):
        await practice.book(at(9))
    with pytest.raises(Unavailable):
        await run_the_job(practice, pending)
    practice.line.deaf = False

    await run_the_job(practice, pending)

    assert (await kept(practice, pending)).status is Status.BOOKED
    assert await practice.entries() == [("standing", at(9))]


async def test_a_time_that_the_calendar_gave_to_somebody_else_is_not_ours(practice: Practice):
    first = await practice.book(at(9))
    async with practice.open_work(practice.tenant) as work:  # our row is gone, the calendar's is not: drift
        await work.places.give_back(first.id)
        await work.commit()

    with pytest.raises(SlotTaken):
        await practice.book(at(9))

    assert await practice.entries() == [("standing", at(9))]
    assert await practice.pool.fetchval(f"select count(*) from tenant_{practice.tenant}.agenda_places") == 0


@pytest.mark.parametrize("trouble", ["deaf", "mute"])
async def test_both_times_stay_taken_until_the_calendar_has_moved_it(practice: Practice, trouble: str):
    appointment = await practice.book(at(9))
    setattr(practice.line, trouble, True)

    moving = await practice.agenda.reschedule(practice.tenant, appointment.id, move_to(10), DESK)

    assert (moving.slot.starts, moving.owed) == (at(9), Owed.MOVE)
    for hour in (9, 10):
        with pytest.raises(SlotTaken):
            await practice.book(at(hour))
    with pytest.raises(Unsettled):
        await practice.agenda.cancel(practice.tenant, appointment.id, DESK)

    setattr(practice.line, trouble, False)
    await run_the_job(practice, appointment)

    moved = await kept(practice, appointment)
    assert (moved.slot.starts, moved.status, moved.moving_to) == (at(10), Status.RESCHEDULED, None)
    assert await practice.entries() == [("standing", at(10))]
    await practice.book(at(9))


@pytest.mark.parametrize("trouble", ["deaf", "mute"])
async def test_a_cancelled_time_is_free_at_once_and_the_calendar_hears_of_it_later(practice: Practice, trouble: str):
    appointment = await practice.book(at(9))
    setattr(practice.line, trouble, True)

    gone = await practice.agenda.cancel(practice.tenant, appointment.id, DESK, "a pedido")
    setattr(practice.line, trouble, False)

    assert (gone.status, gone.owed) == (Status.CANCELLED, Owed.CANCEL)
    assert await run_the_job(practice, appointment) == "settled"
    assert (await kept(practice, appointment)).owed is None
    assert await practice.entries() == [("cancelled", at(9))]
    await practice.book(at(9))


async def test_a_job_that_comes_late_finds_nothing_to_do(practice: Practice):
    appointment = await practice.book(at(9))
    practice.line.asked.clear()

    await run_the_job(practice, appointment)

    assert practice.line.asked == []
    assert await practice.entries() == [("standing", at(9))]
