"""One row per company for the platform's people: its plan, its use in the present cycle, its people, lines and dead letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from adapters.postgres.pool import Pool, connected
from adapters.postgres.usage import SUMS, use_of
from application.companies.register import CompanyView
from domain.companies.company import CompanyNotFound, State
from domain.quotas.allowance import Allowance
from domain.shared.ids import TenantId

# Without a plan the cycle is the calendar month where the company lives.
SELECT: Final = f"""
    select t.id, t.name, t.slug, t.state, t.pool, t.time_zone, t.created_at, t.closes_at,
        s.plan_code as plan, p.name as plan_name, s.state as subscription, coalesce(s.price_cents, 0) as price_cents,
        p.messages as most_messages, p.tokens as most_tokens, p.cost as most_cost, u.*,
        (select count(*) from public.memberships m where m.tenant_id = t.id and m.state = 'active') as people,
        (select count(*) from public.whatsapp_connections c where c.tenant_id = t.id and c.state = 'active') as connections,
        (select count(*) from public.jobs j where j.tenant_id = t.id and j.state = 'dead') as dead_letters
    from chosen t
    left join public.subscriptions s on s.tenant_id = t.id
    left join public.plans p on p.code = s.plan_code
    cross join lateral (
        select {SUMS} from public.usage
        where tenant_id = t.id and day >= coalesce(s.cycle_first, date_trunc('month', now() at time zone t.time_zone)::date)
    ) u
    order by t.id desc
"""  # noqa: S608
PAGE: Final = f"""
    with chosen as (
        select * from public.tenants
        where ($1 = '' or position(lower($1) in lower(name)) > 0 or position(lower($1) in slug) > 0)
            and ($2::text is null or state = $2) and ($3::int is null or id < $3)
        order by id desc limit $4
    ) {SELECT}
"""  # noqa: S608
ONE: Final = f"with chosen as (select * from public.tenants where id = $1) {SELECT}"  # noqa: S608
SAME: Final = (
    "name", "slug", "pool", "time_zone", "created_at", "closes_at", "plan", "plan_name", "subscription", "price_cents",
    "people", "connections", "dead_letters",
)  # fmt: skip
"""What the row and the view call alike, and keep alike."""


@dataclass(frozen=True, slots=True)
class PostgresCompanyRegister:
    """Implements application.companies.register.CompanyViews, with the rights of the owner."""

    pool: Pool

    async def page(
        self, *, named: str, state: State | None, after: TenantId | None, limit: int
    ) -> Sequence[CompanyView]:
        async with connected(self.pool) as connection:
            rows = await connection.fetch(PAGE, named, None if state is None else str(state), after, limit)
        return [_view(row) for row in rows]

    async def get(self, id: TenantId) -> CompanyView:
        async with connected(self.pool) as connection:
            row = await connection.fetchrow(ONE, id)
        if row is None:
            raise CompanyNotFound(f"there is no company {id}")
        return _view(row)


def _view(row: Any) -> CompanyView:  # noqa: ANN401 - asyncpg has no types
    return CompanyView(
        id=TenantId(row["id"]),
        state=State(row["state"]),
        allowance=Allowance(row["most_messages"], row["most_tokens"], row["most_cost"]),
        used=use_of(row),
        **{name: row[name] for name in SAME},
    )
