"""How each company stands, asked before every answer and so remembered: the shorter, the less is left of a quota.

What turns under way at the same moment will use is not known yet: a quota may be passed by as many answers as one
company has in flight.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from adapters.postgres.pool import Pool, connected
from adapters.postgres.remembered import Remembered
from adapters.postgres.subscriptions import PLAN, SUBSCRIPTION, plan_of, subscription_of
from adapters.postgres.usage import SUMS, use_of
from application.shared.ports import Clock
from domain.billing.plan import Overage, Plan
from domain.companies.company import CompanyNotFound
from domain.quotas.allowance import Use
from domain.quotas.standing import Gate, Standing
from domain.shared.ids import TenantId

FRESH_SECONDS: Final = 5.0
MOST: Final = 20_000

# A cycle that is over counts nothing more, even where the job that begins the next one is late.
STANDING: Final = f"""
    select t.id as tenant_id, t.time_zone, t.state as company,
        {", ".join(f"s.{column}" for column in SUBSCRIPTION)}, {PLAN.replace("p.price_cents", "p.price_cents as price")},
        u.messages as used_messages, u.calls, u.input_tokens, u.output_tokens, u.cost as used_cost, a.told
    from public.tenants t
    left join public.subscriptions s on s.tenant_id = t.id
    left join public.plans p on p.code = s.plan_code
    left join lateral (
        select {SUMS} from public.usage
        where tenant_id = s.tenant_id and day >= case
            when s.cycle_until <= ($2::timestamptz at time zone t.time_zone)::date then s.cycle_until else s.cycle_first end
    ) u on true
    left join lateral (
        select array_agg(threshold) as told from public.quota_alerts
        where tenant_id = s.tenant_id and cycle_first = s.cycle_first
    ) a on true
    where t.id = $1
"""  # noqa: S608


class PostgresQuotas:
    """Belongs to one event loop. Raises DatabaseAway."""

    def __init__(self, pool: Pool, clock: Clock) -> None:
        self._pool = pool
        self._clock = clock
        self._remembered = Remembered(self._ask, absent_seconds=FRESH_SECONDS, most=MOST)

    async def standing(self, tenant: TenantId) -> Standing:
        standing = await self._remembered.get(tenant)
        if standing is None:
            raise CompanyNotFound(f"there is no company {tenant}")
        return standing

    async def _ask(self, tenant: TenantId) -> tuple[Standing, float] | None:
        now = self._clock()
        async with connected(self._pool) as connection:
            row = await connection.fetchrow(STANDING, tenant, now)
        return None if row is None else _standing(row, now)


def _standing(row: Any, now: datetime) -> tuple[Standing, float]:  # noqa: ANN401 - asyncpg has no types
    zone = ZoneInfo(row["time_zone"])
    if row["company"] not in ("active", "opening"):
        return Standing(zone, Gate.SUSPENDED), FRESH_SECONDS
    if row["plan_code"] is None:
        return Standing(zone), FRESH_SECONDS
    plan = plan_of({**row, "price_cents": row["price"]})
    use = use_of({**row, "messages": row["used_messages"], "cost": row["used_cost"]})
    watch = plan.allowance.worth_watching(use, row["told"] or ())
    serves = subscription_of(row).serves(now)
    return Standing(zone, _gate(plan, use, serves=serves), watch), plan.allowance.holds_for(use, longest=FRESH_SECONDS)


def _gate(plan: Plan, use: Use, *, serves: bool) -> Gate:
    if not serves:
        return Gate.UNPAID
    if plan.overage is Overage.STOP and plan.allowance.exhausted(use):
        return Gate.USED_UP
    return Gate.OPEN
