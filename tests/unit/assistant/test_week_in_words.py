"""A week of hours told in few words says exactly what it said day by day."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assistant.attendance import MINUTES, WEEK, Span
from domain.assistant.week_words import week_in_words

NAMES = ["segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"]
MORNING, AFTERNOON = Span(480, 720), Span(780, 1080)


def spans_of(cuts: list[int]) -> tuple[Span, ...]:
    """Between each two of them, in order and apart."""
    ordered = sorted(cuts)[: len(cuts) // 2 * 2]
    return tuple(Span(opens, closes) for opens, closes in zip(ordered[::2], ordered[1::2], strict=True))


DAY = st.lists(st.integers(0, MINUTES), max_size=8, unique=True).map(spans_of)
WEEKS = st.lists(DAY, min_size=1, max_size=4).flatmap(
    lambda days: st.lists(st.sampled_from(days), min_size=WEEK, max_size=WEEK)
)


def expanded(text: str) -> list[tuple[Span, ...]]:
    """As somebody reads it who knows nothing of how it was written."""
    week: list[tuple[Span, ...] | None] = [None] * WEEK
    for group in text.split("; "):
        hours = tuple(Span(minute(a), minute(b)) for a, b in re.findall(r"(\d+h\d*) (?:às|à) (\d+h\d*)", group))
        assert hours or group.endswith(", fechado")
        for day in days_in(group):
            assert week[day] is None, "a day is told once"
            week[day] = hours
    assert None not in week
    return [each for each in week if each is not None]


def days_in(group: str) -> set[int]:
    found: set[int] = set()
    for first, last in re.findall(rf"({'|'.join(NAMES)})(?: a ({'|'.join(NAMES)}))?", group):
        found |= set(range(NAMES.index(first), NAMES.index(last or first) + 1))
    return found


def minute(told: str) -> int:
    hour, _, rest = told.partition("h")
    return int(hour) * 60 + int(rest or 0)


@given(WEEKS)
def test_what_is_told_in_groups_gives_the_same_hours_back(week: list[tuple[Span, ...]]) -> None:
    assert expanded(week_in_words(week)) == week


@given(WEEKS)
def test_days_with_the_same_hours_are_told_together(week: list[tuple[Span, ...]]) -> None:
    assert len(week_in_words(week).split("; ")) == len(set(week))


@pytest.mark.parametrize(
    ("week", "told"),
    [
        (
            [(MORNING, AFTERNOON)] * 5 + [(MORNING,), ()],
            "segunda a sexta, 8h às 12h e 13h às 18h; sábado, 8h às 12h; domingo, fechado",
        ),
        (
            [(MORNING,), (), (MORNING,), (), (MORNING,), (), ()],
            "segunda, quarta e sexta, 8h às 12h; terça, quinta, sábado e domingo, fechado",
        ),
        ([(MORNING,)] * 3 + [()] + [(MORNING,)] * 3, "segunda a quarta e sexta a domingo, 8h às 12h; quinta, fechado"),
        ([(Span(0, MINUTES),)] * 7, "segunda a domingo, 0h às 24h"),
        ([(Span(0, 90),)] * 2 + [()] * 5, "segunda e terça, 0h à 1h30; quarta a domingo, fechado"),
    ],
)
def test_a_week_is_told_as_people_say_it(week: list[tuple[Span, ...]], told: str) -> None:
    assert week_in_words(week) == told
