"""What an event of the payment provider makes of a subscription, whenever it is that we learn whose it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from application.billing.bills import change_workers, keep
from application.billing.ports import BillingWork
from domain.billing.plan import PlanCode, PlanNotFound
from domain.billing.subscription import Subscription
from domain.billing.told import ProviderEvent, Told

Verb = Callable[[Subscription, datetime], bool]

VERBS: Final[Mapping[str, Verb]] = {
    Told.ACTIVATED: Subscription.told_activated,
    Told.CANCELLED: Subscription.told_cancelled,
    Told.PAID: Subscription.told_paid,
    Told.FAILED: Subscription.told_failed,
    Told.REFUNDED: Subscription.told_refunded,
}
INVOICES: Final[Mapping[str, str]] = {Told.PAID: "paid", Told.FAILED: "open", Told.REFUNDED: "refunded"}
"""What the event makes of the invoice whose charge it names."""


async def follow(work: BillingWork, subscription: Subscription, event: ProviderEvent) -> str:
    """One fixed word: "applied", "stale", "unknown_type" or "unknown_plan". The subscription must be locked."""
    if event.type == Told.PLAN_CHANGED:
        return await _change_plan(work, subscription, event)
    verb = VERBS.get(event.type)
    if verb is None:
        return "unknown_type"
    if event.type in INVOICES:
        await _settle(work, event, INVOICES[event.type])
    news = verb(subscription, event.at)
    subscription.owes_since(await work.invoices.open_since())
    await keep(work, subscription)
    return "applied" if news else "stale"


async def _settle(work: BillingWork, event: ProviderEvent, state: str) -> None:
    """A payment that names no charge pays what lay open then; a failure or a refund of who knows what changes no row."""
    if event.charge is not None:
        await work.invoices.settle(event.charge, state, event.at)
    elif state == "paid":
        await work.invoices.settle_open(state, event.at)


async def _change_plan(work: BillingWork, subscription: Subscription, event: ProviderEvent) -> str:
    try:
        plan = await work.plans.get(PlanCode(event.plan or ""))
    except PlanNotFound:
        return "unknown_plan"
    before = subscription.plan
    if not subscription.told_plan(plan.code, plan.price_cents, event.at):
        return "stale"
    await change_workers(work, before, plan)
    await keep(work, subscription)
    return "applied"
