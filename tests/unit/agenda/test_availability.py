"""Free starts against a walk along the minutes of a wall clock, through changes of the clocks and in several zones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.agenda.availability import House, Openings, Search, Stretch
from domain.agenda.local_time import moment
from domain.agenda.opening_hours import DayOff, WeekHours
from domain.agenda.people import Service
from domain.agenda.rules import Rules
from domain.agenda.slot import Slot
from domain.assistant.attendance import BadHours, Span
from domain.shared.errors import Invalid
from domain.shared.ids import ProfessionalId

ZONES = ["America/Sao_Paulo", "America/Noronha", "Europe/Lisbon", "Asia/Kathmandu", "Australia/Lord_Howe"]
MINUTE = timedelta(minutes=1)


@st.composite
def days(draw: st.DrawFn) -> tuple[Span, ...]:
    marks = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return tuple(Span(opens * 15, closes * 15) for opens, closes in pairs)


@st.composite
def searches(draw: st.DrawFn) -> tuple[Search, Openings]:
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    first = datetime(2018, 11, 2, 5, 0, tzinfo=UTC) if draw(st.booleans()) else datetime(2026, 3, 27, tzinfo=UTC)
    starts = first + timedelta(minutes=draw(st.integers(0, 2_000)))
    window = Slot.lasting(starts, timedelta(minutes=draw(st.integers(60, 3_000))))
    taken = [
        Slot.lasting(starts + timedelta(minutes=draw(st.integers(-300, 3_000))), timedelta(minutes=length))
        for length in draw(st.lists(st.integers(1, 200), max_size=4))
    ]
    lent = [
        Slot.lasting(starts + timedelta(minutes=draw(st.integers(-300, 2_000))), timedelta(minutes=length))
        for length in draw(st.lists(st.integers(30, 3_000), max_size=3))
    ]
    rules = Rules(
        beat=draw(st.sampled_from([10, 15, 30, 60])),
        lead=timedelta(minutes=draw(st.integers(0, 600))),
        ahead=timedelta(days=draw(st.integers(1, 3))),
    )
    service = Service("X", draw(st.integers(5, 120)), draw(st.integers(0, 40)), draw(st.integers(0, 40)))
    off_day = starts.astimezone(zone).date()
    off = DayOff(off_day, off_day, span=draw(st.sampled_from([None, Span(0, 600), Span(601, 1000)])))
    days_off = [off] if draw(st.booleans()) else []
    holidays = {off_day + timedelta(days=1)} if draw(st.booleans()) else set()
    house = House(zone, rules, days_off, holidays)
    now = starts - timedelta(minutes=draw(st.integers(-200, 800)))
    hours = WeekHours(tuple(draw(days()) for _ in range(7)))
    return Search(house, service, window, now), Openings(ProfessionalId(1), hours, in_seconds(taken), lent)


def in_seconds(slots: Iterable[Slot]) -> list[Stretch]:
    return [(int(each.starts.timestamp()), int(each.ends.timestamp())) for each in slots]


def attended(search: Search, openings: Openings, minute: datetime) -> datetime | None:
    """When the stretch began in which somebody attends at this minute, as one reads it off the wall; None if nobody does."""
    zone, house = search.house.zone, search.house
    wall = minute.astimezone(zone)
    day, clock = wall.date(), wall.hour * 60 + wall.minute
    if day in house.holidays or any(
        off.first <= day <= off.last and (off.span is None or off.span.opens <= clock < off.span.closes)
        for off in house.days_off
    ):
        return None
    for span in openings.hours.days[day.weekday()]:
        if span.opens <= clock < span.closes:
            opened = datetime.combine(day, datetime.min.time()) + timedelta(minutes=span.opens)
            return opened.replace(tzinfo=zone).astimezone(UTC)
    return None


def the_clocks_change(search: Search) -> bool:
    first, last = search.window.starts - timedelta(days=2), search.window.ends + timedelta(days=2)
    return first.astimezone(search.house.zone).utcoffset() != last.astimezone(search.house.zone).utcoffset()


def expected(search: Search, openings: Openings) -> list[datetime]:
    """By brute force: every minute of the window, every minute of the service."""
    rules, service, found = search.house.rules, search.service, []
    at = search.window.starts
    while at + service.length <= search.window.ends:
        minutes = [at + MINUTE * each for each in range(service.minutes)]
        opened = attended(search, openings, at)
        ends = at + service.length
        if (
            opened is not None
            and (at - opened) % timedelta(minutes=rules.beat) == timedelta(0)
            and search.now + rules.lead <= at <= search.now + rules.ahead
            and all(attended(search, openings, each) == opened for each in minutes)
            and any(each.starts <= at and ends <= each.ends for each in openings.offered)
            and not any(
                starts < (ends + MINUTE * service.after).timestamp()
                and (at - MINUTE * service.before).timestamp() < until
                for starts, until in openings.taken
            )
        ):
            found.append(at)
        at += MINUTE
    return found


@given(searches())
@settings(max_examples=150, deadline=None)
def test_the_free_starts_are_those_that_one_finds_by_walking_along_the_minutes(given_: tuple[Search, Openings]):
    search, openings = given_
    found = [each.slot.starts for each in search.first([openings], 10_000)]

    assert all(search.window.contains(Slot.lasting(at, search.service.length)) for at in found)
    assert found == sorted(set(found))
    if not the_clocks_change(search):
        assert found == expected(search, openings)


@given(searches(), st.integers(1, 5))
@settings(max_examples=50, deadline=None)
def test_a_limit_keeps_the_earliest(given_: tuple[Search, Openings], limit: int):
    search, openings = given_
    other = Openings(ProfessionalId(2), openings.hours, offered=openings.offered)

    everything = search.first([openings, other], 10_000)

    assert search.first([openings, other], limit) == everything[:limit]
    assert [each.slot.starts for each in everything] == sorted(each.slot.starts for each in everything)


def starts_on(day: date, zone: str, *spans: Span, minutes: int = 30, beat: int = 30) -> list[str]:
    """As UTC times of day, with the day where it is another."""
    window = Slot(moment(day, 0, ZoneInfo(zone)), moment(day, 1440, ZoneInfo(zone)))
    house = House(ZoneInfo(zone), Rules(beat=beat, lead=timedelta(0), ahead=timedelta(days=365)))
    search = Search(house, Service("X", minutes), window, window.starts)
    openings = Openings(ProfessionalId(1), WeekHours((spans,) * 7), offered=[window])
    return [f"{each.slot.starts:%H:%M}" for each in search.first([openings], 500)]


def test_a_morning_after_the_clocks_changed_begins_at_the_new_eight():
    """Lisbon, 29 March 2026: from one to two in the night at once."""
    assert starts_on(date(2026, 3, 28), "Europe/Lisbon", Span(480, 540)) == ["08:00", "08:30"]
    assert starts_on(date(2026, 3, 29), "Europe/Lisbon", Span(480, 540)) == ["07:00", "07:30"]


def test_a_night_is_an_hour_shorter_in_spring_and_an_hour_longer_in_autumn():
    assert len(starts_on(date(2026, 3, 28), "Europe/Lisbon", Span(0, 1440))) == 48
    assert len(starts_on(date(2026, 3, 29), "Europe/Lisbon", Span(0, 1440))) == 46
    assert len(starts_on(date(2026, 10, 25), "Europe/Lisbon", Span(0, 1440))) == 50


def test_a_midnight_that_never_was_loses_nothing_else():
    """São Paulo, 4 November 2018: the day began at one."""
    assert starts_on(date(2018, 11, 4), "America/Sao_Paulo", Span(480, 540)) == ["10:00", "10:30"]
    assert starts_on(date(2018, 11, 3), "America/Sao_Paulo", Span(1380, 1440)) == ["02:00", "02:30"]


UTC_DAY = date(2026, 11, 24)
WHOLE_DAY = Slot(moment(UTC_DAY, 0, ZoneInfo("UTC")), moment(UTC_DAY, 1440, ZoneInfo("UTC")))


def minutes(starts: int, ends: int) -> Slot:
    return Slot(moment(UTC_DAY, starts, ZoneInfo("UTC")), moment(UTC_DAY, ends, ZoneInfo("UTC")))


def found_with(*taken: Slot, now: datetime = WHOLE_DAY.starts, **rules: timedelta) -> list[str]:
    """The free half hours between eight and half past nine."""
    house = House(ZoneInfo("UTC"), Rules(beat=30, **{"lead": timedelta(0), **rules}))
    openings = Openings(ProfessionalId(1), WeekHours(((Span(480, 570),),) * 7), in_seconds(taken), [WHOLE_DAY])
    return [
        f"{each.slot.starts:%H:%M}" for each in Search(house, Service("X", 30), WHOLE_DAY, now).first([openings], 9)
    ]


def test_what_touches_does_not_overlap():
    assert found_with(minutes(510, 540)) == ["08:00", "09:00"]


def test_what_lies_within_something_longer_ends_nothing():
    assert found_with(minutes(470, 540), minutes(480, 490)) == ["09:00"]


def test_both_ends_of_the_leads_may_still_be_booked_and_nothing_beyond():
    eight = moment(UTC_DAY, 480, ZoneInfo("UTC"))

    assert found_with(now=eight - timedelta(hours=1), lead=timedelta(hours=1))[0] == "08:00"
    assert found_with(now=eight - timedelta(hours=1, microseconds=-1), lead=timedelta(hours=1))[0] == "08:30"
    assert found_with(now=eight - timedelta(days=1), ahead=timedelta(days=1), lead=timedelta(hours=1)) == ["08:00"]


def test_a_lead_as_long_as_the_agenda_is_open_leaves_nothing_to_be_booked():
    with pytest.raises(Invalid) as refused:
        Rules(lead=timedelta(days=2), ahead=timedelta(days=2)).checked()

    assert refused.value.field == "lead_minutes"
    Rules(lead=timedelta(days=2), ahead=timedelta(days=3)).checked()


@pytest.mark.parametrize(
    "spans",
    [
        (Span(480, 720), Span(700, 800)),
        (Span(800, 900), Span(480, 500)),
        tuple(Span(place, place + 1) for place in range(9)),
    ],
)
def test_hours_that_overlap_or_stand_in_disorder_are_refused(spans: tuple[Span, ...]):
    with pytest.raises(BadHours) as refused:
        WeekHours(((), spans, (), (), (), (), ()))

    assert refused.value.field == "hours.tuesday"


def test_a_yearly_day_off_comes_again_and_a_plain_one_does_not():
    feast = DayOff(date(2020, 6, 24), date(2020, 6, 24), "São João", yearly=True)
    leave = DayOff(date(2026, 6, 24), date(2026, 6, 30))

    assert [feast.on(date(year, 6, 24)) is not None for year in (2019, 2020, 2031)] == [True] * 3
    assert feast.on(date(2026, 6, 25)) is None
    assert [leave.on(date(2026, 6, day)) is not None for day in (23, 24, 30)] == [False, True, True]
    assert leave.on(date(2027, 6, 25)) is None
