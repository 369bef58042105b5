"""A company gets a plan: its first, another one, or one more chance."""

from __future__ import annotations

from dataclasses import dataclass

from application.billing.bills import change_workers, keep, replay_job
from application.billing.ports import BillingWork, NoSubscription
from application.shared.ports import Clock, OpenWork
from domain.billing.bill import Bill
from domain.billing.plan import Plan, PlanCode
from domain.billing.subscription import SERVING, Subscription
from domain.shared.errors import Refused
from domain.shared.ids import TenantId


class PlanNotSold(Refused):
    """Companies that have the plan keep it; nobody else gets it."""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """By the operator, when a company is opened and after that. Asking twice for the same changes nothing."""

    open_work: OpenWork[BillingWork]
    clock: Clock

    async def __call__(
        self, tenant: TenantId, code: PlanCode, *, trial_days: int = 0, placed: bool = False
    ) -> Subscription:
        """`placed`: somebody else has seen to the company's workers. Raises PlanNotFound and PlanNotSold."""
        async with self.open_work(tenant) as work:
            plan = await work.plans.get(code)
            found = await work.subscriptions.find(lock=True)
            if found is not None and found.plan == plan.code and found.state in SERVING:
                return found
            if not plan.on_sale:
                raise PlanNotSold("this plan is no longer sold")
            if not placed:
                await change_workers(work, found.plan if found else None, plan)
            if found is None:
                zone, now = await work.subscriptions.zone(), self.clock()
                subscription, bill = Subscription.begin(
                    tenant, plan.code, plan.price_cents, zone=zone, now=now, trial_days=trial_days
                )
                await work.jobs.add(replay_job())
            else:
                subscription, bill = found, moved(found, plan, self.clock)
            await keep(work, subscription, bill)
            await work.commit()
        return subscription


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """By the company itself."""

    open_work: OpenWork[BillingWork]
    clock: Clock

    async def __call__(self, tenant: TenantId, code: PlanCode) -> Subscription:
        """Raises PlanNotFound, PlanNotSold and NoSubscription."""
        async with self.open_work(tenant) as work:
            plan = await work.plans.get(code)
            subscription = await work.subscriptions.find(lock=True)
            if subscription is None:
                raise NoSubscription("this company has no subscription")
            if subscription.plan == plan.code and subscription.state in SERVING:
                subscription.keep()
                await work.subscriptions.save(subscription)
                await work.commit()
                return subscription
            if not plan.on_sale:
                raise PlanNotSold("this plan is no longer sold")
            await change_workers(work, subscription.plan, plan)
            await keep(work, subscription, moved(subscription, plan, self.clock))
            await work.commit()
        return subscription


def moved(subscription: Subscription, plan: Plan, clock: Clock) -> Bill | None:
    if subscription.state in SERVING:
        subscription.keep()
        return subscription.change_plan(plan.code, plan.price_cents, now=clock())
    return subscription.start_again(plan.code, plan.price_cents, now=clock())
