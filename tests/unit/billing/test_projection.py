"""What a cycle will have used at its end: checked against the days, not against the formula."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.billing.cycle import Cycle
from domain.billing.projection import projected

NOVEMBER = Cycle(date(2026, 11, 1), date(2026, 12, 1), ZoneInfo("America/Sao_Paulo"))


@given(st.integers(0, 10**6), st.integers(1, 30))
def test_whoever_uses_the_same_every_day_is_told_that_for_thirty_days(each_day: int, days: int):
    after = NOVEMBER.begins + timedelta(days=days)

    assert projected(each_day * days, NOVEMBER, after) == each_day * 30


@given(st.integers(0, 10**12), st.integers(0, 86_399))
def test_the_first_day_says_nothing_yet(used: int, seconds: int):
    assert projected(used, NOVEMBER, NOVEMBER.begins + timedelta(seconds=seconds)) is None


@given(st.integers(0, 10**14), st.integers(0, 400))
def test_a_cycle_that_is_over_used_what_it_used(used: int, days: int):
    found = projected(used, NOVEMBER, NOVEMBER.ends + timedelta(days=days))

    assert found == used


@given(st.integers(0, 10**14), st.integers(86_400, 30 * 86_400))
def test_what_is_foretold_is_the_nearest_whole_to_used_by_passed_for_the_whole(used: int, seconds: int):
    found = projected(used, NOVEMBER, NOVEMBER.begins + timedelta(seconds=seconds))

    exact = Fraction(used) / Fraction(seconds, 30 * 86_400)
    assert found is not None
    assert abs(found - exact) <= Fraction(1, 2)


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(1, 45))
def test_the_foretold_is_never_less_than_what_was_used_and_grows_with_it(used: int, more: int, days: int):
    at = NOVEMBER.begins + timedelta(days=days)
    first, second = projected(used, NOVEMBER, at), projected(used + more, NOVEMBER, at)

    assert first is not None
    assert second is not None
    assert used <= first <= second
