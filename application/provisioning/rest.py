"""A company rests, comes back, or says good-bye with days of grace: nothing is lost by any of these.

While it rests its webhooks are kept, whoever writes is told by one fixed text that a person will answer, and its people may
look at everything. Who is leaving is billed no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from application.billing.ports import BillingWork
from application.billing.say_good_bye import go_on_billing, stop_billing
from application.provisioning.ports import Companies
from application.shared.ports import Clock, Job, OpenWork
from domain.companies.company import Company
from domain.shared.ids import TenantId

CLOSE: Final = "companies.close"
"""The job that closes a company when its days of grace are over."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Every method can be repeated. Raises CompanyNotFound, CompanyBusy and ImpossibleMove."""

    companies: Companies
    open_work: OpenWork[BillingWork]
    clock: Clock

    async def suspend(self, tenant: TenantId) -> Company:
        company = await self.companies.get(tenant)
        async with self.companies.alone(company.slug):
            company = await self.companies.get(tenant)
            company.suspend()
            await self.companies.save(company)
        return company

    async def resume(self, tenant: TenantId) -> Company:
        company = await self.companies.get(tenant)
        async with self.companies.alone(company.slug):
            company = await self.companies.get(tenant)
            was_leaving = company.closes_at is not None
            company.resume()
            if was_leaving:
                async with self.open_work(tenant) as work:
                    await go_on_billing(work, self.clock)
                    await work.commit()
            await self.companies.save(company)
        return company

    async def leave(self, tenant: TenantId, *, days: int) -> Company:
        """The job first: without it the company would rest for ever. It looks at the company's date before it does anything."""
        company = await self.companies.get(tenant)
        async with self.companies.alone(company.slug):
            company = await self.companies.get(tenant)
            company.leave(now=self.clock(), days=days)
            async with self.open_work(tenant) as work:
                await work.jobs.add(Job(CLOSE, {}, key=CLOSE, due_at=company.closes_at))
                await stop_billing(work, self.clock)
                await work.commit()
            await self.companies.save(company)
        return company
