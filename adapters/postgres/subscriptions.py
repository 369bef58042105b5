"""Plans and subscriptions as rows: two pure functions each, and the statements around them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final
from zoneinfo import ZoneInfo

from adapters.postgres.pool import Connection, Pool, connected
from domain.billing.plan import Overage, Plan, PlanCode, PlanNotFound
from domain.billing.subscription import State, Subscription
from domain.billing.word import Word
from domain.quotas.allowance import Allowance
from domain.shared.ids import TenantId

PLAN: Final = (
    "p.code, p.name, p.price_cents, p.messages, p.tokens, p.cost, p.users, p.connections, p.dedicated_worker,"
    " p.overage, p.overage_cents, p.on_sale"
)
SUBSCRIPTION: Final = (
    "plan_code", "price_cents", "state", "anchor", "cycle", "trial_until", "cycle_first", "cycle_until",
    "unpaid_since", "past_due_since", "stops_at_end", "credit_cents", "standing", "standing_at", "payment",
    "payment_at", "plan_told_at",
)  # fmt: skip
FOUND: Final = "select s.tenant_id, t.time_zone, " + ", ".join(f"s.{column}" for column in SUBSCRIPTION)


class PostgresPlans:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def all(self) -> Sequence[Plan]:
        rows = await self._connection.fetch(f"select {PLAN} from public.plans p order by p.price_cents, p.code")  # noqa: S608
        return [plan_of(row) for row in rows]

    async def get(self, code: PlanCode) -> Plan:
        row = await self._connection.fetchrow(f"select {PLAN} from public.plans p where p.code = $1", code)  # noqa: S608
        if row is None:
            raise PlanNotFound("there is no such plan")
        return plan_of(row)

    async def put(self, plan: Plan) -> None:
        await self._connection.execute(_PUT_PLAN, *plan_row(plan))


@asynccontextmanager
async def open_plans(pool: Pool) -> AsyncIterator[PostgresPlans]:
    """Outside any company's work."""
    async with connected(pool) as connection:
        yield PostgresPlans(connection)


class PostgresSubscriptions:
    """The subscription of one company."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection = connection
        self._tenant = tenant

    async def find(self, *, lock: bool = False) -> Subscription | None:
        row = await self._connection.fetchrow(
            f"{FOUND} from public.subscriptions s join public.tenants t on t.id = s.tenant_id where s.tenant_id = $1"
            + (" for update of s" if lock else ""),
            self._tenant,
        )
        return None if row is None else subscription_of(row)

    async def save(self, subscription: Subscription) -> None:
        """Adds it, or writes over the one that is there."""
        await self._connection.execute(_SAVE, self._tenant, *subscription_row(subscription))

    async def zone(self) -> ZoneInfo:
        name = await self._connection.fetchval("select time_zone from public.tenants where id = $1", self._tenant)
        return ZoneInfo(name)

    async def references(self) -> tuple[str | None, str | None]:
        """What the provider calls this customer and this subscription."""
        row = await self._connection.fetchrow(
            "select customer, external_id from public.subscriptions where tenant_id = $1", self._tenant
        )
        return (row["customer"], row["external_id"]) if row else (None, None)

    async def refer(self, customer: str, subscription: str) -> None:
        await self._connection.execute(
            "update public.subscriptions set customer = $2, external_id = $3 where tenant_id = $1",
            self._tenant,
            customer,
            subscription,
        )


def plan_of(row: Any) -> Plan:  # noqa: ANN401 - asyncpg has no types
    return Plan(
        code=PlanCode(row["code"]),
        name=row["name"],
        price_cents=row["price_cents"],
        allowance=Allowance(row["messages"], row["tokens"], row["cost"]),
        users=row["users"],
        connections=row["connections"],
        dedicated_worker=row["dedicated_worker"],
        overage=Overage(row["overage"]),
        overage_cents=row["overage_cents"],
        on_sale=row["on_sale"],
    )


def plan_row(plan: Plan) -> tuple[object, ...]:
    of = plan.allowance
    return (
        plan.code, plan.name, plan.price_cents, of.messages, of.tokens, of.cost, plan.users, plan.connections,
        plan.dedicated_worker, str(plan.overage), plan.overage_cents, plan.on_sale,
    )  # fmt: skip


def subscription_of(row: Any) -> Subscription:  # noqa: ANN401
    return Subscription(
        tenant=TenantId(row["tenant_id"]),
        plan=PlanCode(row["plan_code"]),
        price_cents=row["price_cents"],
        state=State(row["state"]),
        anchor=row["anchor"],
        zone=ZoneInfo(row["time_zone"]),
        index=row["cycle"],
        trial_until=row["trial_until"],
        unpaid_since=row["unpaid_since"],
        past_due_since=row["past_due_since"],
        stops_at_end=row["stops_at_end"],
        credit_cents=row["credit_cents"],
        standing=Word(row["standing"], row["standing_at"]) if row["standing"] else None,
        payment=Word(row["payment"], row["payment_at"]) if row["payment"] else None,
        plan_told_at=row["plan_told_at"],
    )


def subscription_row(one: Subscription) -> tuple[object, ...]:
    cycle, standing, payment = one.cycle, one.standing, one.payment
    return (
        one.plan, one.price_cents, str(one.state), one.anchor, one.index, one.trial_until, cycle.first, cycle.until,
        one.unpaid_since, one.past_due_since, one.stops_at_end, one.credit_cents,
        standing.what if standing else None, standing.at if standing else None,
        payment.what if payment else None, payment.at if payment else None, one.plan_told_at,
    )  # fmt: skip


_PLAN_COLUMNS = tuple(column.strip().removeprefix("p.") for column in PLAN.split(","))

_PUT_PLAN = f"""
    insert into public.plans ({", ".join(_PLAN_COLUMNS)})
    values ({", ".join(f"${n}" for n in range(1, len(_PLAN_COLUMNS) + 1))})
    on conflict (code) do update set {", ".join(f"{column} = excluded.{column}" for column in _PLAN_COLUMNS[1:])}
"""  # noqa: S608

_SAVE = f"""
    insert into public.subscriptions (tenant_id, {", ".join(SUBSCRIPTION)})
    values ({", ".join(f"${n}" for n in range(1, len(SUBSCRIPTION) + 2))})
    on conflict (tenant_id) do update set updated_at = now(),
        {", ".join(f"{column} = excluded.{column}" for column in SUBSCRIPTION)}
"""  # noqa: S608
