"""Which reminders somebody gets, and when, against a day told minute by minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reminders.cadence import Drop, Kind, Send, Wait, fate, plan
from domain.reminders.quiet_hours import QuietHours

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
NEW_YORK = ZoneInfo("America/New_York")
QUIET = QuietHours()
TABLE = {"72h": (72 * 60, 24 * 60, 30 * 60), "24h": (24 * 60, 4 * 60, 3 * 60), "1h": (60, 60, 10)}
MOMENTS = st.datetimes(datetime(2017, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)
ZONES = st.sampled_from(["America/Sao_Paulo", "America/New_York", "Europe/Lisbon", "America/Manaus"])


def at(text: str, zone: ZoneInfo = SAO_PAULO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def planned(starts: str, since: str, zone: ZoneInfo = SAO_PAULO) -> dict[str, str]:
    found = plan(at(starts, zone), since=at(since, zone), zone=zone, quiet=QUIET)
    return {str(each.kind): f"{each.due_at.astimezone(zone):%d %H:%M}" for each in found}


def test_a_booking_far_ahead_gets_all_three():
    assert planned("2026-11-27T14:00", "2026-11-10T09:00") == {"72h": "24 14:00", "24h": "26 14:00", "1h": "27 13:00"}


def test_who_booked_twenty_hours_before_hears_only_once_more():
    assert planned("2026-11-27T14:00", "2026-11-26T18:00") == {"1h": "27 13:00"}


def test_who_booked_an_hour_before_hears_nothing_more():
    assert planned("2026-11-27T14:00", "2026-11-27T13:00") == {}


def test_who_booked_just_before_a_reminder_was_due_is_not_told_the_same_again():
    assert planned("2026-11-27T14:00", "2026-11-26T13:00") == {"1h": "27 13:00"}
    assert planned("2026-11-27T14:00", "2026-11-24T13:00") == {"24h": "26 14:00", "1h": "27 13:00"}


def test_what_would_come_at_night_comes_in_the_morning_or_the_evening_before():
    assert planned("2026-11-27T07:00", "2026-11-10T09:00") == {"72h": "24 08:00", "24h": "26 08:00", "1h": "26 20:30"}
    assert planned("2026-11-27T08:30", "2026-11-10T09:00")["1h"] == "27 08:00"


def test_hours_are_counted_as_they_pass_where_the_clocks_change():
    assert planned("2026-11-01T15:00", "2026-10-10T09:00", NEW_YORK)["24h"] == "31 16:00"
    assert planned("2026-03-08T15:00", "2026-02-10T09:00", NEW_YORK)["24h"] == "07 14:00"


def expected(starts: datetime, since: datetime, zone: ZoneInfo) -> dict[str, datetime]:
    """Told by walking a clock minute by minute, with figures of its own."""

    def quiet(moment: datetime) -> bool:
        hour = moment.astimezone(zone).hour
        return hour >= 21 or hour < 8

    found = {}
    for kind, (before, settled, least) in TABLE.items():
        wished = due = starts - timedelta(minutes=before)
        while quiet(due):
            due += timedelta(minutes=1)
        if due > starts - timedelta(minutes=least):
            due = wished
            while quiet(due):
                due -= timedelta(minutes=1)
            due = wished if due == wished else due - timedelta(minutes=29)
        if due - since >= timedelta(minutes=settled):
            found[kind] = due
    return found


@given(starts=MOMENTS, ahead=st.integers(0, 8 * 24 * 60), name=ZONES)
def test_the_plan_is_what_a_walk_through_the_minutes_finds(starts: datetime, ahead: int, name: str):
    zone, since = ZoneInfo(name), starts - timedelta(minutes=ahead)

    found = plan(starts, since=since, zone=zone, quiet=QUIET)

    assert {str(each.kind): each.due_at for each in found} == expected(starts, since, zone)
    assert [each.due_at for each in found] == sorted(each.due_at for each in found)


@given(starts=MOMENTS, ahead=st.integers(0, 8 * 24 * 60), name=ZONES)
def test_whatever_is_planned_can_be_sent_when_its_time_comes(starts: datetime, ahead: int, name: str):
    zone = ZoneInfo(name)

    for each in plan(starts, since=starts - timedelta(minutes=ahead), zone=zone, quiet=QUIET):
        assert fate(each.kind, starts, now=each.due_at, zone=zone, quiet=QUIET) == Send()
        assert each.due_at < starts


def test_a_reminder_that_machines_delayed_into_the_night_waits_for_the_morning():
    starts = at("2026-11-27T14:00")

    assert fate(Kind.DAY, starts, now=at("2026-11-26T22:00"), zone=SAO_PAULO, quiet=QUIET) == Wait(
        at("2026-11-27T08:00")
    )


@pytest.mark.parametrize(
    ("kind", "now", "why"),
    [
        (Kind.THREE_DAYS, "2026-11-26T13:00", "too_late"),
        (Kind.DAY, "2026-11-27T11:30", "too_late"),
        (Kind.HOUR, "2026-11-27T13:55", "too_late"),
        (Kind.MANUAL, "2026-11-27T14:00", "too_late"),
    ],
)
def test_a_reminder_that_comes_too_late_is_left_out(kind: Kind, now: str, why: str):
    assert fate(kind, at("2026-11-27T14:00"), now=at(now), zone=SAO_PAULO, quiet=QUIET) == Drop(why)


def test_what_somebody_asked_for_by_hand_is_said_at_any_hour():
    starts = at("2026-11-27T07:00")

    assert fate(Kind.MANUAL, starts, now=at("2026-11-27T05:00"), zone=SAO_PAULO, quiet=QUIET) == Send()
