"""What the payment provider said, once per id: inside a company's work, and before anybody knows whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from adapters.postgres.pool import Connection, Pool, connected
from application.billing.charge_invoice import reference_of
from domain.billing.told import ProviderEvent
from domain.shared.ids import TenantId

KEEP: Final = """
    insert into public.billing_events (id, type, body, occurred_at, tenant_id, outcome)
    values ($1, $2, $3::jsonb, $4, $5, $6) on conflict (id) do nothing returning id
"""
OWNER: Final = """
    select tenant_id from (
        select tenant_id, 1 as rank from public.charges where external_id = $1
        union all select tenant_id, 2 from public.subscriptions where external_id = $2
        union all select tenant_id, 3 from public.subscriptions where customer = $3
        union all select tenant_id, 4 from public.subscriptions where tenant_id = $4
    ) known order by rank limit 1
"""
LARGEST: Final = 2**31 - 1


class PostgresProviderEvents:
    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection = connection
        self._tenant = tenant

    async def keep(self, event: ProviderEvent, outcome: str) -> bool:
        return await _keep(self._connection, event, self._tenant, outcome)

    async def note(self, event: ProviderEvent, outcome: str) -> None:
        await self._connection.execute("update public.billing_events set outcome = $2 where id = $1", event.id, outcome)


@dataclass(frozen=True, slots=True)
class PostgresProviderInbox:
    pool: Pool

    async def owner(self, event: ProviderEvent) -> TenantId | None:
        """By the provider's own ids, else by the reference we gave it: its first word may overtake our own commit."""
        async with connected(self.pool) as connection:
            tenant = await connection.fetchval(
                OWNER, event.charge, event.subscription, event.customer, _referred(event.reference)
            )
        return None if tenant is None else TenantId(tenant)

    async def keep(self, event: ProviderEvent, outcome: str) -> bool:
        async with connected(self.pool) as connection:
            return await _keep(connection, event, None, outcome)


def _referred(reference: str | None) -> int | None:
    number = (reference or "").rpartition("-")[2]
    if not (number.isdecimal() and number.isascii() and len(number) < 11 and int(number) <= LARGEST):
        return None
    tenant = TenantId(int(number))
    return tenant if reference == reference_of(tenant) else None


async def _keep(connection: Connection, event: ProviderEvent, tenant: TenantId | None, outcome: str) -> bool:
    kept = await connection.fetchval(KEEP, event.id, event.type, event.body, event.at, tenant, outcome)
    return kept is not None
