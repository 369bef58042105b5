"""A company's calendar is connected with secrets that lie sealed, and given up without a trace of them."""

from __future__ import annotations

import pytest

from adapters.postgres.agenda_calendar import BuiltInCalendar
from adapters.postgres.audit import PostgresAuditLog
from adapters.postgres.calendar_connections import PostgresCalendarDesk
from application.agenda.connect_calendar import CalendarOrder, ConnectCalendar
from application.agenda.connections import EventTypeOf, NoCalendarConnection
from domain.agenda.people import ProfessionalNotFound
from domain.shared.errors import Invalid
from domain.shared.ids import ProfessionalId
from tests.builders.calendars import Clinic

KEY = "cal_live_canary_of_a_key"


@pytest.fixture
def connect(clinic: Clinic) -> ConnectCalendar:
    desk = clinic.calendars.desk
    assert isinstance(desk, PostgresCalendarDesk)
    return ConnectCalendar(desk, PostgresAuditLog(clinic.pool))


def order(clinic: Clinic, **more: object) -> CalendarOrder:
    kinds = [EventTypeOf(clinic.visit, clinic.doctor, 77, flexible=True)]
    return CalendarOrder(**{"base_url": "https://api.cal.com/", "api_key": KEY, "event_types": kinds, **more})


async def test_is_connected_with_a_secret_told_once_and_shown_without(clinic: Clinic, connect: ConnectCalendar) -> None:
    made = await connect.connect(clinic.tenant, order(clinic), "user:x")
    shown = await connect.show(clinic.tenant)

    assert made.secret
    assert made.base_url == "https://api.cal.com"
    assert shown is not None
    assert (shown.id, shown.key_end, shown.secret) == (made.id, KEY[-4:], None)
    assert list(shown.event_types) == [EventTypeOf(clinic.visit, clinic.doctor, 77, flexible=True)]


async def test_no_secret_lies_in_clear_nor_in_a_repr_nor_in_the_audit_log(
    clinic: Clinic, connect: ConnectCalendar
) -> None:
    made = await connect.connect(clinic.tenant, order(clinic), "user:x")

    row = await clinic.pool.fetchval(
        "select to_jsonb(c)::text from public.calendar_connections c where tenant_id = $1", clinic.tenant
    )
    entries = await clinic.pool.fetch("select to_jsonb(a)::text as row from public.audit_log a")
    everything = row + repr(made) + repr(order(clinic)) + "".join(entry["row"] for entry in entries)
    assert "calendar.connected" in everything
    assert KEY not in everything
    assert KEY.encode().hex() not in everything
    assert str(made.secret) not in everything


async def test_given_up_the_built_in_calendar_takes_over(clinic: Clinic, connect: ConnectCalendar) -> None:
    await connect.give_up(clinic.tenant, "user:x")

    assert await connect.show(clinic.tenant) is None
    with pytest.raises(NoCalendarConnection):
        await connect.give_up(clinic.tenant, "user:x")
    assert isinstance(await clinic.calendars.built_in.of(clinic.tenant), BuiltInCalendar)


async def test_what_makes_no_connection_changes_nothing(clinic: Clinic, connect: ConnectCalendar) -> None:
    with pytest.raises(Invalid):
        await connect.connect(clinic.tenant, order(clinic, api_key="chave\u00e7"), "user:x")
    stranger = [EventTypeOf(clinic.visit, ProfessionalId(999), 77)]
    with pytest.raises(ProfessionalNotFound):
        await connect.connect(clinic.tenant, order(clinic, event_types=stranger), "user:x")

    shown = await connect.show(clinic.tenant)
    assert shown is not None
    assert shown.id == clinic.connection.id
    assert [one.number for one in shown.event_types] == [clinic.kind.id]
