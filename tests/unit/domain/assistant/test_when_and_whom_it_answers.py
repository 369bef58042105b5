"""Hours as people type them, and who is answered at which of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assistant.attendance import (
    Absence,
    Attendance,
    Audience,
    BadHours,
    Hours,
    NothingToSay,
    Shift,
    Span,
    WhenClosed,
    read_day,
    read_numbers,
)
from domain.assistant.manner import BadLength, Manner
from domain.assistant.persona import Persona
from domain.shared.errors import Invalid

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
ANA, BIA = "+5511987654321", "+5511912345678"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ()),
        ("8-18", ("08:00-18:00",)),
        ("8h às 12h, 14h às 18h", ("08:00-12:00", "14:00-18:00")),
        ("14:00-18:30 e 8:00 até 12:15", ("08:00-12:15", "14:00-18:30")),
        ("08:00–24:00", ("08:00-24:00",)),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, meant: tuple[str, ...]):
    assert tuple(map(str, read_day(typed, field="dia0"))) == meant


@pytest.mark.parametrize(
    "typed", ["18-8", "8-8", "8-12, 11-13", "8:75-9", "25-26", "cedo", "8-", "1-2,3-4,5-6,7-8,9-10"]
)
def test_what_is_no_stretch_of_a_day_names_its_field(typed: str):
    with pytest.raises(BadHours) as refusal:
        read_day(typed, field="dia3")

    assert refusal.value.field == "dia3"


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(typed: str):
    try:
        spans = read_day(typed, field="dia0")
    except BadHours:
        return
    assert all(0 <= span.opens < span.closes <= 1440 for span in spans)


minutes = st.integers(0, 1439)


@given(
    st.lists(st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1]), max_size=3),
    minutes,
    st.sampled_from(Shift),
)
def test_a_shift_is_the_minutes_of_its_hours(pairs: list[tuple[int, int]], minute: int, shift: Shift):
    hours = Hours((tuple(Span(*pair) for pair in pairs), *((),) * 6))
    attendance = Attendance(shift=shift, hours=hours)
    open_minutes = {each for opens, closes in pairs for each in range(opens, closes)}
    expected = {
        Shift.ALWAYS: False,
        Shift.OPEN: bool(pairs) and minute not in open_minutes,
        Shift.CLOSED: bool(pairs) and minute in open_minutes,
    }

    away = attendance.absence(ANA, MONDAY + timedelta(minutes=minute)) is Absence.OFF_HOURS

    assert away is expected[shift]


weeks = st.lists(
    st.lists(st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1]), max_size=2), min_size=7, max_size=7
)


def hours_of(week: list[list[tuple[int, int]]]) -> Hours:
    return Hours(tuple(tuple(Span(*pair) for pair in day) for day in week))


@given(weeks, st.integers(0, 7 * 1440 - 1))
def test_the_last_closing_is_the_nearest_minute_back_at_which_a_stretch_ended(
    week: list[list[tuple[int, int]]], minute: int
):
    ends = {day * 1440 + closes for day, pairs in enumerate(week) for _, closes in pairs}
    back = next((each for each in range(7 * 1440 + 1) if (minute - each) % (7 * 1440) in ends), None)
    now = MONDAY + timedelta(minutes=minute)

    found = hours_of(week).last_closing(now)

    assert found == (None if back is None else now - timedelta(minutes=back))


@given(weeks, st.integers(0, 7 * 1440 - 1), st.sampled_from(Shift))
def test_a_closed_business_tells_whoever_would_have_been_answered_or_not(
    week: list[list[tuple[int, int]]], minute: int, shift: Shift
):
    hours = hours_of(week)
    if not hours.known:
        return
    attendance = Attendance(shift, hours, when_closed=WhenClosed.NOTICE, closed_text="Fechado.")
    open_minutes = {day * 1440 + each for day, pairs in enumerate(week) for pair in pairs for each in range(*pair)}

    found = attendance.absence(ANA, MONDAY + timedelta(minutes=minute))

    assert (found is Absence.CLOSED) is (minute not in open_minutes and shift is not Shift.CLOSED)


@pytest.mark.parametrize(
    "wrong",
    [
        {"when_closed": WhenClosed.NOTICE, "closed_text": "  ", "hours": Hours(((Span(0, 60),), *((),) * 6))},
        {"when_closed": WhenClosed.NOTICE, "closed_text": "Fechado."},
    ],
)
def test_a_notice_without_words_or_hours_is_none(wrong: dict[str, object]):
    with pytest.raises(NothingToSay):
        Attendance(**wrong)


@given(st.integers(-3, 1_003), st.integers(0, 2_000))
def test_enough_is_as_many_as_the_limit_says_and_no_limit_is_never_enough(daily: int, answered: int):
    assert not Attendance().enough(answered)
    if not 1 <= daily <= 1_000:
        with pytest.raises(Invalid):
            Attendance(daily=daily)
        return
    assert Attendance(daily=daily).enough(answered) is (answered >= daily)


@pytest.mark.parametrize(
    ("audience", "phone", "absent"),
    [
        (Audience.EVERYONE, ANA, False),
        (Audience.ONLY, ANA, False),
        (Audience.ONLY, BIA, True),
        (Audience.ONLY, None, True),
        (Audience.EXCEPT, ANA, True),
        (Audience.EXCEPT, BIA, False),
        (Audience.EXCEPT, None, False),
    ],
)
def test_the_list_says_who_is_meant(audience: Audience, phone: str | None, absent: bool):
    attendance = Attendance(audience=audience, numbers=(ANA,))

    assert (attendance.absence(phone, MONDAY) is Absence.NOT_MEANT) is absent


def test_switched_off_comes_before_everything_else():
    persona = Persona(enabled=False, attendance=Attendance(audience=Audience.ONLY))

    assert persona.absence(ANA, MONDAY) is Absence.DISABLED


def test_numbers_are_read_one_a_line_and_once():
    assert read_numbers("(11) 98765-4321\n\n+55 11 98765-4321, 11 91234-5678", field="numeros") == (ANA, BIA)
    with pytest.raises(Invalid) as refusal:
        read_numbers("11 98765-4321\nninguém", field="numeros")
    assert "line 2" in str(refusal.value)


@pytest.mark.parametrize("length", [159, 1501, 0, -1])
def test_a_reply_is_neither_a_grunt_nor_a_letter(length: int):
    with pytest.raises(BadLength):
        Manner(longest=length)
