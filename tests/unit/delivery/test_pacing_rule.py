"""The pace against a model that only counts what has left: no formula of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.companies.connection import Dialect
from domain.delivery.pacing import REPLY_PACE, UNASKED_SHARE, Pace, Typing, pace_of_connection, pace_of_unasked

paces = st.builds(Pace, per_minute=st.sampled_from([1, 2, 3, 6, 20, 60]), at_once=st.integers(1, 8))


def let_through(pace: Pace, knocks: list[int]) -> list[int]:
    """Who gets in when somebody knocks after each of these pauses, in whole seconds."""
    now, clear_at, passed = 0, 0.0, []
    for pause in knocks:
        now += pause
        if pace.wait(clear_at, now) == 0:
            clear_at = pace.after(clear_at, now)
            passed.append(now)
    return passed


def drops_in_the_bucket(pace: Pace, passed: list[int], now: int) -> float:
    """Pour one drop per message into a bucket that leaks `per_minute` drops a minute, second by second."""
    level = 0.0
    for second in range(now + 1):
        level = max(0.0, level - pace.per_minute / 60) if second else 0.0
        level += passed.count(second)
    return level


@given(pace=paces, knocks=st.lists(st.integers(0, 40), max_size=40))
def test_the_bucket_never_runs_over(pace: Pace, knocks: list[int]) -> None:
    passed = let_through(pace, knocks)

    for moment in set(passed):
        assert drops_in_the_bucket(pace, passed, moment) <= pace.at_once + 1e-6


@given(pace=paces, knocks=st.lists(st.integers(0, 40), min_size=1, max_size=40))
def test_whoever_is_sent_away_gets_in_after_the_wait_and_not_earlier(pace: Pace, knocks: list[int]) -> None:
    passed = let_through(pace, knocks)
    now, clear_at = (passed[-1] if passed else 0), 0.0
    for moment in passed:
        clear_at = pace.after(clear_at, moment)

    wait = pace.wait(clear_at, now)

    assert pace.wait(clear_at, now + wait) <= 1e-9
    if wait > 0.01:
        assert pace.wait(clear_at, now + wait - 0.01) > 0


def test_the_allowance_leaves_together_and_the_next_one_waits_an_interval() -> None:
    pace = Pace(per_minute=20, at_once=4)

    assert let_through(pace, [0] * 10) == [0, 0, 0, 0]
    assert let_through(pace, [0] * 10 + [2, 1, 1]) == [0, 0, 0, 0, 3]


def test_a_connections_own_figure_comes_before_its_servers_limit_and_that_before_the_default() -> None:
    assert pace_of_connection(0, Dialect.TICKETZ) == REPLY_PACE
    assert pace_of_connection(0, Dialect.CODATENDE) == Pace(per_minute=50, at_once=50)
    assert pace_of_connection(120, Dialect.CODATENDE) == Pace(per_minute=120, at_once=120)


@given(line=paces, seconds=st.integers(60, 600))
def test_however_much_is_said_unasked_the_rest_of_the_pace_is_always_there_for_replies(line: Pace, seconds: int):
    """Somebody knocks for each every second; replies come no faster than the rest allows."""
    lane, unasked_at, line_at, replied, refused = pace_of_unasked(line), 0.0, 0.0, 0, 0
    for now in range(seconds):
        if lane.wait(unasked_at, now) == 0 and line.wait(line_at, now) == 0:
            unasked_at, line_at = lane.after(unasked_at, now), line.after(line_at, now)
        if replied < now * (1 - UNASKED_SHARE) * line.per_minute / 60 - 1:
            refused = refused + 1 if line.wait(line_at, now) > line.interval else 0
            if line.wait(line_at, now) == 0:
                line_at, replied = line.after(line_at, now), replied + 1
        assert refused <= line.interval + 1

    assert replied >= (seconds - 1) * (1 - UNASKED_SHARE) * line.per_minute / 60 - 3


def test_what_is_said_unasked_goes_evenly_and_slower_than_the_line():
    assert pace_of_unasked(Pace(per_minute=600, at_once=600)) == Pace(per_minute=450, at_once=1)
    assert pace_of_unasked(Pace(per_minute=1, at_once=1)).interval == 80


@pytest.mark.parametrize(("per_minute", "at_once"), [(0, 1), (1, 0), (-3, 1)])
def test_refuses_a_pace_at_which_nothing_would_ever_leave(per_minute: int, at_once: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        Pace(per_minute, at_once)


chances = st.floats(0, 1)
lengths = st.integers(0, 5_000)


@given(longest=st.floats(0, 60), characters=lengths, chance=chances)
def test_a_pause_between_parts_is_never_longer_than_allowed(longest: float, characters: int, chance: float):
    assert 0 <= Typing(longest).pause(characters, chance=chance) <= longest


@given(one=lengths, other=lengths, chance=chances)
def test_a_longer_part_takes_no_less_time(one: int, other: int, chance: float):
    short, long = (Typing(3).pause(characters, chance=chance) for characters in sorted((one, other)))

    assert short <= long


@given(longest=st.floats(0.1, 60), characters=lengths)
def test_chance_moves_a_pause_but_never_takes_half_of_it(longest: float, characters: int):
    steady, moved = (Typing(longest).pause(characters, chance=chance) for chance in (0, 1))

    assert steady / 2 < moved < steady


def test_a_word_comes_after_a_breath_and_a_paragraph_when_it_could_be_typed():
    assert Typing(3).pause(15, chance=0) == pytest.approx(0.7)
    assert Typing(3).pause(300, chance=0) == pytest.approx(2.6)
    assert Typing(3).pause(600, chance=0) == 3
