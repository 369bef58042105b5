"""A move to another professional at Cal.com is a new booking and a cancelled one: broken off anywhere, one is left in the end."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, replace
from datetime import datetime

import asyncpg
import pytest

from application.agenda.connections import EventTypeOf
from application.agenda.ports import CalendarRefused
from application.agenda.reschedule_appointment import Move
from domain.agenda.appointment import Appointment, SlotTaken, Status
from domain.agenda.people import Professional
from domain.shared.errors import Unavailable
from domain.shared.ids import AppointmentId, ProfessionalId
from ops.sandbox.calcom.records import EventType
from tests.builders.calendars import DESK, WEEKDAYS, Clinic, at
from tests.integration.calendars.test_one_booking_at_both_ends import claimed


@dataclass
class Two:
    """A clinic with a second doctor, who is somebody else at Cal.com, too."""

    clinic: Clinic
    other: ProfessionalId
    kind: EventType

    async def move(self, id: AppointmentId, starts: datetime) -> Appointment:
        move = Move(starts, professional=self.other)
        return await self.clinic.agenda.reschedule(self.clinic.tenant, id, move, DESK)

    async def standing(self) -> list[tuple[str, int, datetime]]:
        found = await self.clinic.calcom.bookings()
        return sorted((one.uid, one.event_type, one.start) for one in found if one.status in ("accepted", "pending"))

    async def taken(self) -> list[tuple[int, datetime]]:
        async with self.clinic.open_work(self.clinic.tenant) as work:
            rows = await work._connection.fetch(
                "select professional_id, lower(busy) as starts from agenda_places order by professional_id"
            )
        return [(row["professional_id"], row["starts"]) for row in rows]

    async def settle(self, id: AppointmentId) -> Appointment:
        """By the job, until it comes through."""
        clinic = self.clinic
        await clinic.calcom.heal()
        clinic.calendars.lines.known.clear()
        with contextlib.suppress(CalendarRefused):
            await clinic.agenda.settle(await claimed(clinic, "agenda.settle"), id)
        return await clinic.appointment(id)

    async def is_moved_once(self, moved: Appointment, starts: datetime) -> None:
        assert (moved.professional, moved.slot.starts, moved.owed) == (self.other, starts, None)
        assert moved.moving_professional is None
        assert await self.standing() == [(moved.ref, self.kind.id, starts)]
        assert await self.taken() == [(self.other, starts)]
        assert await self.clinic.read_on() == "agreed"

    async def is_as_it_was(self, booked: Appointment) -> None:
        ours = await self.clinic.appointment(booked.id)
        assert (ours.professional, ours.slot, ours.owed) == (booked.professional, booked.slot, None)
        assert (ours.ref, booked.ref) == (booked.ref, ours.ref)
        assert await self.taken() == [(booked.professional, booked.slot.starts)]


@pytest.fixture
async def two(clinic: Clinic) -> Two:
    professional = Professional("Dr. Caio", WEEKDAYS)
    other = (await clinic.agenda.set_up.put_professional(clinic.tenant, professional, "user:x")).id
    kind = await clinic.calcom.offer(clinic.account, host=clinic.account.id + 1000, slug="consulta-caio")
    desk = clinic.calendars.desk
    await desk.put(
        clinic.connection,
        [EventTypeOf(clinic.visit, clinic.doctor, clinic.kind.id), EventTypeOf(clinic.visit, other, kind.id)],
    )
    clinic.calendars.lines.known.clear()
    return Two(clinic, other, kind)


async def test_it_is_booked_with_the_other_and_called_off_with_the_first(two: Two):
    booked = await two.clinic.book(at(9))

    moved = await two.move(booked.id, at(9))

    assert moved.status is Status.RESCHEDULED
    await two.is_moved_once(moved, at(9))
    await two.clinic.book(at(9))


@pytest.mark.parametrize("starts", [at(9), at(14)], ids=["same hour", "another hour"])
@pytest.mark.parametrize("broken", ["book", "cancel"])
@pytest.mark.parametrize("kind", ["lost_answer", "drop", "bad_gateway"])
async def test_a_line_that_breaks_anywhere_leaves_one_booking_in_the_end(
    two: Two, kind: str, broken: str, starts: datetime
):
    booked = await two.clinic.book(at(9))
    await two.clinic.calcom.fault(kind, broken)

    moving = await two.move(booked.id, starts)
    taken = await two.taken()

    assert (moving.professional, moving.moving_professional) == (two.clinic.doctor, two.other)
    assert taken == [(two.clinic.doctor, at(9)), (two.other, starts)], "both places stay taken"
    with pytest.raises(SlotTaken):
        await two.clinic.book(at(9))
    await two.is_moved_once(await two.settle(booked.id), starts)


@pytest.mark.parametrize("broken", ["book", "cancel"])
async def test_a_process_that_dies_in_between_leaves_one_booking_in_the_end(two: Two, broken: str):
    booked = await two.clinic.book(at(9))
    seen = (await two.clinic.calcom.calls()).last
    await two.clinic.calcom.fault("lost_hang", broken, count=1)

    dying = asyncio.create_task(two.move(booked.id, at(14)))
    calls = await two.clinic.calcom.calls(seen, wait=30)
    while broken not in [call.endpoint for call in calls.requests]:
        calls = await two.clinic.calcom.calls(calls.last, wait=30)
        assert calls.requests, "it never came so far"
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)

    assert (await two.clinic.appointment(booked.id)).moving_professional == two.other
    await two.is_moved_once(await two.settle(booked.id), at(14))


async def test_a_round_of_reading_leaves_a_half_done_move_to_the_one_who_does_it(two: Two):
    booked = await two.clinic.book(at(9))
    await two.clinic.calcom.fault("drop", "cancel")
    await two.move(booked.id, at(14))
    await two.clinic.calcom.heal()
    two.clinic.calendars.lines.known.clear()

    assert len(await two.standing()) == 2
    assert await two.clinic.read_on() == "agreed"

    await two.is_moved_once(await two.settle(booked.id), at(14))


async def test_an_old_booking_that_may_not_be_cancelled_keeps_its_place_and_the_new_one_goes(two: Two):
    booked = await two.clinic.book(at(9))
    await two.clinic.calcom.fault("status", "cancel", status=400, count=1)

    with pytest.raises(CalendarRefused):
        await two.move(booked.id, at(14))

    await two.is_as_it_was(booked)
    assert await two.standing() == [(booked.ref, two.clinic.kind.id, at(9))]


async def test_whoever_has_the_other_ones_time_over_there_keeps_it(two: Two):
    booked = await two.clinic.book(at(9))
    await two.clinic.calcom.fault("conflict", "book", count=1)

    with pytest.raises(SlotTaken):
        await two.move(booked.id, at(14))

    await two.is_as_it_was(booked)
    assert len(await two.standing()) == 1


async def test_without_an_event_type_of_the_other_ones_all_stays(two: Two):
    booked = await two.clinic.book(at(9))
    await two.clinic.calendars.desk.put(
        two.clinic.connection, [EventTypeOf(two.clinic.visit, two.clinic.doctor, two.clinic.kind.id)]
    )
    two.clinic.calendars.lines.known.clear()

    with pytest.raises(CalendarRefused):
        await two.move(booked.id, at(9))

    await two.is_as_it_was(booked)
    assert len(await two.standing()) == 1


async def test_what_was_removed_over_there_is_made_anew_with_the_other_once(two: Two):
    booked = await two.clinic.book(at(9))
    assert booked.ref is not None
    await two.clinic.calcom.do("cancel", booked.ref)
    await two.clinic.calcom.fault("lost_answer", "book", count=1)

    await two.move(booked.id, at(14))

    await two.is_moved_once(await two.settle(booked.id), at(14))


async def test_the_job_comes_again_while_the_calendar_is_away(two: Two):
    booked = await two.clinic.book(at(9))
    await two.clinic.calcom.fault("status", status=503)
    await two.move(booked.id, at(14))
    claim = await claimed(two.clinic, "agenda.settle")

    with pytest.raises(Unavailable):
        await two.clinic.agenda.settle(replace(claim, failures=0), booked.id)

    await two.is_moved_once(await two.settle(booked.id), at(14))


async def test_a_worker_of_an_older_release_cannot_write_a_move_down_at_the_professional_before(two: Two):
    """It knows nothing of to whom, asks for the old one's time, and then is refused by the table; the newer one mends it."""
    clinic, booked = two.clinic, await two.clinic.book(at(9))
    assert booked.ref is not None
    await clinic.calcom.fault("drop", "book")
    await two.move(booked.id, at(14))
    await clinic.calcom.heal()
    moved = await clinic.calcom.do("reschedule", booked.ref, start=at(14).isoformat())

    with pytest.raises(asyncpg.CheckViolationError):
        async with clinic.open_work(clinic.tenant) as work:
            await work._connection.execute(
                "update appointments set status = 'rescheduled', starts = moving_starts, ends = moving_ends,"
                " moving_starts = null, moving_ends = null, owed = null, ref = $2, version = version + 1 where id = $1",
                booked.id,
                moved.uid,
            )

    await two.is_moved_once(await two.settle(booked.id), at(14))
