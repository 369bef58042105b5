"""The plan a company is on, for those who add what plans limit."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.postgres.pool import Pool, connected
from adapters.postgres.subscriptions import PLAN, plan_of
from domain.billing.plan import Plan
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class PostgresPlanOf:
    """Implements application.companies.ports.PlanOf."""

    pool: Pool

    async def __call__(self, tenant: TenantId) -> Plan | None:
        query = f"""
            select {PLAN} from public.subscriptions s join public.plans p on p.code = s.plan_code where s.tenant_id = $1
        """  # noqa: S608
        async with connected(self.pool) as connection:
            row = await connection.fetchrow(query, tenant)
        return None if row is None else plan_of(row)
