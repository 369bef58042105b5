"""Alerts about quotas, the people who hear of them, and the address where a company's own systems do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from adapters.postgres.audit import enter
from adapters.postgres.pool import Connection
from adapters.postgres.tenant_keys import key_of
from application.quotas.ports import Alert, AlertNotFound, Delivered, Endpoint
from application.shared.secrets import Cell, Vault
from domain.quotas.allowance import Use
from domain.shared.ids import AlertId, ContactToTell, TenantId

ENDPOINTS: Final = "event_endpoints"


class PostgresAlerts:
    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection = connection
        self._tenant = tenant

    async def raise_once(self, cycle: date, threshold: int, use: Use) -> AlertId | None:
        id: int | None = await self._connection.fetchval(
            "insert into public.quota_alerts (tenant_id, cycle_first, threshold, messages, tokens, cost)"
            " values ($1, $2, $3, $4, $5, $6) on conflict on constraint quota_alerts_once do nothing returning id",
            self._tenant,
            cycle,
            threshold,
            use.messages,
            use.tokens,
            use.cost,
        )
        return None if id is None else AlertId(id)

    async def get(self, id: AlertId) -> Alert:
        row = await self._connection.fetchrow(f"{_SELECT} and id = $2", self._tenant, id)
        if row is None:
            raise AlertNotFound(f"there is no alert {id}")
        return _alert(row)

    async def lately(self, limit: int) -> Sequence[Alert]:
        rows = await self._connection.fetch(f"{_SELECT} order by id desc limit $2", self._tenant, limit)
        return [_alert(row) for row in rows]


class PostgresContactsToTell:
    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection = connection
        self._tenant = tenant

    async def all(self) -> Sequence[ContactToTell]:
        rows = await self._connection.fetch(
            "select id from public.billing_contacts where tenant_id = $1 order by id", self._tenant
        )
        return [ContactToTell(row["id"]) for row in rows]

    async def address(self, contact: ContactToTell) -> str | None:
        address: str | None = await self._connection.fetchval(
            "select email from public.billing_contacts where tenant_id = $1 and id = $2", self._tenant, contact
        )
        return address

    async def put(self, addresses: Sequence[str]) -> None:
        before = await self._how_many()
        await self._connection.execute(
            "delete from public.billing_contacts where tenant_id = $1 and email <> all ($2::text[])",
            self._tenant,
            list(addresses),
        )
        await self._connection.execute(
            "insert into public.billing_contacts (tenant_id, email) select $1, unnest($2::text[])"
            " on conflict on constraint billing_contacts_once do nothing",
            self._tenant,
            list(addresses),
        )
        await enter(
            self._connection,
            self._tenant,
            "billing.contacts",
            f"company:{self._tenant}",
            {"how_many": before},
            {"how_many": await self._how_many(), "changed": True},
        )

    async def _how_many(self) -> int:
        query = "select count(*) from public.billing_contacts where tenant_id = $1"
        return int(await self._connection.fetchval(query, self._tenant))


class PostgresEndpoints:
    """The secret lies sealed with the company's own key."""

    def __init__(self, connection: Connection, tenant: TenantId, vault: Vault) -> None:
        self._connection = connection
        self._tenant = tenant
        self._vault = vault

    async def get(self) -> Endpoint | None:
        row = await self._connection.fetchrow(
            "select url, secret from public.event_endpoints where tenant_id = $1", self._tenant
        )
        if row is None:
            return None
        key = await key_of(self._connection, self._vault, self._tenant)
        return Endpoint(row["url"], self._vault.open(key, self._cell, row["secret"]))

    async def put(self, endpoint: Endpoint | None) -> None:
        if endpoint is None:
            await self._connection.execute("delete from public.event_endpoints where tenant_id = $1", self._tenant)
        else:
            await self._write(endpoint)
        on = {"on": endpoint is not None}
        await enter(self._connection, self._tenant, "billing.webhook", f"company:{self._tenant}", after=on)

    async def _write(self, endpoint: Endpoint) -> None:
        key = await key_of(self._connection, self._vault, self._tenant)
        await self._connection.execute(
            "insert into public.event_endpoints (tenant_id, url, secret) values ($1, $2, $3)"
            " on conflict (tenant_id) do update set url = excluded.url, secret = excluded.secret, updated_at = now()",
            self._tenant,
            endpoint.url,
            self._vault.seal(key, self._cell, endpoint.secret),
        )

    async def log(self, event: str, attempt: int, delivered: Delivered) -> None:
        await self._connection.execute(
            "insert into public.event_deliveries (tenant_id, event, attempt, outcome, status, seconds)"
            " values ($1, $2, $3, $4, $5, $6)",
            self._tenant,
            event,
            attempt,
            delivered.outcome,
            delivered.status,
            delivered.seconds,
        )

    @property
    def _cell(self) -> Cell:
        return Cell(self._tenant, ENDPOINTS, "secret", str(self._tenant))


_SELECT: Final = """
    select id, cycle_first, threshold, messages, tokens, cost, created_at from public.quota_alerts where tenant_id = $1
"""


def _alert(row: Any) -> Alert:  # noqa: ANN401 - asyncpg has no types
    """Tokens are kept as one sum: an alert is about how full a plan is."""
    use = Use(messages=row["messages"], input_tokens=row["tokens"], cost=row["cost"])
    return Alert(AlertId(row["id"]), row["cycle_first"], row["threshold"], use, row["created_at"])
