"""An allowance: exact shares, each threshold, and answers that do not outlive their truth."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quotas.allowance import FASTEST, THRESHOLDS, Allowance, Use
from domain.shared.errors import Invalid

LIMIT = st.one_of(st.none(), st.integers(1, 10**12))
AMOUNT = st.integers(0, 2 * 10**12)


@given(LIMIT, LIMIT, LIMIT, AMOUNT, AMOUNT, AMOUNT)
def test_a_threshold_is_passed_exactly_when_the_fullest_limit_has_that_share(
    messages: int | None, tokens: int | None, cost: int | None, m: int, t: int, c: int
):
    allowance, use = Allowance(messages, tokens, cost), Use(messages=m, output_tokens=t, cost=c)
    shares = [Fraction(used, limit) for used, limit in ((m, messages), (t, tokens), (c, cost)) if limit]
    fullest = max(shares, default=Fraction(0))

    assert allowance.passed(use) == tuple(mark for mark in THRESHOLDS if fullest >= Fraction(mark, 100))
    assert allowance.exhausted(use) == (fullest >= 1)
    assert allowance.per_cent(use) == int(fullest * 100)


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_no_company_is_quick_enough_to_pass_a_threshold_unwatched(limit: int, used: int):
    allowance, use = Allowance(messages=limit), Use(messages=used)
    seconds = allowance.holds_for(use, longest=5.0)
    later = Use(messages=used + int(seconds * FASTEST * 0.999))

    assert 0 < seconds <= 5
    if not allowance.worth_watching(use, told=()):
        assert allowance.passed(later) == allowance.passed(use)


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_what_was_told_is_watched_no_more(limit: int, used: int):
    assert not Allowance(messages=limit).worth_watching(Use(messages=used), told=THRESHOLDS)


def test_without_limits_nothing_is_ever_used_up():
    assert not Allowance().exhausted(Use(messages=10**12))
    assert Allowance().per_cent(Use(messages=10**12)) == 0
    assert Allowance().holds_for(Use(), longest=5.0) == 5.0


@pytest.mark.parametrize("field", ["messages", "tokens", "cost"])
def test_an_allowance_of_nothing_is_refused_by_name(field: str):
    with pytest.raises(Invalid) as refused:
        Allowance(**{field: 0})
    assert refused.value.field == field
