"""What people do with plans and accounts, wired: for the API and for the operator's commands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import httpx2

from adapters.payments.gateway import HttpGateway
from adapters.postgres.billing_work import PostgresBilling
from adapters.postgres.pool import Pool
from adapters.postgres.provider_events import PostgresProviderInbox
from adapters.postgres.quotas import PostgresQuotas
from adapters.postgres.subscriptions import PostgresPlans, open_plans
from application.billing.cancel import CancelSubscription
from application.billing.ports import PaymentGateway
from application.billing.read import ReadAccount, ReadPlans, ReadUsage
from application.billing.replay_events import ReplayAll, ReplayEvents
from application.billing.subscribe import ChangePlan, Subscribe
from application.quotas.meter import Meter
from application.shared.secrets import Vault
from secretaria.composition import Foundations, now
from secretaria.settings import Settings


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
    replay: ReplayAll


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
        replay=ReplayAll(PostgresProviderInbox(pool), ReplayEvents(open_work)),
    )


def build_meter(base: Foundations, pool: Pool) -> Meter:
    return Meter(PostgresQuotas(pool, base.clock), base.settings.billing.reais_per_dollar, base.clock)


def build_gateway(settings: Settings, http: httpx2.AsyncClient) -> PaymentGateway | None:
    """Without one, invoices are collected by hand."""
    money = settings.billing
    if money.gateway_url is None or money.gateway_token is None:
        return None
    return HttpGateway(http, money.gateway_url, money.gateway_token)
