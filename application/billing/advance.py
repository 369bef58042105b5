"""What time does to a subscription: trials end, months begin, bills grow old. One job of the company, due when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from application.billing.bills import LAST_TURNS, issue, uncharge_job
from application.billing.ports import BillingWork
from application.shared.ports import Claim, Clock, OpenWork
from domain.billing.plan import Overage
from domain.billing.subscription import State, Subscription


@dataclass(frozen=True, slots=True)
class AdvanceSubscription:
    """Late, early, twice or side by side: the row is locked, and what was done is not due any more."""

    open_work: OpenWork[BillingWork]
    clock: Clock

    async def __call__(self, claim: Claim) -> str:
        async with self.open_work(claim.tenant) as work:
            subscription = await work.subscriptions.find(lock=True)
            before = subscription.state if subscription else None
            moment = await self._advance(work, subscription) if subscription else None
            if moment is None:
                await work.jobs.finish(claim)
            else:
                await work.jobs.postpone(claim, moment + LAST_TURNS)
            await work.commit()
        return "unchanged" if subscription is None or subscription.state is before else subscription.state

    async def _advance(self, work: BillingWork, subscription: Subscription) -> datetime | None:
        now = self.clock()
        while (moment := subscription.next_moment()) is not None and moment <= now:
            plan = await work.plans.get(subscription.plan)
            extra = 0
            if plan.overage is Overage.CHARGE and moment >= subscription.cycle.ends:
                extra = plan.extra_cents((await work.usage.within(subscription.cycle)).messages)
            await issue(work, subscription.step(now, plan.price_cents, extra))
        if subscription.state is State.ENDED:
            await work.invoices.settle_open("void", now)
            await work.jobs.add(uncharge_job())
        await work.subscriptions.save(subscription)
        return moment
