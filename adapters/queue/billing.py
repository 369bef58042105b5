"""What time does to subscriptions, invoices put before their payers, and alerts about quotas."""

from __future__ import annotations

from dataclasses import dataclass

from dramatiq import actor

from adapters.queue.broker import RingBroker
from adapters.telemetry import metrics
from application.billing.advance import AdvanceSubscription
from application.billing.cancel_charges import CancelCharges
from application.billing.charge_invoice import ChargeInvoice
from application.billing.replay_events import ReplayEvents
from application.billing.tell_invoice import TellInvoice
from application.quotas.tell import TellByMail, TellByWebhook
from application.quotas.watch import WatchUsage
from application.shared.ports import Claim
from domain.shared.ids import AlertId, ContactToTell, InvoiceId


@dataclass(frozen=True, slots=True)
class Money:
    advance: AdvanceSubscription
    charge: ChargeInvoice
    replay: ReplayEvents
    cancel_charges: CancelCharges
    tell: TellInvoice


@dataclass(frozen=True, slots=True)
class Telling:
    watch: WatchUsage
    by_mail: TellByMail
    by_webhook: TellByWebhook


def register(broker: RingBroker, money: Money, telling: Telling) -> None:
    _register_money(broker, money)
    _register_telling(broker, telling)


def _register_money(broker: RingBroker, money: Money) -> None:
    @actor(broker=broker, actor_name="billing.advance")
    async def advance_subscription(claim: Claim) -> str:
        return await money.advance(claim)

    @actor(broker=broker, actor_name="billing.charge")
    async def charge_invoice(claim: Claim, invoice: int) -> str:
        return await money.charge(claim, InvoiceId(invoice))

    @actor(broker=broker, actor_name="billing.replay")
    async def replay(claim: Claim) -> str:
        return "replayed" if await money.replay(claim.tenant, claim) else "nothing_kept"

    @actor(broker=broker, actor_name="billing.uncharge")
    async def uncharge(claim: Claim) -> str:
        return "cancelled" if await money.cancel_charges(claim.tenant, claim) else "nothing_to_cancel"

    @actor(broker=broker, actor_name="billing.tell_by_mail")
    async def tell_by_mail(claim: Claim, invoice: int, contact: int) -> str:
        return await money.tell(claim, InvoiceId(invoice), ContactToTell(contact))


def _register_telling(broker: RingBroker, telling: Telling) -> None:
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
