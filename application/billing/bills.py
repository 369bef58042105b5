"""What follows from a change of a subscription: it is kept, its bill is issued, and its next moment is waited for."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from application.billing.ports import BillingWork
from application.shared.ports import Job
from domain.billing.bill import Bill
from domain.billing.plan import Plan, PlanCode
from domain.billing.subscription import Subscription
from domain.shared.ids import ContactToTell, InvoiceId

ADVANCE: Final = "billing.advance"
CHARGE: Final = "billing.charge"
REPLAY: Final = "billing.replay"
"""Follows what the provider said of this company before we knew that it was this one."""
UNCHARGE: Final = "billing.uncharge"
TELL: Final = "billing.tell_by_mail"

POOL: Final = "companies.pool"
"""Gives a company the workers that its plan includes."""

LAST_TURNS: Final = timedelta(minutes=2)
"""A turn that began before midnight may still count on the day before: a month is added up this long after its end."""


async def keep(work: BillingWork, subscription: Subscription, *bills: Bill | None) -> None:
    await issue(work, *bills)
    await work.subscriptions.save(subscription)
    moment = subscription.next_moment()
    if moment is not None:
        await work.jobs.add(Job(ADVANCE, {}, key=ADVANCE, due_at=moment + LAST_TURNS))


async def issue(work: BillingWork, *bills: Bill | None) -> None:
    for bill in bills:
        if bill is None:
            continue
        id = await work.invoices.issue(bill)
        if id is not None and bill.due_cents > 0:
            await work.jobs.add(charge_job(id))


async def change_workers(work: BillingWork, before: PlanCode | None, after: Plan) -> None:
    """Asked for only where the plans differ in it, so that whoever was placed by hand stays there as long as they do not."""
    had = before is not None and (await work.plans.get(before)).dedicated_worker
    if had is not after.dedicated_worker:
        await work.jobs.add(Job(POOL, {}, key=POOL))


def charge_job(invoice: InvoiceId) -> Job:
    return Job(CHARGE, {"invoice": invoice}, key=f"{CHARGE}:{invoice}")


def replay_job() -> Job:
    """To be added with whatever makes the provider's words about a company known to be about it."""
    return Job(REPLAY, {}, key=REPLAY)


def uncharge_job() -> Job:
    return Job(UNCHARGE, {}, key=UNCHARGE)


def tell_job(invoice: InvoiceId, contact: ContactToTell) -> Job:
    return Job(TELL, {"invoice": invoice, "contact": contact}, key=f"{TELL}:{invoice}:{contact}")
