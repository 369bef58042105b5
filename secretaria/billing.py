"""Quotas, money and letters, wired for the worker."""

from __future__ import annotations

from contextlib import AsyncExitStack

import httpx2

from adapters.payments.gateway import HttpGateway
from adapters.postgres.billing_work import PostgresBilling
from adapters.postgres.company_names import PostgresCompanyNames
from adapters.queue import billing
from adapters.security.envelope import Envelopes
from adapters.webhooks.sender import SignedNews
from adapters.whaticket.client import build_http_client
from application.billing.advance import AdvanceSubscription
from application.billing.charge_invoice import ChargeInvoice
from application.billing.ports import PaymentGateway
from application.quotas.tell import TellByMail, TellByWebhook
from application.quotas.watch import WatchUsage
from secretaria.composition import Foundations, now
from secretaria.letters import build_mailer
from secretaria.settings import Settings


def build_billing(base: Foundations) -> PostgresBilling:
    return PostgresBilling(base.pool, Envelopes(base.master_keys), base.open_work.on_jobs)


async def register_billing(base: Foundations, resources: AsyncExitStack) -> None:
    """The actors of billing and of quotas."""
    settings, open_work = base.settings, build_billing(base)
    # `build_http_client` is whaticket's because that is where strangers' addresses came up first; it knows nothing of it
    outside = await resources.enter_async_context(
        build_http_client(private_addresses=settings.delivery.private_addresses)
    )
    billing.register(
        base.broker,
        AdvanceSubscription(open_work, now),
        ChargeInvoice(open_work, await _gateway(settings, resources), PostgresCompanyNames(base.pool)),
        billing.Telling(
            watch=WatchUsage(open_work),
            by_mail=TellByMail(open_work, build_mailer(settings.mail)),
            by_webhook=TellByWebhook(open_work, SignedNews(outside, now)),
        ),
    )


async def _gateway(settings: Settings, resources: AsyncExitStack) -> PaymentGateway | None:
    money = settings.billing
    if money.gateway_url is None or money.gateway_token is None:
        return None
    http = await resources.enter_async_context(httpx2.AsyncClient(trust_env=False, follow_redirects=False))
    return HttpGateway(http, money.gateway_url, money.gateway_token)
