"""Quotas, money and letters, wired for the worker."""

from __future__ import annotations

from contextlib import AsyncExitStack

import httpx2

from adapters.postgres.billing_work import PostgresBilling
from adapters.postgres.company_names import PostgresCompanyNames
from adapters.queue import billing
from adapters.security.envelope import Envelopes
from adapters.webhooks.sender import SignedNews
from adapters.whaticket.client import build_http_client
from application.billing.advance import AdvanceSubscription
from application.billing.cancel_charges import CancelCharges
from application.billing.charge_invoice import ChargeInvoice
from application.billing.replay_events import ReplayEvents
from application.billing.tell_invoice import TellInvoice
from application.quotas.tell import TellByMail, TellByWebhook
from application.quotas.watch import WatchUsage
from secretaria.composition import Foundations, now
from secretaria.letters import build_mailer
from secretaria.money import build_gateway


def build_billing(base: Foundations) -> PostgresBilling:
    return PostgresBilling(base.pool, Envelopes(base.master_keys), base.open_work.on_jobs)


async def register_billing(base: Foundations, resources: AsyncExitStack) -> None:
    """The actors of billing and of quotas."""
    settings, open_work = base.settings, build_billing(base)
    # `build_http_client` is whaticket's because that is where strangers' addresses came up first; it knows nothing of it
    outside = await resources.enter_async_context(
        build_http_client(private_addresses=settings.delivery.private_addresses)
    )
    http = await resources.enter_async_context(httpx2.AsyncClient(trust_env=False, follow_redirects=False))
    gateway, mailer, names = build_gateway(settings, http), build_mailer(settings.mail), PostgresCompanyNames(base.pool)
    billing.register(
        base.broker,
        billing.Money(
            advance=AdvanceSubscription(open_work, now),
            charge=ChargeInvoice(open_work, gateway, names),
            replay=ReplayEvents(open_work),
            cancel_charges=CancelCharges(open_work, gateway),
            tell=TellInvoice(open_work, mailer, names, f"{settings.http.public_url}/painel/plano"),
        ),
        billing.Telling(
            watch=WatchUsage(open_work),
            by_mail=TellByMail(open_work, mailer),
            by_webhook=TellByWebhook(open_work, SignedNews(outside, now)),
        ),
    )
