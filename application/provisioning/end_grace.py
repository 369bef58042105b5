"""The days of grace are over: the company is closed for good, unless somebody took that back."""

from __future__ import annotations

from dataclasses import dataclass

from application.provisioning.close_company import CloseCompany
from application.shared.ports import Claim, Clock, OpenWork, Work
from domain.companies.company import Company, State


@dataclass(frozen=True, slots=True)
class EndGrace:
    close: CloseCompany
    open_work: OpenWork[Work]
    clock: Clock

    async def __call__(self, claim: Claim) -> str:
        """Closing takes the company's jobs along, this one too."""
        company = await self.close(claim.tenant, force=True, only_if=self._is_due)
        if company.state is State.CLOSED:
            return "closed"
        async with self.open_work(claim.tenant) as work:
            if company.closes_at is None:
                await work.jobs.finish(claim)
            else:
                await work.jobs.postpone(claim, company.closes_at)
            await work.commit()
        return "taken_back" if company.closes_at is None else "later"

    def _is_due(self, company: Company) -> bool:
        return company.is_due_to_close(self.clock())
