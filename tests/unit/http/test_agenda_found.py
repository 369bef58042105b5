"""Searching the agenda: what is ahead is asked for and shown before what is past, however often somebody came."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from adapters.http.panel.agenda_found import AHEAD, PAST, found_in
from adapters.http.panel.agenda_look import MOST_FOUND, Sight
from application.agenda.read_board import Board
from application.agenda.work import AppointmentView, Client
from domain.agenda.appointment import Appointment
from domain.agenda.availability import House
from domain.agenda.presence import Presence
from domain.agenda.rules import Rules
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ContactId, ProfessionalId, ServiceId

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
TODAY = date(2026, 11, 23)


def seen(days: int, hour: int = 9) -> AppointmentView:
    starts = datetime(2026, 11, 23, hour + 3, tzinfo=UTC) + timedelta(days=days)
    one = Appointment(
        AppointmentId(1), ContactId(1), ProfessionalId(1), ServiceId(1), Slot(starts, starts + timedelta(minutes=30))
    )
    return AppointmentView(one, Client(ContactId(1), "Maria", None), "Dra. Marina", "Consulta")


def board(*views: AppointmentView) -> Board:
    return Board(House(SAO_PAULO, Rules(), (), frozenset()), [], True, {}, views, Presence())


def test_what_is_ahead_stands_first_then_what_is_past_from_the_latest_on_each_day_by_the_clock():
    found = found_in(board(seen(0), seen(3), seen(-1, 15), seen(-1), seen(-9)), TODAY)

    shown = [(title, [one.day.isoformat()[5:] for one in days]) for title, days in found.parts]
    assert shown == [(AHEAD, ["11-23", "11-26"]), (PAST, ["11-22", "11-14"])]
    assert [view.appointment.slot.starts.hour for view in found.parts[1][1][0].views] == [12, 18]
    assert not found.cut


def test_it_is_said_when_there_is_more_than_stands_on_the_page():
    whole = found_in(board(*[seen(-1)] * MOST_FOUND), TODAY)
    more = found_in(board(*[seen(-1)] * (MOST_FOUND + 1)), TODAY)

    assert (whole.cut, more.cut) == (False, True)
    assert [len(one.views) for _, days in more.parts for one in days] == [MOST_FOUND]


@given(st.integers(-400, 400))
def test_a_search_asks_for_sixty_days_back_and_four_months_ahead_in_two_parts_that_meet_today(off: int):
    day = TODAY + timedelta(days=off)
    parts = Sight(day, words="maria").listed(SAO_PAULO, TODAY)

    starts, ends = min(one.window.starts for one in parts), max(one.window.ends for one in parts)
    today = datetime(2026, 11, 23, tzinfo=SAO_PAULO)
    assert (starts.astimezone(SAO_PAULO).date(), ends.astimezone(SAO_PAULO).date()) == (
        day - timedelta(days=60),
        day + timedelta(days=121),
    )
    assert sum((one.window.length for one in parts), timedelta()) == ends - starts
    for one in parts:
        assert one.window.ends <= today if one.latest_first else one.window.starts >= today
        assert one.limit == MOST_FOUND + 1
