"""An invoice is put before the payer: the provider is asked to collect it, and answers with what a PIX needs."""

from __future__ import annotations

from dataclasses import dataclass

from application.billing.bills import replay_job, tell_job
from application.billing.cancel_charges import take_back
from application.billing.ports import BillingWork, Charge, Invoice, Payer, PaymentGateway
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
        known = await self._known(self.gateway, claim.tenant, plan, references, address)
        charge = await self.gateway.create_charge(
            known[1],
            invoice.bill.due_cents,
            f"Secretaria · {plan.name}",
            key=f"{reference_of(claim.tenant)}:invoice:{invoice.id}",
        )
        return await self._keep(self.gateway, claim, invoice, known, charge)

    async def _known(
        self,
        gateway: PaymentGateway,
        tenant: TenantId,
        plan: Plan,
        references: tuple[str | None, str | None],
        address: str | None,
    ) -> tuple[str, str]:
        """What the provider calls this customer and this subscription, made there if they were not."""
        reference = reference_of(tenant)
        customer, subscription = references
        if customer is None:
            payer = Payer(reference, await self.names.name_of(tenant), address)
            customer = await gateway.create_customer(payer, key=f"{reference}:customer")
        if subscription is None:
            subscription = await gateway.create_subscription(customer, plan, reference, key=f"{reference}:subscription")
        return customer, subscription

    async def _keep(
        self, gateway: PaymentGateway, claim: Claim, invoice: Invoice, known: tuple[str, str], charge: Charge
    ) -> str:
        """Whoever declares the invoice void waits for this transaction, or is seen by it: no charge is left behind."""
        async with self.open_work(claim.tenant) as work:
            if (await work.invoices.get(invoice.id, lock=True)).state != "void":
                await work.subscriptions.refer(*known)
                await work.invoices.attach(invoice.id, charge)
                await work.jobs.add(replay_job())
                for contact in await work.contacts.all():
                    await work.jobs.add(tell_job(invoice.id, contact))
                await work.jobs.finish(claim)
                await work.commit()
                return "charged"
        await take_back(gateway, charge.external_id)
        async with self.open_work(claim.tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()
        return "void"


def reference_of(tenant: TenantId) -> str:
    return f"company-{tenant}"
