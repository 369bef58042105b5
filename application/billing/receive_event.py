"""What the payment provider says: kept once, whatever it is, and followed where we understand it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from application.billing.bills import keep
from application.billing.ports import BillingWork, ProviderInbox
from application.shared.ports import OpenWork
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

REPEATED: Final = "repeated"


@dataclass(frozen=True, slots=True)
class ReceiveProviderEvent:
    """The event, its effects and the next moment of the subscription are one transaction."""

    inbox: ProviderInbox
    open_work: OpenWork[BillingWork]

    async def __call__(self, event: ProviderEvent) -> str:
        """One fixed word: "applied", "stale", "repeated", "unknown_type", "unknown_plan", "unclaimed"."""
        tenant = await self.inbox.owner(event)
        if tenant is None:
            return "unclaimed" if await self.inbox.keep(event, "unclaimed") else REPEATED
        async with self.open_work(tenant) as work:
            subscription = await work.subscriptions.find(lock=True)
            if not await work.events.keep(event, "unclaimed"):
                return REPEATED
            outcome = "unclaimed" if subscription is None else await self._apply(work, subscription, event)
            await work.events.note(event, outcome)
            await work.commit()
        return outcome

    async def _apply(self, work: BillingWork, subscription: Subscription, event: ProviderEvent) -> str:
        if event.type == Told.PLAN_CHANGED:
            return await self._change_plan(work, subscription, event)
        verb = VERBS.get(event.type)
        if verb is None:
            return "unknown_type"
        if event.type in INVOICES:
            await self._settle(work, event, INVOICES[event.type])
        news = verb(subscription, event.at)
        subscription.owes_since(await work.invoices.open_since())
        await keep(work, subscription)
        return "applied" if news else "stale"

    async def _settle(self, work: BillingWork, event: ProviderEvent, state: str) -> None:
        """A payment that names no charge pays what lies open; a failure or a refund of who knows what changes no row."""
        if event.charge is not None:
            await work.invoices.settle(event.charge, state, event.at)
        elif state == "paid":
            await work.invoices.settle_open(state, event.at)

    async def _change_plan(self, work: BillingWork, subscription: Subscription, event: ProviderEvent) -> str:
        try:
            plan = await work.plans.get(PlanCode(event.plan or ""))
        except PlanNotFound:
            return "unknown_plan"
        if not subscription.told_plan(plan.code, plan.price_cents, event.at):
            return "stale"
        await keep(work, subscription)
        return "applied"
