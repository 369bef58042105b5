"""What a company has of us and until when: one class, a table of moves, and two registers for what the provider says.

Providers repeat themselves and tell things in any order. What they say is kept as the newest word about two questions
(does it stand? is it paid?), and the state follows from both: whatever the order, the end is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from domain.billing.bill import Bill, Kind
from domain.billing.cycle import Cycle, day_of
from domain.billing.plan import PlanCode
from domain.billing.proration import rest
from domain.billing.word import Word
from domain.shared.errors import Refused
from domain.shared.ids import TenantId


class State(StrEnum):
    TRIAL = "trial"
    ACTIVE = "active"
    PAST_DUE = "past_due"  # something is owed for too long; served until the grace is over
    CANCELLED = "cancelled"  # by wish
    ENDED = "ended"  # grace passed, or the money went back


MOVES: Final[Mapping[State, frozenset[State]]] = {
    State.TRIAL: frozenset({State.ACTIVE, State.PAST_DUE, State.CANCELLED, State.ENDED}),
    State.ACTIVE: frozenset({State.PAST_DUE, State.CANCELLED, State.ENDED}),
    State.PAST_DUE: frozenset({State.ACTIVE, State.CANCELLED, State.ENDED}),
    State.CANCELLED: frozenset({State.ACTIVE, State.PAST_DUE, State.ENDED}),
    State.ENDED: frozenset({State.ACTIVE, State.PAST_DUE, State.CANCELLED}),
}
SERVING: Final = frozenset({State.TRIAL, State.ACTIVE, State.PAST_DUE})

PAY_WITHIN: Final = timedelta(days=5)
"""How long a bill may lie before the subscription is past due."""

GRACE: Final = timedelta(days=7)
"""How long a past-due company is still served."""


class SubscriptionMoveRefused(Refused):
    """A subscription in this state cannot do that."""


@dataclass(slots=True)
class Subscription:
    """`price_cents` is what the running month was sold for, whatever the plan costs by now.

    While `trial_until` is set the cycle is the trial, also after an early payment: nobody loses a free day by paying.
    """

    tenant: TenantId
    plan: PlanCode
    price_cents: int
    state: State
    anchor: date
    zone: ZoneInfo
    index: int = 0
    trial_until: date | None = None
    unpaid_since: datetime | None = None
    past_due_since: datetime | None = None
    stops_at_end: bool = False
    credit_cents: int = 0
    standing: Word | None = None
    payment: Word | None = None
    plan_told_at: datetime | None = None

    @classmethod
    def begin(
        cls, tenant: TenantId, plan: PlanCode, price_cents: int, *, zone: ZoneInfo, now: datetime, trial_days: int = 0
    ) -> tuple[Subscription, Bill | None]:
        """With a trial nothing is owed before it is over."""
        today = day_of(now, zone)
        new = cls(tenant, plan, price_cents, State.ACTIVE, today, zone)
        if trial_days > 0:
            new.state, new.trial_until = State.TRIAL, today + timedelta(days=trial_days)
            return new, None
        return new, new._owe(Kind.CYCLE, price_cents, now)

    @property
    def cycle(self) -> Cycle:
        if self.trial_until is not None:
            return Cycle(self.anchor, self.trial_until, self.zone)
        return Cycle.numbered(self.anchor, self.index, self.zone)

    def serves(self, now: datetime) -> bool:
        """By the calendar and not by when a job got round to it."""
        if self.state is State.PAST_DUE and self.past_due_since is not None:
            return now < self.past_due_since + GRACE
        if self.state is State.ACTIVE and self.unpaid_since is not None and now >= self.unpaid_since + PAY_WITHIN:
            return now < self.unpaid_since + PAY_WITHIN + GRACE
        return self.state in SERVING and not (self.stops_at_end and now >= self.cycle.ends)

    # what time does

    def next_moment(self) -> datetime | None:
        """When something happens by itself; None when nothing ever will."""
        if self.state not in SERVING:
            return None
        moments = [self.cycle.ends]
        if self.state is State.PAST_DUE and self.past_due_since is not None:
            moments.append(self.past_due_since + GRACE)
        elif self.unpaid_since is not None:
            moments.append(self.unpaid_since + PAY_WITHIN)
        return min(moments)

    def step(self, now: datetime, price_cents: int, extra_cents: int = 0) -> Bill | None:
        """Does the one thing that was due first. To be called while `next_moment` is not after `now`.

        `price_cents` is what the plan costs now, `extra_cents` what the month that ends costs beyond its price.
        """
        moment = self.next_moment()
        if moment is None or moment > now:
            return None
        if self.state is State.PAST_DUE and self.past_due_since is not None and moment >= self.past_due_since + GRACE:
            self.credit_cents = 0  # it came from a month that was never paid
            self._move(State.ENDED)
        elif self._is_overdue(moment):
            self.past_due_since = moment
            self._move(State.PAST_DUE)
        elif self.stops_at_end:
            self.standing = Word.said("cancelled", moment, self.standing)
            self._move(State.CANCELLED)
            return self._owe(Kind.CYCLE, extra_cents, moment)
        else:
            return self._begin_next(moment, price_cents, extra_cents)
        return None

    def _is_overdue(self, moment: datetime) -> bool:
        if self.state is State.PAST_DUE or self.unpaid_since is None:
            return False
        return moment >= self.unpaid_since + PAY_WITHIN

    def _begin_next(self, moment: datetime, price_cents: int, extra_cents: int) -> Bill | None:
        if self.trial_until is not None:
            self.anchor, self.index, self.trial_until = self.trial_until, 0, None
        else:
            self.index += 1
        if self.state is State.TRIAL:
            self._move(State.ACTIVE)
        self.price_cents = price_cents
        return self._owe(Kind.CYCLE, price_cents + extra_cents, moment)

    # what people do

    def change_plan(self, plan: PlanCode, price_cents: int, *, now: datetime) -> Bill | None:
        """At once. The rest of the old month is given back, the rest of the new one is owed, both to the cent."""
        if self.state not in SERVING:
            raise SubscriptionMoveRefused(f"a subscription that is {self.state} has no plan to change; start it again")
        old, self.plan = self.price_cents, plan
        self.price_cents = price_cents
        if self.trial_until is not None:
            return None
        more = rest(price_cents, self.cycle, now) - rest(old, self.cycle, now)
        if more > 0:
            return self._owe(Kind.CHANGE, more, now)
        self.credit_cents -= more
        return None

    def cancel(self, *, now: datetime, at_once: bool = False) -> None:
        """What was paid for is served to its last day, unless it is to stop `at_once`."""
        if self.state not in SERVING:
            raise SubscriptionMoveRefused(f"a subscription that is {self.state} cannot be cancelled")
        if not at_once:
            self.stops_at_end = True
            return
        self.standing = Word.said("cancelled", now, self.standing)
        self._move(State.CANCELLED)

    def keep(self) -> None:
        """The wish to stop at the end is taken back."""
        self.stops_at_end = False

    def start_again(self, plan: PlanCode, price_cents: int, *, now: datetime) -> Bill | None:
        """After a cancellation or an end: a new month from today. A paid month that still runs is used up, or given back."""
        if self.state in SERVING:
            raise SubscriptionMoveRefused(f"the subscription is {self.state} already")
        left = rest(self.price_cents, self.cycle, now) if self._has_paid_month(now) else 0
        self.standing = Word.said("activated", now, self.standing)
        self.past_due_since, self.stops_at_end = None, False
        self._move(State.ACTIVE)
        if left and (self.plan, self.price_cents) == (plan, price_cents):
            return None
        self.credit_cents += left
        self._begin_anew(now)
        self.plan, self.price_cents, self.unpaid_since = plan, price_cents, None
        return self._owe(Kind.CYCLE, price_cents, now)

    def _has_paid_month(self, now: datetime) -> bool:
        refunded = self.payment is not None and self.payment.what == "refunded"
        return now < self.cycle.ends and self.unpaid_since is None and self.trial_until is None and not refunded

    def _begin_anew(self, moment: datetime) -> None:
        self.anchor, self.index, self.trial_until = day_of(moment, self.zone), 0, None

    # what the provider says; each tells whether it was news

    def told_activated(self, at: datetime) -> bool:
        return self._told_standing("activated", at)

    def told_cancelled(self, at: datetime) -> bool:
        return self._told_standing("cancelled", at)

    def told_paid(self, at: datetime) -> bool:
        return self._told_payment("paid", at)

    def told_failed(self, at: datetime) -> bool:
        return self._told_payment("failed", at)

    def told_refunded(self, at: datetime) -> bool:
        return self._told_payment("refunded", at)

    def told_plan(self, plan: PlanCode, price_cents: int, at: datetime) -> bool:
        """The provider bills the change itself: nothing is owed to us."""
        if self.plan_told_at is not None and at <= self.plan_told_at:
            return False
        self.plan, self.price_cents, self.plan_told_at = plan, price_cents, at
        return True

    def owes_since(self, moment: datetime | None) -> None:
        """When the oldest bill that is still open was issued, as the rows say it."""
        self.unpaid_since = moment

    def _told_standing(self, what: str, at: datetime) -> bool:
        if self.standing is not None and at <= self.standing.at:
            return False
        self.standing = Word(what, at)
        if what == "activated" and self.state not in SERVING and at >= self.cycle.ends:
            self._begin_anew(at)
        self._follow(at)
        return True

    def _told_payment(self, what: str, at: datetime) -> bool:
        if self.payment is not None and at <= self.payment.at:
            return False
        self.payment = Word(what, at)
        self.unpaid_since = None if what == "paid" else self.unpaid_since
        self._follow(at)
        return True

    def _follow(self, at: datetime) -> None:
        """The state that both registers together mean. A payment's word from before the last activation is moot.

        Paying an old bill does not begin a new month: who left for longer than that starts again.
        """
        stands = self.standing.what if self.standing else "activated"
        moot = self.standing is not None and self.payment is not None and self.payment.at < self.standing.at
        paid = self.payment.what if self.payment and not (moot and stands == "activated") else "paid"
        if paid == "refunded":
            to = State.ENDED
        elif stands == "cancelled":
            to = State.CANCELLED
        else:
            to = State.PAST_DUE if paid == "failed" else State.ACTIVE
        if self.state not in SERVING and to in SERVING and at >= self.cycle.ends:
            return
        self.past_due_since = self.payment.at if to is State.PAST_DUE and self.payment else None
        if to is not self.state:
            self._move(to)

    def _owe(self, kind: Kind, cents: int, moment: datetime) -> Bill | None:
        """Credit goes first; what it does not cover is owed from this moment on."""
        if cents == 0:
            return None
        credit = min(cents, self.credit_cents)
        self.credit_cents -= credit
        if cents > credit and self.unpaid_since is None:
            self.unpaid_since = moment
        return Bill(kind, self.plan, self.cycle.first, cents, credit, moment)

    def _move(self, to: State) -> None:
        if to not in MOVES[self.state]:
            raise SubscriptionMoveRefused(f"{self.state} -> {to}")
        self.state = to
