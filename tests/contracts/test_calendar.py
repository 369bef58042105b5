"""What every calendar does, whoever keeps it: the agenda relies on no more, and on no less."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from adapters.postgres.agenda_calendar import BuiltInCalendar
from adapters.postgres.lanes import build_lanes
from adapters.postgres.migrations import migrate
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import build_pool
from adapters.postgres.tenants import PostgresCompanies
from adapters.postgres.work import PostgresWorkshop
from application.agenda.ports import (
    Attendee,
    Calendar,
    CalendarBooking,
    CalendarRefused,
    EntryNotFound,
    EntryState,
    FreeQuery,
)
from domain.agenda.appointment import CalendarRef, SlotTaken
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ProfessionalId, ServiceId
from domain.shared.phone import Phone
from secretaria.composition import database_name

MORNING = datetime(2027, 3, 2, 12, tzinfo=UTC)
"""A Tuesday, nine in São Paulo."""

HALF_HOUR = timedelta(minutes=30)
DOCTOR, VISIT = ProfessionalId(1), ServiceId(1)
NOBODYS = CalendarRef("00000000-0000-4000-8000-000000000000")


@dataclass
class Desk:
    """A calendar of a company with one professional and one service of half an hour."""

    calendar: Calendar
    time: list[datetime]
    professional: ProfessionalId = DOCTOR
    service: ServiceId = VISIT
    numbers: count[int] = field(default_factory=lambda: count(1))

    def booking(self, starts: datetime = MORNING) -> CalendarBooking:
        attendee = Attendee("Ana", Phone("+5511987654321"), "America/Sao_Paulo")
        slot = Slot.lasting(starts, HALF_HOUR)
        return CalendarBooking(AppointmentId(next(self.numbers)), self.professional, self.service, slot, attendee)

    async def can_have(self, starts: datetime, moving: CalendarRef | None = None) -> bool:
        """Whether the calendar lends out that half hour."""
        window = Slot(MORNING - timedelta(hours=1), MORNING + timedelta(hours=6))
        query = FreeQuery(self.service, [self.professional], window, HALF_HOUR, moving)
        stretches = (await self.calendar.free(query)).get(self.professional, ())
        return any(each.contains(Slot.lasting(starts, HALF_HOUR)) for each in stretches)


@pytest.fixture(scope="module")
def migrated(module_database: str) -> str:
    asyncio.run(migrate(module_database))
    return module_database


@pytest.fixture(params=["built-in"])
async def desk(migrated: str) -> AsyncIterator[Desk]:
    pool, lanes = await build_pool(migrated, size=2, name="tests"), await build_lanes(migrated, count=2, name="tests")
    slug = f"agenda-{secrets.token_hex(4)}"
    company = await PostgresCompanies(pool).add(name=slug, slug=slug, time_zone="America/Sao_Paulo")
    await PostgresPlaces(pool).make(company.id)
    time = [MORNING - timedelta(days=3)]
    workshop = PostgresWorkshop(lanes, database_name(migrated))
    yield Desk(BuiltInCalendar(workshop, company.id, lambda: time[0]), time)
    lanes.terminate()
    await pool.close()


async def test_what_is_booked_is_free_no_more_and_found_again(desk: Desk):
    booking = desk.booking()
    assert await desk.can_have(MORNING)

    ref = await desk.calendar.book(booking)

    found = await desk.calendar.find(booking)
    assert found is not None
    assert (found.ref, found.slot, found.state) == (ref, booking.slot, EntryState.STANDING)
    assert not await desk.can_have(MORNING)
    assert await desk.can_have(MORNING + HALF_HOUR)


async def test_a_slot_is_given_once(desk: Desk):
    await desk.calendar.book(desk.booking())

    with pytest.raises(SlotTaken):
        await desk.calendar.book(desk.booking())


async def test_what_was_never_booked_is_not_found(desk: Desk):
    booking = desk.booking()
    await desk.calendar.book(booking)

    assert await desk.calendar.find(desk.booking()) is None
    assert await desk.calendar.find(replace(booking, slot=Slot.lasting(MORNING + HALF_HOUR, HALF_HOUR))) is None


async def test_a_cancelled_slot_can_be_had_again(desk: Desk):
    booking = desk.booking()
    ref = await desk.calendar.book(booking)

    await desk.calendar.cancel(ref, "a pedido")
    await desk.calendar.cancel(ref, "a pedido, outra vez")

    assert await desk.calendar.find(booking) is None
    assert await desk.can_have(MORNING)
    await desk.calendar.book(desk.booking())


async def test_moving_frees_the_old_time_and_takes_the_new(desk: Desk):
    booking = desk.booking()
    ref = await desk.calendar.book(booking)
    later = replace(booking, slot=Slot.lasting(MORNING + timedelta(hours=2), HALF_HOUR))

    moved = await desk.calendar.reschedule(ref, later)

    found = await desk.calendar.find(later)
    assert found is not None
    assert found.ref == moved
    assert await desk.can_have(MORNING)
    assert not await desk.can_have(later.slot.starts)


async def test_the_time_of_what_is_to_be_moved_counts_as_free(desk: Desk):
    ref = await desk.calendar.book(desk.booking())

    assert await desk.can_have(MORNING, moving=ref)


async def test_nothing_moves_onto_somebody_else(desk: Desk):
    booking, other = desk.booking(), desk.booking(MORNING + HALF_HOUR)
    ref = await desk.calendar.book(booking)
    await desk.calendar.book(other)

    with pytest.raises(SlotTaken):
        await desk.calendar.reschedule(ref, replace(booking, slot=other.slot))

    found = await desk.calendar.find(booking)
    assert found is not None
    assert found.ref == ref


async def test_what_was_cancelled_cannot_be_moved(desk: Desk):
    booking = desk.booking()
    ref = await desk.calendar.book(booking)
    await desk.calendar.cancel(ref, "")

    with pytest.raises((CalendarRefused, EntryNotFound)):
        await desk.calendar.reschedule(ref, replace(booking, slot=Slot.lasting(MORNING + HALF_HOUR, HALF_HOUR)))


async def test_nobody_is_missing_before_the_hour(desk: Desk):
    ref = await desk.calendar.book(desk.booking())

    with pytest.raises(CalendarRefused):
        await desk.calendar.mark_absent(ref)
    desk.time[0] = MORNING + HALF_HOUR
    await desk.calendar.mark_absent(ref)


async def test_what_is_not_there_is_not_found(desk: Desk):
    with pytest.raises(EntryNotFound):
        await desk.calendar.cancel(NOBODYS, "")
    with pytest.raises(EntryNotFound):
        await desk.calendar.mark_absent(NOBODYS)
    with pytest.raises(EntryNotFound):
        await desk.calendar.reschedule(NOBODYS, desk.booking())


async def test_changes_are_told_in_their_order_and_page_by_page(desk: Desk):
    first = await desk.calendar.book(desk.booking())
    desk.time[0] += timedelta(minutes=1)
    second = await desk.calendar.book(desk.booking(MORNING + HALF_HOUR))
    desk.time[0] += timedelta(minutes=1)
    await desk.calendar.cancel(first, "a pedido")

    changes = await desk.calendar.changed_since(MORNING - timedelta(days=4))
    page = await desk.calendar.changed_since(MORNING - timedelta(days=4), limit=1)
    rest = await desk.calendar.changed_since(changes[-1].changed_at)

    assert [(each.ref, each.state) for each in changes] == [
        (second, EntryState.STANDING),
        (first, EntryState.CANCELLED),
    ]
    assert [each.ref for each in page] == [second]
    assert [each.ref for each in rest] == [first]
    assert {each.appointment for each in changes} == {AppointmentId(1), AppointmentId(2)}
