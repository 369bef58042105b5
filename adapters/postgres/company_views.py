"""Companies as the platform's people see them: register, plan and counters in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from adapters.postgres.pool import Pool, connected
from adapters.postgres.usage import SUMS, use_of
from application.companies.overview import CompanyView
from domain.companies.company import CompanyNotFound, State
from domain.quotas.allowance import Allowance
from domain.shared.ids import TenantId

# Without a plan the cycle is the calendar month where the company lives.
SELECT: Final = f"""
    select t.id, t.name, t.slug, t.state, t.pool, t.created_at, t.closes_at, s.plan_code, s.state as subscription,
        p.messages as most_messages, p.tokens as most_tokens, p.cost as most_cost, u.*,
        (select count(*) from public.memberships m where m.tenant_id = t.id and m.state = 'active') as users,
        (select count(*) from public.whatsapp_connections c where c.tenant_id = t.id) as connections
    from public.tenants t
    left join public.subscriptions s on s.tenant_id = t.id
    left join public.plans p on p.code = s.plan_code
    left join lateral (
        select {SUMS} from public.usage
        where tenant_id = t.id
            and day >= coalesce(s.cycle_first, date_trunc('month', now() at time zone t.time_zone)::date)
    ) u on true
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class PostgresCompanyViews:
    """Implements application.companies.overview.CompanyViews."""

    pool: Pool

    async def all(self, *, below: int | None, limit: int) -> Sequence[CompanyView]:
        query = f"{SELECT} where $1::integer is null or t.id < $1::integer order by t.id desc limit $2"
        async with connected(self.pool) as connection:
            return [_view(row) for row in await connection.fetch(query, below, limit)]

    async def get(self, tenant: TenantId) -> CompanyView:
        async with connected(self.pool) as connection:
            row = await connection.fetchrow(f"{SELECT} where t.id = $1", tenant)
        if row is None:
            raise CompanyNotFound(f"there is no company {tenant}")
        return _view(row)


def _view(row: Any) -> CompanyView:  # noqa: ANN401 - asyncpg has no types
    used = use_of(row)
    allowance = Allowance(row["most_messages"], row["most_tokens"], row["most_cost"])
    return CompanyView(
        id=TenantId(row["id"]),
        name=row["name"],
        slug=row["slug"],
        state=State(row["state"]),
        pool=row["pool"],
        created_at=row["created_at"],
        closes_at=row["closes_at"],
        plan=row["plan_code"],
        subscription=row["subscription"],
        used=used,
        per_cent=None if row["plan_code"] is None else allowance.per_cent(used),
        users=row["users"],
        connections=row["connections"],
    )
