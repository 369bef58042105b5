"""Who pays the bills is written about each one, with the PIX code in the letter."""

from __future__ import annotations

from dataclasses import dataclass

from application.billing.ports import BillingWork
from application.billing.texts import BillLetter
from application.companies.ports import CompanyNames
from application.shared.mail import Mailer
from application.shared.ports import Claim, OpenWork
from domain.shared.ids import ContactToTell, InvoiceId


@dataclass(frozen=True, slots=True)
class TellInvoice:
    """One job for each who is told. A crash after the mail server's yes sends the letter twice; never not at all."""

    open_work: OpenWork[BillingWork]
    mailer: Mailer
    names: CompanyNames
    page: str

    async def __call__(self, claim: Claim, id: InvoiceId, contact: ContactToTell) -> str:
        async with self.open_work(claim.tenant) as work:
            invoice = await work.invoices.get(id)
            plan = await work.plans.get(invoice.bill.plan)
            zone = await work.subscriptions.zone()
            address = await work.contacts.address(contact)
        charge = invoice.charge if invoice.state == "open" else None
        if address is not None and charge is not None:
            company = await self.names.name_of(claim.tenant)
            written = BillLetter(company, plan, invoice, charge, zone, self.page)
            await self.mailer.send(written.to(address))
        async with self.open_work(claim.tenant) as work:
            await work.jobs.finish(claim)
            await work.commit()
        return "nobody_to_tell" if address is None else "told" if charge else "nothing_to_pay"
