"""What becomes of a subscription: told by a machine that counts days, and by events in any order."""

from __future__ import annotations

import itertools
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.billing.plan import PlanCode
from domain.billing.subscription import MOVES, State, Subscription, SubscriptionMoveRefused
from domain.shared.ids import TenantId

ZONE = ZoneInfo("UTC")
START = datetime(2026, 1, 31, tzinfo=UTC)
PRICE = 3_100
PLAN, LARGER = PlanCode("essencial"), PlanCode("profissional")


def a_subscription(*, trial_days: int = 0, now: datetime = START, price: int = PRICE) -> Subscription:
    return Subscription.begin(TenantId(1), PLAN, price, zone=ZONE, now=now, trial_days=trial_days)[0]


class Life(RuleBasedStateMachine):
    """The oracle counts whole days since 31 January and knows plain facts: owed since, late since, gone, and why."""

    MONTHS = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303)  # last days of the months after 31 January 2026

    @initialize(trial=st.sampled_from([0, 0, 14]))
    def begins(self, trial: int) -> None:
        self.one = a_subscription(trial_days=trial)
        self.day, self.free_until = 0, trial
        self.owed = None if trial else 0
        self.late: int | None = None
        self.gone: str | None = None
        self.wish = False
        self.first, self.last = (0, trial) if trial else (0, self.MONTHS[1])
        self.bills = 0 if trial else 1
        self.billed = self.bills

    @property
    def now(self) -> datetime:
        return START + timedelta(days=self.day)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        if self.day + days > 250:
            return
        for _ in range(days):
            self.day += 1
            self._a_day_begins()
        while (moment := self.one.next_moment()) is not None and moment <= self.now:
            self.billed += self.one.step(self.now, PRICE) is not None

    def _a_day_begins(self) -> None:
        if self.gone:
            return
        if self.late is not None and self.day >= self.late + 7:
            self.gone = "ended"
        elif self.late is None and self.owed is not None and self.day >= self.owed + 5:
            self.late = self.day
        if not self.gone and self.day >= self.last:
            if self.wish:
                self.gone = "cancelled"
            else:
                self._next_month()

    def _next_month(self) -> None:
        if self.free_until and self.last == self.free_until:
            self.anchor_after_trial = self.free_until
            self.free_until = 0
        begun = START.date() + timedelta(days=self.last)
        self.first = self.last
        later = date(begun.year + begun.month // 12, begun.month % 12 + 1, 1)
        day = getattr(self, "anchor_after_trial", None)
        wanted = (START.date() + timedelta(days=day)).day if day is not None else 31
        for length in (wanted, 30, 29, 28):
            try:
                end = later.replace(day=length)
                break
            except ValueError:
                continue
        self.last = (end - START.date()).days
        self.bills += 1
        if self.owed is None:
            self.owed = self.day

    @precondition(lambda self: not self.gone)
    @rule()
    def the_bill_is_paid(self) -> None:
        self.one.told_paid(self.now)
        self.owed = self.late = None

    @precondition(lambda self: not self.gone)
    @rule()
    def they_want_to_go_at_the_end(self) -> None:
        self.one.cancel(now=self.now)
        self.wish = True

    @precondition(lambda self: not self.gone)
    @rule()
    def they_stay_after_all(self) -> None:
        self.one.keep()
        self.wish = False

    @precondition(lambda self: not self.gone)
    @rule()
    def they_go_at_once(self) -> None:
        self.one.cancel(now=self.now, at_once=True)
        self.gone = "cancelled"

    @precondition(lambda self: self.gone)
    @rule()
    def who_is_gone_cannot_go_again_or_change(self) -> None:
        with pytest.raises(SubscriptionMoveRefused):
            self.one.cancel(now=self.now)
        with pytest.raises(SubscriptionMoveRefused):
            self.one.change_plan(LARGER, 1, now=self.now)

    @invariant()
    def the_state_is_what_the_days_say(self) -> None:
        if not hasattr(self, "one"):
            return
        expected = self.gone or ("past_due" if self.late is not None else None)
        if expected:
            assert self.one.state == expected
        else:
            assert self.one.state in (State.TRIAL, State.ACTIVE)
        assert self.one.serves(self.now) == (self.gone is None)

    @invariant()
    def months_and_bills_are_those_of_the_calendar(self) -> None:
        if not hasattr(self, "one") or self.gone:
            return
        assert (self.one.cycle.first - START.date()).days == self.first
        assert (self.one.cycle.until - START.date()).days == self.last
        assert self.billed == self.bills


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)


def test_every_state_has_a_line_in_the_table_and_can_be_left():
    assert set(MOVES) == set(State)
    assert all(MOVES[state] and state not in MOVES[state] for state in State)


TOLD = ("told_activated", "told_cancelled", "told_paid", "told_failed", "told_refunded")


@given(st.data(), st.lists(st.sampled_from(TOLD), min_size=1, max_size=6), st.sampled_from([0, 14]))
def test_events_in_any_order_and_repeated_end_as_they_do_in_order(data: st.DataObject, told: list[str], trial: int):
    events = [(what, START + timedelta(hours=hour + 1)) for hour, what in enumerate(told)]
    shuffled = data.draw(st.permutations([*events, *data.draw(st.lists(st.sampled_from(events), max_size=4))]))
    in_order, otherwise = a_subscription(trial_days=trial), a_subscription(trial_days=trial)

    for what, at in events:
        getattr(in_order, what)(at)
    for what, at in shuffled:
        getattr(otherwise, what)(at)
    for one in (in_order, otherwise):
        one.owes_since(None)

    assert otherwise == in_order


def test_an_older_event_never_overwrites_a_newer_one():
    one = a_subscription()

    assert one.told_paid(START + timedelta(hours=2))
    assert not one.told_failed(START + timedelta(hours=1))
    assert one.state is State.ACTIVE


@given(st.lists(st.tuples(st.integers(0, 28 * 86_400), st.integers(0, 500_000)), max_size=6), st.integers(1, 500_000))
def test_changing_plans_charges_exactly_the_time_each_was_had(changes: list[tuple[int, int]], first: int):
    one, bill = Subscription.begin(TenantId(1), PLAN, first, zone=ZONE, now=START)
    cycle, charged = one.cycle, bill.cents if bill else 0
    at, price, exact = cycle.begins, first, 0

    for seconds, new_price in sorted(changes):
        moment = cycle.begins + timedelta(seconds=seconds)
        bill = one.change_plan(PlanCode("outro"), new_price, now=moment)
        charged += bill.due_cents if bill else 0
        exact += _had(price, cycle.begins, cycle.ends, at, moment)
        at, price = moment, new_price
        assert one.credit_cents >= 0
    exact += _had(price, cycle.begins, cycle.ends, at, cycle.ends)

    assert charged - one.credit_cents == exact


def _had(price: int, begins: datetime, ends: datetime, since: datetime, until: datetime) -> int:
    """By whole seconds, and by another road than the accused: two running totals in integers."""
    whole = int((ends - begins).total_seconds())
    return (
        price * int((until - begins).total_seconds()) // whole - price * int((since - begins).total_seconds()) // whole
    )


def test_a_trial_owes_nothing_before_it_is_over_and_ends_by_itself():
    one = a_subscription(trial_days=7)
    assert one.change_plan(LARGER, 9_900, now=START + timedelta(days=1)) is None

    bill = one.step(START + timedelta(days=7), 9_900)

    assert bill is not None
    assert (bill.cents, one.state, one.cycle.first) == (9_900, State.ACTIVE, date(2026, 2, 7))


def test_credit_pays_before_anything_is_owed():
    one = a_subscription(price=10_000)
    one.told_paid(START)
    one.owes_since(None)
    one.change_plan(PlanCode("menor"), 1_000, now=START)
    assert one.credit_cents == 9_000

    bill = one.step(one.cycle.ends, 1_000)

    assert bill is not None
    assert (bill.cents, bill.credit_cents, bill.due_cents) == (1_000, 1_000, 0)
    assert one.unpaid_since is None


def test_who_ended_starts_again_with_a_new_month_and_a_new_bill():
    one = a_subscription()
    while (moment := one.next_moment()) is not None and moment <= START + timedelta(days=20):
        one.step(moment, PRICE)
    assert one.state is State.ENDED
    assert not one.serves(START + timedelta(days=20))

    bill = one.start_again(LARGER, 5_000, now=START + timedelta(days=60))

    assert bill is not None
    assert (bill.cents, one.state, one.cycle.first) == (5_000, State.ACTIVE, date(2026, 4, 1))


def test_paying_an_old_bill_does_not_begin_a_new_month():
    one = a_subscription()
    for _ in itertools.repeat(None, 3):
        one.step(START + timedelta(days=20), PRICE)
    before = deepcopy(one.cycle)

    one.told_paid(START + timedelta(days=200))

    assert one.state is State.ENDED
    assert one.cycle == before
