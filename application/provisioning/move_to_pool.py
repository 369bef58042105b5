"""Moves a company to another pool of workers while messages come in: none is lost, none is answered twice.

The register says where the relay's next messages go; what lies in the company's queue is taken along. A message that the
relay sends to the old pool at this very moment is sent again, to the new one, when nobody takes it up.
"""

from __future__ import annotations

from dataclasses import dataclass

from application.provisioning.ports import Companies, Queues
from domain.companies.company import State
from domain.provisioning.pools import pool_for
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

    async def __call__(self, tenant: TenantId, asked: str) -> Moved:
        """Can be repeated. Raises Invalid where there can be no such pool."""
        company = await self.companies.get(tenant)
        pool = pool_for(tenant, asked)
        if company.state is State.CLOSED:
            raise Refused(f"company {tenant} is {company.state}")
        before = await self.companies.put_into_pool(tenant, pool)
        await self.queues.move(tenant, pool)
        return Moved(before, pool)
