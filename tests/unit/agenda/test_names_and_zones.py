"""What looks like a name or a time zone and is none; and which hours of a day there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from application.provisioning.order import CompanyOrder
from domain.agenda.local_time import UnknownZone, zone_named
from domain.agenda.opening_hours import DayOff, DayOffKnown, WeekHours
from domain.agenda.people import AgendaNameTaken, Professional, name_once
from domain.agenda.rules import FARTHEST_BY_HAND, TooFarAhead, TooSoon, check_by_hand
from domain.agenda.slot import InvalidSlot, start_in_utc
from domain.assistant.attendance import BadHours, Span, read_day
from domain.shared.errors import Invalid
from domain.shared.ids import DayOffId, ProfessionalId

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()


@pytest.mark.parametrize(
    "name",
    ["localtime", "Factory", "posixrules", "right/UTC", "posix/UTC", "", "../UTC", "America", "EST", "Mars/Base"],
)
def test_a_file_among_the_zones_is_not_the_name_of_one(name: str) -> None:
    with pytest.raises(UnknownZone):
        zone_named(name)
    with pytest.raises(Invalid) as refused:
        CompanyOrder("Clínica Sol", time_zone=name)
    assert refused.value.field == "time_zone"


@pytest.mark.parametrize("name", ["America/Sao_Paulo", "America/Argentina/Ushuaia", "UTC"])
def test_a_region_and_a_place_are(name: str) -> None:
    assert zone_named(name).key == name
    assert CompanyOrder("Clínica Sol", time_zone=name).time_zone == name


@pytest.mark.parametrize(
    ("typed", "why"), [("٠٨:00-12:00", "not hours"), ("25:00-26:00", "twenty-four"), ("08:60-09:00", "sixty")]
)
def test_hours_that_no_clock_shows_are_refused_for_what_they_are(typed: str, why: str) -> None:
    with pytest.raises(BadHours, match=why):
        read_day(typed, field="hours.monday")


def test_hours_that_touch_are_one_stretch() -> None:
    touching = tuple(Span(opens * 60, closes * 60) for opens, closes in pairwise((8, 9, 10)))
    week = WeekHours(((*touching, Span(14 * 60, 15 * 60)), *((),) * 6))

    assert week.joined().days[0] == (Span(8 * 60, 10 * 60), Span(14 * 60, 15 * 60))


@pytest.mark.parametrize("first", [date(1, 1, 1), date(1999, 12, 31), date(2036, 12, 24), date(9999, 12, 30)])
def test_days_off_lie_in_an_age_that_somebody_means(first: date) -> None:
    with pytest.raises(Invalid) as refused:
        DayOff(first, first).check_new(TODAY, [])
    assert refused.value.field == "first"


def test_the_same_days_are_off_once() -> None:
    eve = DayOff(date(2026, 12, 24), date(2026, 12, 24), "Véspera")
    known = DayOff(eve.first, eve.last, eve.name, id=DayOffId(5))

    DayOff(eve.first, eve.last, professional=ProfessionalId(1)).check_new(TODAY, [known])
    for again in (eve, DayOff(eve.first, eve.last, "Natal")):
        with pytest.raises(DayOffKnown):
            again.check_new(TODAY, [known])


def test_what_keeps_its_name_is_let_be_though_another_one_had_it_before_names_were_compared() -> None:
    week = WeekHours()
    pair = [
        Professional("Dra. Marina", week, id=ProfessionalId(1)),
        Professional("DRA. MARINA", week, id=ProfessionalId(2)),
    ]

    name_once(replace(pair[0], active=False), pair)
    with pytest.raises(AgendaNameTaken):
        name_once(Professional("dra. marina", week), pair)
    with pytest.raises(AgendaNameTaken):
        name_once(Professional("dra. marina", week, id=ProfessionalId(3)), pair)


def test_nobody_books_by_hand_in_the_past_or_in_another_age() -> None:
    check_by_hand(NOW + FARTHEST_BY_HAND, NOW)
    for starts, refusal in ((NOW - timedelta(minutes=1), TooSoon), (NOW + FARTHEST_BY_HAND * 2, TooFarAhead)):
        with pytest.raises(refusal):
            check_by_hand(starts, NOW)


@pytest.mark.parametrize("less", [timedelta(seconds=7), timedelta(microseconds=729_533)])
def test_an_appointment_begins_on_a_whole_minute(less: timedelta) -> None:
    assert start_in_utc(NOW, "starts") == NOW
    with pytest.raises(InvalidSlot) as refused:
        start_in_utc(NOW + less, "starts")
    assert refused.value.field == "starts"
