"""What a payment provider told, in our words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Told(StrEnum):
    """The types we act upon; any other is kept and left alone."""

    ACTIVATED = "subscription.activated"
    CANCELLED = "subscription.cancelled"
    PLAN_CHANGED = "subscription.plan_changed"
    PAID = "payment.succeeded"
    FAILED = "payment.failed"
    REFUNDED = "payment.refunded"


@dataclass(frozen=True, slots=True)
class ProviderEvent:
    """`at` is when it happened at the provider; `body` what came, as it came.

    Whom it is about is said by any of: the charge, the subscription, the customer (the provider's ids for them), or the
    reference that we gave when we made them.
    """

    id: str
    type: str
    at: datetime
    body: str
    charge: str | None = None
    subscription: str | None = None
    customer: str | None = None
    reference: str | None = None
    plan: str | None = None
