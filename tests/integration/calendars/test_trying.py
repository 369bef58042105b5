"""A try of the calendar elsewhere says of every event type whether it answers."""

from __future__ import annotations

from adapters.postgres.audit import PostgresAuditLog
from application.agenda.connect_calendar import CalendarOrder, ConnectCalendar
from application.agenda.connections import EventTypeOf
from application.agenda.try_calendar import Found, TryCalendar
from tests.builders.calendars import Clinic


async def tried(clinic: Clinic, *, key: str = "", number: int = 0) -> list[Found]:
    """After connecting anew, as somebody at the desk does; past the memory of what was connected before."""
    calendars, desk = clinic.calendars, clinic.calendars.desk
    kinds = [EventTypeOf(clinic.visit, clinic.doctor, number or clinic.kind.id)]
    order = CalendarOrder(clinic.calcom.url, key or clinic.account.key, kinds)
    await ConnectCalendar(desk, PostgresAuditLog(clinic.pool)).connect(clinic.tenant, order, "user:x")
    trial = TryCalendar(clinic.open_work, calendars, desk, clinic.agenda.clock)
    return [one.found for one in await trial(clinic.tenant)]


async def test_an_event_type_with_free_times_is_found(clinic: Clinic):
    assert await tried(clinic) == [Found.FREE]


async def test_a_number_nobody_offers_is_not_known(clinic: Clinic):
    assert await tried(clinic, number=999_999) == [Found.UNKNOWN]


async def test_a_key_that_is_not_taken_is_told(clinic: Clinic):
    assert await tried(clinic, key="cal_live_of_nobody_at_all") == [Found.AWAY]


async def test_without_an_event_type_there_is_nothing_to_try(clinic: Clinic):
    await clinic.calendars.desk.put(clinic.connection, [])
    trial = TryCalendar(clinic.open_work, clinic.calendars, clinic.calendars.desk, clinic.agenda.clock)

    assert await trial(clinic.tenant) == []
