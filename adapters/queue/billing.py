"""What time does to subscriptions, invoices put before their payers, and alerts about quotas."""

from __future__ import annotations

from dataclasses import dataclass

from dramatiq import actor

from adapters.queue.broker import RingBroker
from adapters.telemetry import metrics
from application.billing.advance import AdvanceSubscription
from application.billing.charge_invoice import ChargeInvoice
from application.quotas.tell import TellByMail, TellByWebhook
from application.quotas.watch import WatchUsage
from application.shared.ports import Claim
from domain.shared.ids import AlertId, ContactToTell, InvoiceId


@dataclass(frozen=True, slots=True)
class Telling:
    watch: WatchUsage
    by_mail: TellByMail
    by_webhook: TellByWebhook


def register(broker: RingBroker, advance: AdvanceSubscription, charge: ChargeInvoice, telling: Telling) -> None:
    @actor(broker=broker, actor_name="billing.advance")
    async def advance_subscription(claim: Claim) -> str:
        return await advance(claim)

    @actor(broker=broker, actor_name="billing.charge")
    async def charge_invoice(claim: Claim, invoice: int) -> str:
        return await charge(claim, InvoiceId(invoice))

    @actor(broker=broker, actor_name="quotas.watch")
    async def watch(claim: Claim) -> str:
        raised = await telling.watch(claim)
        for threshold in raised:
            company = metrics.company(claim.tenant)
            metrics.COMPANY_QUOTA_ALERTS.labels(company_id=company, threshold=str(threshold)).inc()
        return "alerted" if raised else "nothing_to_tell"

    @actor(broker=broker, actor_name="quotas.tell_by_mail")
    async def tell_by_mail(claim: Claim, alert: int, contact: int) -> str:
        return await telling.by_mail(claim, AlertId(alert), ContactToTell(contact))

    @actor(broker=broker, actor_name="quotas.tell_by_webhook")
    async def tell_by_webhook(claim: Claim, alert: int) -> str:
        return await telling.by_webhook(claim, AlertId(alert))
