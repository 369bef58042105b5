"""The breaker against a model that knows no states: only a log of what passed, what failed and when."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.delivery.breaker import Breaker, BreakerState

LIMIT = 3
REST = 10


def may_pass(log: list[tuple[str, int]], now: int) -> bool:
    """Read the promise off the log, in whole seconds: every second a caller must stay away is in a set."""
    last_success = max((index for index, (what, _) in enumerate(log) if what == "succeeded"), default=-1)
    failures_in_a_row = 0
    closed_seconds: set[int] = set()
    knocked = False
    for what, second in log[last_success + 1 :]:
        if what == "failed":
            failures_in_a_row += 1
            if failures_in_a_row == LIMIT or (knocked and failures_in_a_row > LIMIT):
                closed_seconds |= set(range(second, second + REST))
                knocked = False
        elif failures_in_a_row >= LIMIT:
            knocked = True
            closed_seconds = set(range(second, second + REST))
    return now not in closed_seconds


class BreakerUnderTest(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.breaker = Breaker(failures_to_open=LIMIT, open_seconds=REST)
        self.now = 0
        self.log: list[tuple[str, int]] = []

    @rule(seconds=st.sampled_from([1, 2, REST - 1, REST, REST + 1]))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds

    @rule()
    def somebody_asks(self) -> None:
        expected = may_pass(self.log, self.now)
        assert self.breaker.allow(self.now) is expected
        if expected:
            self.log.append(("passed", self.now))

    @rule()
    def a_call_fails(self) -> None:
        self.breaker.failed(self.now)
        self.log.append(("failed", self.now))

    @rule()
    def a_call_succeeds(self) -> None:
        self.breaker.succeeded()
        self.log.append(("succeeded", self.now))

    @invariant()
    def the_wait_is_over_exactly_when_a_call_may_pass(self) -> None:
        assert (self.breaker.wait(self.now) == 0) is may_pass(self.log, self.now)

    @invariant()
    def waiting_as_told_is_enough(self) -> None:
        assert may_pass(self.log, self.now + int(self.breaker.wait(self.now)))


TestBreakerStateMachine = BreakerUnderTest.TestCase


def an_open_breaker() -> Breaker:
    breaker = Breaker(failures_to_open=2, open_seconds=30)
    breaker.failed(100)
    breaker.failed(101)
    return breaker


def test_opens_after_enough_failures_in_a_row_and_not_before() -> None:
    breaker = Breaker(failures_to_open=2, open_seconds=30)

    breaker.failed(100)
    assert breaker.allow(100)

    breaker.failed(101)
    assert breaker.state is BreakerState.OPEN
    assert not breaker.allow(130.9)
    assert breaker.wait(121) == 10


def test_a_success_between_failures_starts_the_count_again() -> None:
    breaker = Breaker(failures_to_open=2, open_seconds=30)

    breaker.failed(100)
    breaker.succeeded()
    breaker.failed(101)

    assert breaker.state is BreakerState.CLOSED


def test_half_open_lets_one_through_and_its_success_closes() -> None:
    breaker = an_open_breaker()

    assert breaker.allow(131)
    assert breaker.state is BreakerState.HALF_OPEN
    assert not breaker.allow(131)

    breaker.succeeded()
    assert breaker.state is BreakerState.CLOSED
    assert breaker.allow(131)


def test_one_failure_in_half_open_shuts_it_again_for_the_whole_time() -> None:
    breaker = an_open_breaker()
    assert breaker.allow(131)

    breaker.failed(140)

    assert breaker.state is BreakerState.OPEN
    assert not breaker.allow(169)
    assert breaker.allow(170)


def test_a_try_that_never_reports_back_does_not_shut_the_breaker_for_good() -> None:
    breaker = an_open_breaker()
    assert breaker.allow(131)

    assert not breaker.allow(160)
    assert breaker.allow(161)


@pytest.mark.parametrize(("failures", "seconds"), [(0, 30), (-1, 30), (1, 0), (1, -5)])
def test_refuses_figures_that_mean_nothing(failures: int, seconds: float) -> None:
    with pytest.raises(ValueError, match="a breaker opens"):
        Breaker(failures_to_open=failures, open_seconds=seconds)
