"""Moves a company to another pool of workers while messages come in: none is lost, none is answered twice.

The register says where the relay's next messages go; what lies in the company's queue is taken along. A message that the
relay sends to the old pool at this very moment is sent again, to the new one, when nobody takes it up.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from application.companies.ports import PlanOf
from application.provisioning.ports import Companies, Queues
from domain.companies.company import State
from domain.companies.limits import dedicated_workers
from domain.provisioning.pools import dedicated_to, pool_for
from domain.shared.errors import Refused
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class Moved:
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MoveToPool:
    companies: Companies
    queues: Queues
    plan_of: PlanOf

    async def __call__(self, tenant: TenantId, asked: str, *, out_of: Collection[str] | None = None) -> Moved:
        """Can be repeated; whoever is in none of the pools `out_of` stays there.

        Raises Invalid where there can be no such pool, PastLimit where the plan has no workers of its own.
        """
        company = await self.companies.get(tenant)
        pool = pool_for(tenant, asked)
        if company.state is State.CLOSED:
            raise Refused(f"company {tenant} is {company.state}")
        plan = await self.plan_of(tenant)
        if plan is not None and pool == dedicated_to(tenant):
            dedicated_workers(plan)
        before = await self.companies.put_into_pool(tenant, pool, out_of=out_of)
        if out_of is not None and before not in out_of:
            return Moved(before, before)
        await self.queues.move(tenant, pool)
        return Moved(before, pool)
