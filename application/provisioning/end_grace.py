"""The days of grace are over: the company is closed for good, unless somebody took that back."""

from __future__ import annotations

from dataclasses import dataclass

from application.provisioning.close_company import CloseCompany
from application.provisioning.ports import Companies
from application.shared.ports import Claim, Clock, OpenWork, Work


@dataclass(frozen=True, slots=True)
class EndGrace:
    companies: Companies
    close: CloseCompany
    open_work: OpenWork[Work]
    clock: Clock

    async def __call__(self, claim: Claim) -> str:
        """Closing takes the company's jobs along, this one too."""
        company = await self.companies.get(claim.tenant)
        if company.is_due_to_close(self.clock()):
            await self.close(claim.tenant, force=True)
            return "closed"
        async with self.open_work(claim.tenant) as work:
            if company.closes_at is None:
                await work.jobs.finish(claim)
            else:
                await work.jobs.postpone(claim, company.closes_at)
            await work.commit()
        return "taken_back" if company.closes_at is None else "later"
