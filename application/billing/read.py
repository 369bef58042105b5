"""What a company and its operator see: plans, the account with its invoices, and what was used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from application.billing.ports import BillingWork, Invoice, NoSubscription, Plans
from application.quotas.ports import Alert, Alerts, UsageRead
from application.shared.ports import Clock, OpenWork
from domain.billing.cycle import Cycle, day_of, months_after
from domain.billing.plan import Plan
from domain.billing.subscription import State, Subscription
from domain.quotas.allowance import Use
from domain.shared.ids import TenantId

SHOWN = 24  # two years of monthly invoices


class DailyUsage(UsageRead, Protocol):
    async def by_day(self, cycle: Cycle) -> Sequence[tuple[date, Use]]:
        """Only days on which something was used, in order."""


class AccountWork(BillingWork, Protocol):
    @property
    def usage(self) -> DailyUsage: ...

    @property
    def alerts(self) -> Alerts: ...


@dataclass(frozen=True, slots=True)
class Account:
    subscription: Subscription
    plan: Plan
    invoices: Sequence[Invoice]


@dataclass(frozen=True, slots=True)
class UsageReport:
    """Without a plan the cycle is the calendar month, and there is nothing to be a share of."""

    cycle: Cycle
    used: Use
    days: Sequence[tuple[date, Use]]
    per_cent: int | None
    alerts: Sequence[Alert]
    plan: Plan | None = None
    overdue: bool = False

    @property
    def told(self) -> int:
        """The highest threshold that was reached in this very cycle; 0 where none was."""
        return max((alert.threshold for alert in self.alerts if alert.cycle == self.cycle.first), default=0)


@dataclass(frozen=True, slots=True)
class ReadPlans:
    """Those on sale, cheapest first."""

    open_plans: Callable[[], AbstractAsyncContextManager[Plans]]

    async def __call__(self, *, all_of_them: bool = False) -> Sequence[Plan]:
        async with self.open_plans() as plans:
            return [plan for plan in await plans.all() if plan.on_sale or all_of_them]


@dataclass(frozen=True, slots=True)
class ReadAccount:
    open_work: OpenWork[AccountWork]

    async def __call__(self, tenant: TenantId) -> Account:
        """Raises NoSubscription."""
        async with self.open_work(tenant) as work:
            subscription = await work.subscriptions.find()
            if subscription is None:
                raise NoSubscription("this company has no subscription")
            plan = await work.plans.get(subscription.plan)
            return Account(subscription, plan, await work.invoices.lately(SHOWN))


@dataclass(frozen=True, slots=True)
class ReadUsage:
    open_work: OpenWork[AccountWork]
    clock: Clock

    async def __call__(self, tenant: TenantId) -> UsageReport:
        async with self.open_work(tenant) as work:
            subscription = await work.subscriptions.find()
            cycle = subscription.cycle if subscription else await self._this_month(work)
            days = await work.usage.by_day(cycle)
            used = sum((use for _, use in days), Use())
            plan = await work.plans.get(subscription.plan) if subscription else None
            overdue = subscription is not None and subscription.state is State.PAST_DUE
            share = plan.allowance.per_cent(used) if plan else None
            return UsageReport(cycle, used, days, share, await work.alerts.lately(10), plan, overdue)

    async def _this_month(self, work: AccountWork) -> Cycle:
        zone = await work.subscriptions.zone()
        first = day_of(self.clock(), zone).replace(day=1)
        return Cycle(first, months_after(first, 1), zone)
