"""A company rests, comes back, or says good-bye with days of grace: nothing is lost by any of these.

While it rests its webhooks are kept, whoever writes is told by one fixed text that a person will answer, and its people may
look at everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from application.provisioning.ports import Companies
from application.shared.ports import Clock, Job, OpenWork, Work
from domain.companies.company import Company
from domain.shared.ids import TenantId

CLOSE: Final = "companies.close"
"""The job that closes a company when its days of grace are over."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Every method can be repeated. Raises CompanyNotFound, CompanyBusy and ImpossibleMove."""

    companies: Companies
    open_work: OpenWork[Work]
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
            company.resume()
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
                await work.commit()
            await self.companies.save(company)
        return company
