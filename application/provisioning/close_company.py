"""Closes a company: its data, role and connections go; its number stays, never to be used again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from application.provisioning.ports import Companies, Places, Queues
from domain.companies.company import Company, State
from domain.shared.errors import Refused
from domain.shared.ids import TenantId


class JobsStillRun(Refused):
    """Somebody is being answered at this moment; wait a little, or force it."""


@dataclass(frozen=True, slots=True)
class CloseCompany:
    companies: Companies
    places: Places
    queues: Queues

    async def __call__(
        self, tenant: TenantId, *, force: bool = False, only_if: Callable[[Company], bool] | None = None
    ) -> Company:
        """Can be repeated until it succeeds, and after that too. Raises JobsStillRun.

        `only_if` is asked when nobody can change the company any more; where it says no, nothing happens.
        """
        company = await self.companies.get(tenant)
        async with self.companies.alone(company.slug):
            company = await self.companies.get(tenant)
            if company.state is State.CLOSED or (only_if is not None and not only_if(company)):
                return company
            if not force and (running := await self.places.running_jobs(tenant)):
                raise JobsStillRun(f"{running} jobs of company {tenant} are running")
            company.begin_closing()
            await self.companies.save(company)
            await self.places.remove(tenant)
            await self.queues.forget(tenant)
            company.close()
            await self.companies.save(company)
        return company
