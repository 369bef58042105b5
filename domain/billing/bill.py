"""What is owed, before it is a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.billing.plan import PlanCode


class Kind(StrEnum):
    CYCLE = "cycle"  # a month, with what the month before cost beyond its price
    CHANGE = "change"  # the rest of a month, at a larger plan's price


@dataclass(frozen=True, slots=True)
class Bill:
    """`cents` before credit; never negative, and the credit is never more."""

    kind: Kind
    plan: PlanCode
    cycle: date
    cents: int
    credit_cents: int
    at: datetime

    @property
    def due_cents(self) -> int:
        return self.cents - self.credit_cents
