"""A company that is leaving is billed no further month, and one that comes back goes on where it stopped."""

from __future__ import annotations

from application.billing.bills import keep
from application.billing.ports import BillingWork
from application.shared.ports import Clock
from domain.billing.subscription import SERVING, State


async def stop_billing(work: BillingWork, clock: Clock) -> None:
    """What was bought runs out by itself; done twice, it is as if done once."""
    subscription = await work.subscriptions.find(lock=True)
    if subscription is not None and subscription.state in SERVING:
        subscription.cancel(now=clock())
        await keep(work, subscription)


async def go_on_billing(work: BillingWork, clock: Clock) -> None:
    """Within the month that was paid as if nothing had been; after it a new month begins, of the same plan."""
    subscription = await work.subscriptions.find(lock=True)
    if subscription is None:
        return
    if subscription.state in SERVING:
        subscription.keep()
        await keep(work, subscription)
    elif subscription.state is State.CANCELLED:
        plan = await work.plans.get(subscription.plan)
        await keep(work, subscription, subscription.start_again(plan.code, plan.price_cents, now=clock()))
