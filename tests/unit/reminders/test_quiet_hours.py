"""Quiet hours against a clock that is read minute by minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reminders.quiet_hours import EVENING, QuietHours
from domain.shared.errors import Invalid

ZONES = st.sampled_from(
    ["America/Sao_Paulo", "America/Manaus", "America/New_York", "Europe/Lisbon", "Australia/Lord_Howe"]
)
MOMENTS = st.datetimes(datetime(2017, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)
HOURS = st.builds(QuietHours, st.integers(18 * 60, 24 * 60 - 1), st.integers(5 * 60, 12 * 60))


def quiet_by_the_clock(at: datetime, zone: ZoneInfo, hours: QuietHours) -> bool:
    shown = f"{at.astimezone(zone):%H:%M}"
    begins, ends = (f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (hours.begins, hours.ends))
    return shown >= begins or shown < ends


def walk(at: datetime, step: timedelta, zone: ZoneInfo, hours: QuietHours) -> datetime:
    while quiet_by_the_clock(at, zone, hours):
        at += step
    return at


@given(at=MOMENTS, name=ZONES, hours=HOURS)
def test_it_is_quiet_exactly_when_the_clock_on_the_wall_says_so(at: datetime, name: str, hours: QuietHours):
    zone = ZoneInfo(name)

    assert hours.quiet_at(at, zone) is quiet_by_the_clock(at, zone, hours)


@given(at=MOMENTS, name=ZONES, hours=HOURS)
def test_the_morning_is_the_first_minute_that_is_not_quiet(at: datetime, name: str, hours: QuietHours):
    zone = ZoneInfo(name)

    assert hours.over(at, zone) == walk(at, timedelta(minutes=1), zone, hours)


@given(at=MOMENTS, name=ZONES, hours=HOURS)
def test_the_evening_before_lies_half_an_hour_before_the_quiet_began(at: datetime, name: str, hours: QuietHours):
    zone = ZoneInfo(name)

    last_minute = walk(at, timedelta(minutes=-1), zone, hours)
    expected = at if last_minute == at else last_minute + timedelta(minutes=1) - EVENING
    assert hours.evening_before(at, zone) == expected


@pytest.mark.parametrize(("begins", "ends"), [(17 * 60, 480), (24 * 60, 480), (1260, 4 * 60), (1260, 13 * 60)])
def test_hours_at_which_clocks_change_or_people_are_awake_are_refused(begins: int, ends: int):
    with pytest.raises(Invalid):
        QuietHours(begins, ends)
