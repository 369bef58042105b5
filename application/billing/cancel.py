"""A company goes: at the end of what it paid for, or at once."""

from __future__ import annotations

from dataclasses import dataclass

from application.billing.bills import keep
from application.billing.ports import BillingWork, NoSubscription
from application.shared.ports import Clock, OpenWork
from domain.billing.subscription import Subscription
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class CancelSubscription:
    open_work: OpenWork[BillingWork]
    clock: Clock

    async def __call__(self, tenant: TenantId, *, at_once: bool = False) -> Subscription:
        """Raises NoSubscription and SubscriptionMoveRefused."""
        async with self.open_work(tenant) as work:
            subscription = await work.subscriptions.find(lock=True)
            if subscription is None:
                raise NoSubscription("this company has no subscription")
            subscription.cancel(now=self.clock(), at_once=at_once)
            await keep(work, subscription)
            await work.commit()
        return subscription
