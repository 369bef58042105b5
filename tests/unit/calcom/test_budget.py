"""What is left of a key's rate, learned from answers that overtake each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.calcom.budget import Budget, Rate, rate_of
from application.agenda.ports import CalendarUnavailable


def may(budget: Budget, now: float, *, can_wait: bool = False) -> bool:
    try:
        budget.demand(now, can_wait=can_wait)
    except CalendarUnavailable:
        return False
    return True


@given(st.permutations(range(20)), st.integers(0, 19))
def test_in_whatever_order_answers_come_the_least_of_them_holds(order: list[int], known: int) -> None:
    budget = Budget()
    for left in order[: known + 1]:
        budget.learn(Rate(120, left, 60.0), 0.0)

    assert budget.left == min(order[: known + 1])


@given(st.integers(1, 200), st.integers(1, 200))
def test_nobody_calls_more_often_than_the_limit_though_no_answer_has_come_yet(limit: int, wishes: int) -> None:
    budget = Budget()
    budget.learn(Rate(limit, limit - 1, 60.0), 0.0)
    made = 1
    for _ in range(wishes):
        if may(budget, 1.0):
            budget.spend()
            made += 1

    assert made == min(limit, wishes + 1)


def test_what_can_wait_leaves_a_sixth_to_what_cannot() -> None:
    budget = Budget()
    budget.learn(Rate(120, 20, 30.0), 0.0)

    assert (may(budget, 1.0, can_wait=True), may(budget, 1.0)) == (False, True)
    with pytest.raises(CalendarUnavailable) as little:
        budget.demand(10.0, can_wait=True)
    assert little.value.retry_after == 20.0


def test_a_new_minute_is_a_new_budget_also_where_it_begins_before_we_thought() -> None:
    budget = Budget()
    budget.learn(Rate(120, 0, 30.0), 0.0)
    assert not may(budget, 29.0)
    assert may(budget, 30.0, can_wait=True)

    budget.learn(Rate(120, 0, 30.0), 0.0)
    budget.learn(Rate(120, 119, 60.0), 5.0)
    assert may(budget, 6.0, can_wait=True)


@pytest.mark.parametrize(
    ("headers", "rate"),
    [
        ({}, None),
        ({"x-ratelimit-remaining-default": "many"}, None),
        (
            {
                "X-RateLimit-Limit-Default": "120",
                "X-RateLimit-Remaining-Default": "7",
                "X-RateLimit-Reset-Default": "42",
            },
            Rate(120, 7, 42),
        ),
        ({"x-ratelimit-remaining-default": "7", "x-ratelimit-remaining-day": "3"}, Rate(0, 3, 60.0)),
        ({"x-ratelimit-remaining-day": "3", "x-ratelimit-reset-day": "86400"}, Rate(0, 3, 60.0)),
    ],
)
def test_reads_the_tightest_of_the_limits_that_the_headers_name(headers: dict[str, str], rate: Rate | None) -> None:
    assert rate_of(headers) == rate
