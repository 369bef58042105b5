"""What every calendar keeps to, on real parts: Cal.com over HTTP, the built-in one in PostgreSQL."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from adapters.calcom.calendar import CalcomCalendar
from adapters.calcom.client import CalcomClient
from adapters.calcom.lines import Lines
from adapters.calcom.terms import CalcomTerms, EventType
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
from domain.shared.ids import AppointmentId, ProfessionalId, ServiceId, TenantId
from domain.shared.phone import Phone
from ops.sandbox.handle import Calcom, Running, launch
from secretaria.composition import database_name

ANA, RUI = ProfessionalId(1), ProfessionalId(2)
VISIT = ServiceId(1)
HALF_AN_HOUR = timedelta(minutes=30)
MONDAY = datetime(2031, 3, 3, 12, 0, tzinfo=UTC)  # nine o'clock in São Paulo
TENANT = TenantId(7)


@dataclass
class Subject:
    """`pass_to` lets the time come."""

    calendar: Calendar
    pass_to: Callable[[datetime], Awaitable[object]]


@pytest.fixture(scope="module")
def calcom_process() -> Iterator[Running]:
    running = launch("calcom")
    yield running
    running.stop()


@pytest.fixture(params=["built-in", "calcom"])
async def subject(
    request: pytest.FixtureRequest, calendar_database: str, calcom_process: Running
) -> AsyncIterator[Subject]:
    opened = built_in(calendar_database) if request.param == "built-in" else calcom(calcom_process.url)
    async with opened as one:
        yield one


@asynccontextmanager
async def built_in(url: str) -> AsyncIterator[Subject]:
    """In a company of its own; its clock is set by hand."""
    time = [datetime.now(UTC)]
    lanes = await build_lanes(url, count=4, name="tests")
    pool = await build_pool(url, size=2, name="tests")
    slug = f"clinica-{secrets.token_hex(4)}"
    company = await PostgresCompanies(pool).add(name=slug, slug=slug, time_zone="America/Sao_Paulo")
    await PostgresPlaces(pool).make(company.id)

    async def pass_to(moment: datetime) -> object:
        time[0] = moment
        return None

    def clock() -> datetime:
        time[0] += timedelta(milliseconds=1)
        return time[0]

    yield Subject(BuiltInCalendar(PostgresWorkshop(lanes, database_name(url)), company.id, clock), pass_to)
    lanes.terminate()
    await pool.close()


@pytest.fixture(scope="module")
def calendar_database(module_database: str) -> str:
    asyncio.run(migrate(module_database))
    return module_database


@asynccontextmanager
async def calcom(url: str) -> AsyncIterator[Subject]:
    async with Calcom(url) as control, httpx2.AsyncClient(trust_env=False) as http:
        await control.reset()
        account = await control.enter(per_minute=0)
        kinds = {
            (VISIT, who): EventType((await control.offer(account, host=who, slug=f"consulta-{who}")).id)
            for who in (ANA, RUI)
        }
        terms = CalcomTerms(TENANT, "casa", control.url, account.key, kinds)

        async def pass_to(moment: datetime) -> object:
            return await control.set(now=moment.isoformat())

        yield Subject(CalcomCalendar(CalcomClient(http, terms, Lines())), pass_to)


@pytest.fixture
def calendar(subject: Subject) -> Calendar:
    return subject.calendar


def booking(number: int = 1, *, at: datetime = MONDAY, who: ProfessionalId = ANA) -> CalendarBooking:
    attendee = Attendee("Bia", Phone("+5531987654321"), "America/Sao_Paulo")
    return CalendarBooking(AppointmentId(number), who, VISIT, Slot.lasting(at, HALF_AN_HOUR), attendee)


async def is_free(calendar: Calendar, slot: Slot, who: ProfessionalId = ANA, moving: CalendarRef | None = None) -> bool:
    window = slot.widened(before=timedelta(hours=1), after=timedelta(hours=1))
    found = await calendar.free(FreeQuery(VISIT, [who], window, HALF_AN_HOUR, moving))
    return any(stretch.contains(slot) for stretch in found.get(who, ()))


async def test_what_is_booked_is_no_longer_free_for_that_professional_only(calendar: Calendar) -> None:
    wanted = booking()
    assert await is_free(calendar, wanted.slot)

    await calendar.book(wanted)

    assert not await is_free(calendar, wanted.slot)
    assert await is_free(calendar, wanted.slot, RUI)


async def test_refuses_a_second_person_in_a_slot(calendar: Calendar) -> None:
    await calendar.book(booking())

    with pytest.raises(SlotTaken):
        await calendar.book(booking(2, at=MONDAY + timedelta(minutes=15)))


async def test_back_to_back_is_no_overlap(calendar: Calendar) -> None:
    await calendar.book(booking())

    await calendar.book(booking(2, at=MONDAY + HALF_AN_HOUR))


async def test_finds_what_stands_for_an_appointment_at_its_slot_and_nothing_else(calendar: Calendar) -> None:
    mine = booking()
    ref = await calendar.book(mine)

    entry = await calendar.find(mine)

    assert entry is not None
    assert (entry.ref, entry.slot, entry.state, entry.appointment) == (ref, mine.slot, EntryState.STANDING, 1)
    assert await calendar.find(booking(2)) is None
    assert await calendar.find(booking(at=MONDAY + timedelta(hours=1))) is None


async def test_moving_frees_the_old_time_and_takes_the_new_one(calendar: Calendar) -> None:
    old, new = booking(), booking(at=MONDAY + timedelta(hours=2))
    ref = await calendar.book(old)

    moved = await calendar.reschedule(ref, new)

    assert await is_free(calendar, old.slot)
    assert not await is_free(calendar, new.slot)
    entry = await calendar.find(new)
    assert entry is not None
    assert entry.ref == moved


async def test_moving_again_by_the_first_name_it_had_works_as_well(calendar: Calendar) -> None:
    ref = await calendar.book(booking())
    new = booking(at=MONDAY + timedelta(hours=2))
    moved = await calendar.reschedule(ref, new)

    assert await calendar.reschedule(ref, new) == moved


async def test_its_own_time_is_free_for_what_is_being_moved(calendar: Calendar) -> None:
    mine = booking()
    ref = await calendar.book(mine)

    assert await is_free(calendar, mine.slot, moving=ref)


async def test_a_move_to_a_taken_time_leaves_all_as_it_was(calendar: Calendar) -> None:
    mine, other = booking(), booking(2, at=MONDAY + timedelta(hours=2))
    ref = await calendar.book(mine)
    await calendar.book(other)

    with pytest.raises(SlotTaken):
        await calendar.reschedule(ref, booking(at=other.slot.starts))

    assert await calendar.find(mine) is not None


async def test_what_is_cancelled_is_free_and_cancelling_again_is_fine(calendar: Calendar) -> None:
    mine = booking()
    ref = await calendar.book(mine)

    await calendar.cancel(ref, "a pedido")
    await calendar.cancel(ref, "a pedido")

    assert await is_free(calendar, mine.slot)
    assert await calendar.find(mine) is None


async def test_what_was_moved_is_cancelled_by_any_of_its_names(calendar: Calendar) -> None:
    ref = await calendar.book(booking())
    new = booking(at=MONDAY + timedelta(hours=2))
    await calendar.reschedule(ref, new)

    await calendar.cancel(ref, "")

    assert await is_free(calendar, new.slot)


async def test_does_not_know_what_it_never_had(calendar: Calendar) -> None:
    nothing = CalendarRef("00000000-0000-4000-8000-000000000000")

    for doing in (
        calendar.cancel(nothing, ""),
        calendar.mark_absent(nothing),
        calendar.mark_present(nothing),
        calendar.reschedule(nothing, booking()),
    ):
        with pytest.raises(EntryNotFound):
            await doing


async def test_cancelled_things_are_not_moved(calendar: Calendar) -> None:
    ref = await calendar.book(booking())
    await calendar.cancel(ref, "")

    with pytest.raises((EntryNotFound, CalendarRefused)):
        await calendar.reschedule(ref, booking(at=MONDAY + timedelta(hours=2)))


async def test_nobody_is_absent_before_it_begins(subject: Subject) -> None:
    ref = await subject.calendar.book(booking())

    with pytest.raises(CalendarRefused):
        await subject.calendar.mark_absent(ref)


async def test_who_did_not_come_is_told_among_the_changes(subject: Subject) -> None:
    ref = await subject.calendar.book(booking())
    await subject.pass_to(MONDAY + timedelta(minutes=40))

    await subject.calendar.mark_absent(ref)

    changes = await subject.calendar.changed_since(datetime(2020, 1, 1, tzinfo=UTC))
    assert [(entry.ref, entry.state) for entry in changes] == [(ref, EntryState.MISSED)]


async def test_who_came_after_all_is_absent_no_more(subject: Subject) -> None:
    ref = await subject.calendar.book(booking())
    await subject.pass_to(MONDAY + timedelta(minutes=40))
    await subject.calendar.mark_absent(ref)

    await subject.calendar.mark_present(ref)
    await subject.calendar.mark_present(ref)

    changes = await subject.calendar.changed_since(datetime(2020, 1, 1, tzinfo=UTC))
    assert [(entry.ref, entry.state) for entry in changes] == [(ref, EntryState.STANDING)]


async def test_tells_changes_in_their_order_and_lets_one_go_on_from_the_last(calendar: Calendar) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    refs = [await calendar.book(booking(n, at=MONDAY + n * HALF_AN_HOUR)) for n in range(1, 5)]

    first = await calendar.changed_since(long_ago, limit=2)
    rest = await calendar.changed_since(first[-1].changed_at, limit=10)

    assert [entry.ref for entry in first] == refs[:2]
    assert {entry.ref for entry in rest} >= set(refs[2:])
    assert [entry.appointment for entry in rest][-1] == 4


async def test_of_many_at_once_in_one_slot_one_wins_when_they_come_one_by_one(calendar: Calendar) -> None:
    outcomes = []
    for number in range(1, 6):
        try:
            outcomes.append(await calendar.book(booking(number)))
        except SlotTaken:
            outcomes.append(None)

    assert [one is not None for one in outcomes] == [True, False, False, False, False]
