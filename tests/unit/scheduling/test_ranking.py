"""The best free times for a wish: what was asked first, nothing that is excluded or over, and a reason for each."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from application.scheduling.understand_when import understand
from domain.scheduling.ranking import Choice, Why, ranked
from domain.scheduling.wish import Wish
from tests.unit.scheduling.corpus import HOLIDAYS, REFERENCE, ZONE, phrases

STARTS = st.sets(st.integers(-200, 3000), max_size=60).map(
    lambda numbers: [REFERENCE.replace(minute=0) + timedelta(minutes=30 * number) for number in sorted(numbers)]
)
TEXTS = st.sampled_from([phrase.text for phrase in phrases("when.tsv")])
LIMITS = st.integers(0, 8)


def wish_of(text: str) -> Wish:
    return understand(text, REFERENCE, ZONE, HOLIDAYS.get)


def best(free: list[datetime], text: str, limit: int = 3) -> list[Choice]:
    return list(ranked(free, wish_of(text), now=REFERENCE, limit=limit))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def told(choices: list[Choice]) -> list[tuple[int, int, Why]]:
    return [(choice.start.day, choice.start.hour, choice.why) for choice in choices]


@given(STARTS, TEXTS, LIMITS)
def test_only_what_is_free_to_come_and_not_excluded_is_shown(free: list[datetime], text: str, limit: int) -> None:
    wish = wish_of(text)
    choices = ranked(free, wish, now=REFERENCE, limit=limit)
    usable = {
        start
        for start in free
        if start > REFERENCE and not any(window.start <= start < window.end for window in wish.excluded)
    }

    assert {choice.start for choice in choices} <= usable
    assert len(choices) == min(limit, len(usable))
    assert len({choice.start for choice in choices}) == len(choices)


@given(STARTS, TEXTS, LIMITS)
def test_nothing_better_is_left_out(free: list[datetime], text: str, limit: int) -> None:
    everything = ranked(free, wish_of(text), now=REFERENCE, limit=len(free))
    shown = ranked(free, wish_of(text), now=REFERENCE, limit=limit)

    assert list(shown) == list(everything[:limit])
    assert [choice.why for choice in everything] == sorted(choice.why for choice in everything)


@given(STARTS, TEXTS, st.randoms())
def test_the_order_in_which_they_come_does_not_matter(free: list[datetime], text: str, random) -> None:
    shuffled = [*free, *free[:3]]
    random.shuffle(shuffled)

    assert best(free, text, 5) == best(shuffled, text, 5)


@given(STARTS, TEXTS)
def test_what_answers_the_wish_is_said_to(free: list[datetime], text: str) -> None:
    wish = wish_of(text)
    instants = {window.start for window in wish.windows if window.instant}

    for choice in ranked(free, wish, now=REFERENCE, limit=len(free)):
        assert (choice.why is Why.ASKED) == (choice.start in instants)
        assert (choice.why <= Why.INSIDE) or not wish.allows(choice.start)


def test_the_hour_that_was_asked_comes_first_then_its_neighbours() -> None:
    free = [at(19, 9), at(19, 14), at(19, 15), at(19, 16), at(20, 15), at(20, 9)]

    assert told(best(free, "amanhã às 15h", 6)) == [
        (19, 15, Why.ASKED),
        (19, 14, Why.NEAR),
        (19, 16, Why.NEAR),
        (20, 15, Why.SAME_HOUR),
        (19, 9, Why.SAME_DAY),
        (20, 9, Why.OTHER),
    ]


def test_a_wide_wish_is_answered_with_variety() -> None:
    free = [at(23, 8), at(23, 9), at(23, 14), at(24, 8), at(24, 15)]

    assert told(best(free, "semana que vem", 4)) == [
        (23, 8, Why.INSIDE),
        (23, 14, Why.INSIDE),
        (24, 8, Why.INSIDE),
        (24, 15, Why.INSIDE),
    ]


def test_within_one_half_day_every_hour_is_shown_before_any_is_shown_again() -> None:
    free = [at(19, hour, minute) for hour in (8, 9, 10) for minute in (0, 15, 30, 45)]

    assert [choice.start for choice in best(free, "amanhã de manhã", 4)] == [
        at(19, 8),
        at(19, 9),
        at(19, 10),
        at(19, 8, 15),
    ]


def test_haste_is_answered_with_the_earliest() -> None:
    free = [at(23, 8), at(23, 9), at(23, 14)]

    assert [choice.start for choice in best(free, "o mais cedo possível na semana que vem", 2)] == [
        at(23, 8),
        at(23, 9),
    ]


def test_excluded_days_are_never_shown() -> None:
    free = [at(20, 9), at(23, 9), at(27, 9)]

    assert [choice.start for choice in best(free, "qualquer dia menos sexta")] == [at(23, 9)]


def test_without_a_wish_the_earliest_are_shown() -> None:
    assert told(best([at(24, 9), at(23, 9)], "oi")) == [(23, 9, Why.OTHER), (24, 9, Why.OTHER)]
