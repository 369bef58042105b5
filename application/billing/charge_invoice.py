"""An invoice is put before the payer: the provider is asked to collect it, and answers with what a PIX needs."""

from __future__ import annotations

from dataclasses import dataclass

from application.billing.ports import BillingWork, Invoice, Payer, PaymentGateway
from application.companies.ports import CompanyNames
from application.shared.ports import Claim, OpenWork
from domain.billing.plan import Plan
from domain.shared.ids import InvoiceId, TenantId


@dataclass(frozen=True, slots=True)
class ChargeInvoice:
    """Without a gateway invoices are collected by hand, and nothing is asked of anybody.

    Every call carries a key made of our own numbers: after a crash the provider hears the same key and does nothing twice.
    """

    open_work: OpenWork[BillingWork]
    gateway: PaymentGateway | None
    names: CompanyNames

    async def __call__(self, claim: Claim, id: InvoiceId) -> str:
        async with self.open_work(claim.tenant) as work:
            invoice = await work.invoices.get(id)
            plan = await work.plans.get(invoice.bill.plan)
            references = await work.subscriptions.references()
            contacts = await work.contacts.all()
            address = await work.contacts.address(contacts[0]) if contacts else None
            if self.gateway is None or invoice.state != "open" or invoice.charge is not None:
                await work.jobs.finish(claim)
                await work.commit()
                return "nothing_to_charge"
        await self._charge(self.gateway, claim, invoice, plan, references, address)
        return "charged"

    async def _charge(
        self,
        gateway: PaymentGateway,
        claim: Claim,
        invoice: Invoice,
        plan: Plan,
        references: tuple[str | None, str | None],
        address: str | None,
    ) -> None:
        reference = reference_of(claim.tenant)
        customer, subscription = references
        if customer is None:
            payer = Payer(reference, await self.names.name_of(claim.tenant), address)
            customer = await gateway.create_customer(payer, key=f"{reference}:customer")
        if subscription is None:
            subscription = await gateway.create_subscription(customer, plan, reference, key=f"{reference}:subscription")
        charge = await gateway.create_charge(
            subscription, invoice.bill.due_cents, f"Secretaria · {plan.name}", key=f"{reference}:invoice:{invoice.id}"
        )
        async with self.open_work(claim.tenant) as work:
            await work.subscriptions.refer(customer, subscription)
            await work.invoices.attach(invoice.id, charge)
            await work.jobs.finish(claim)
            await work.commit()


def reference_of(tenant: TenantId) -> str:
    return f"company-{tenant}"
