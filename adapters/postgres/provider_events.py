"""What the payment provider said, once per id: inside a company's work, and before anybody knows whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from adapters.postgres.pool import Connection, Pool, connected
from application.billing.charge_invoice import reference_of
from application.billing.ports import UNCLAIMED
from domain.billing.told import ProviderEvent
from domain.shared.ids import TenantId

KEEP: Final = """
    insert into public.billing_events (id, type, body, occurred_at, charge, subscription, customer, reference, plan,
        tenant_id, outcome)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing returning id
"""
OWNER: Final = """
    select tenant_id from (
        select tenant_id, 1 as rank from public.charges where external_id = {charge}
        union all select tenant_id, 2 from public.subscriptions where external_id = {subscription}
        union all select tenant_id, 3 from public.subscriptions where customer = {customer}
        union all select tenant_id, 4 from public.subscriptions where {referred}
    ) known order by rank limit 1
"""
OWNER_OF_ONE: Final = OWNER.format(charge="$1", subscription="$2", customer="$3", referred="tenant_id = $4")
COLUMNS: Final = "e.id, e.type, e.body, e.occurred_at, e.charge, e.subscription, e.customer, e.reference, e.plan"
EVERYBODYS: Final = f"""
    select {COLUMNS} from public.billing_events e where e.outcome = '{UNCLAIMED}' order by e.occurred_at, e.id limit $1
"""  # noqa: S608
OWN: Final = f"""
    select {COLUMNS} from public.billing_events e where e.outcome = '{UNCLAIMED}' and ({
    OWNER.format(
        charge="e.charge",
        subscription="e.subscription",
        customer="e.customer",
        referred="tenant_id = $1 and e.reference = $2",
    )
}) = $1 order by e.occurred_at, e.id
"""  # noqa: S608
LARGEST: Final = 2**31 - 1
AT_ONCE: Final = 10_000


class PostgresProviderEvents:
    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection = connection
        self._tenant = tenant

    async def keep(self, event: ProviderEvent, outcome: str) -> bool:
        return await _keep(self._connection, event, self._tenant, outcome)

    async def note(self, event: ProviderEvent, outcome: str) -> None:
        await self._connection.execute(
            "update public.billing_events set outcome = $2, tenant_id = $3 where id = $1",
            event.id,
            outcome,
            self._tenant,
        )

    async def unclaimed(self) -> Sequence[ProviderEvent]:
        return [_event(row) for row in await self._connection.fetch(OWN, self._tenant, reference_of(self._tenant))]


@dataclass(frozen=True, slots=True)
class PostgresProviderInbox:
    pool: Pool

    async def owner(self, event: ProviderEvent) -> TenantId | None:
        """By the provider's own ids, else by the reference we gave it: its first word may overtake our own commit."""
        async with connected(self.pool) as connection:
            return await _owner(connection, event)

    async def keep(self, event: ProviderEvent, outcome: str) -> bool:
        async with connected(self.pool) as connection:
            return await _keep(connection, event, None, outcome)

    async def owners(self) -> Sequence[TenantId]:
        async with connected(self.pool) as connection:
            events = [_event(row) for row in await connection.fetch(EVERYBODYS, AT_ONCE)]
            found = [await _owner(connection, event) for event in events]
        return sorted({tenant for tenant in found if tenant is not None})


async def _owner(connection: Connection, event: ProviderEvent) -> TenantId | None:
    named = (event.charge, event.subscription, event.customer, _referred(event.reference))
    tenant = await connection.fetchval(OWNER_OF_ONE, *named)
    return None if tenant is None else TenantId(tenant)


def _referred(reference: str | None) -> int | None:
    number = (reference or "").rpartition("-")[2]
    if not (number.isdecimal() and number.isascii() and len(number) < 11 and int(number) <= LARGEST):
        return None
    tenant = TenantId(int(number))
    return tenant if reference == reference_of(tenant) else None


async def _keep(connection: Connection, event: ProviderEvent, tenant: TenantId | None, outcome: str) -> bool:
    about = (event.charge, event.subscription, event.customer, event.reference, event.plan)
    kept = await connection.fetchval(KEEP, event.id, event.type, event.body, event.at, *about, tenant, outcome)
    return kept is not None


def _event(row: Any) -> ProviderEvent:  # noqa: ANN401 - asyncpg has no types
    return ProviderEvent(
        id=row["id"],
        type=row["type"],
        at=row["occurred_at"],
        body=row["body"],
        charge=row["charge"],
        subscription=row["subscription"],
        customer=row["customer"],
        reference=row["reference"],
        plan=row["plan"],
    )
