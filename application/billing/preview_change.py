"""What another plan would cost now: the very same reckoning as the change itself, and then nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass

from application.billing.ports import BillingWork, NoSubscription
from application.billing.subscribe import PlanNotSold, moved
from application.shared.ports import Clock, OpenWork
from domain.billing.plan import Plan, PlanCode
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class PlanChange:
    """`cents`: the difference until the cycle ends; `due_cents` is left of it after credit; `credit_cents`: given back."""

    before: Plan
    after: Plan
    cents: int
    due_cents: int
    credit_cents: int


@dataclass(frozen=True, slots=True)
class PreviewPlanChange:
    open_work: OpenWork[BillingWork]
    clock: Clock

    async def __call__(self, tenant: TenantId, code: PlanCode) -> PlanChange:
        """Raises PlanNotFound, PlanNotSold and NoSubscription."""
        async with self.open_work(tenant) as work:
            plan = await work.plans.get(code)
            subscription = await work.subscriptions.find()
            if subscription is None:
                raise NoSubscription("this company has no subscription")
            if not plan.on_sale:
                raise PlanNotSold("this plan is no longer sold")
            before, credit = await work.plans.get(subscription.plan), subscription.credit_cents
            bill = moved(subscription, plan, self.clock)
        cents, due = (bill.cents, bill.due_cents) if bill else (0, 0)
        return PlanChange(before, plan, cents, due, max(0, subscription.credit_cents - credit))
