"""What people do with plans and accounts, wired: for the API and for the operator's commands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from adapters.postgres.billing_work import PostgresBilling
from adapters.postgres.pool import Pool
from adapters.postgres.quotas import PostgresQuotas
from adapters.postgres.subscriptions import PostgresPlans, open_plans
from application.billing.cancel import CancelSubscription
from application.billing.read import ReadAccount, ReadPlans, ReadUsage
from application.billing.subscribe import ChangePlan, Subscribe
from application.quotas.meter import Meter
from application.shared.secrets import Vault
from secretaria.composition import Foundations, now


@dataclass(frozen=True, slots=True)
class BillingDesk:
    open_work: PostgresBilling
    open_plans: Callable[[], AbstractAsyncContextManager[PostgresPlans]]
    plans: ReadPlans
    account: ReadAccount
    usage: ReadUsage
    subscribe: Subscribe
    change_plan: ChangePlan
    cancel: CancelSubscription


def billing_desk(pool: Pool, vault: Vault, on_jobs: Callable[[], None] = lambda: None) -> BillingDesk:
    open_work = PostgresBilling(pool, vault, on_jobs)

    def plans() -> AbstractAsyncContextManager[PostgresPlans]:
        return open_plans(pool)

    return BillingDesk(
        open_work=open_work,
        open_plans=plans,
        plans=ReadPlans(plans),
        account=ReadAccount(open_work),
        usage=ReadUsage(open_work, now),
        subscribe=Subscribe(open_work, now),
        change_plan=ChangePlan(open_work, now),
        cancel=CancelSubscription(open_work, now),
    )


def build_meter(base: Foundations, pool: Pool) -> Meter:
    return Meter(PostgresQuotas(pool, now), base.settings.billing.reais_per_dollar, now)
