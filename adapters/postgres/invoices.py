"""Bills as rows, and what the provider was asked to collect for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from adapters.postgres.pool import Connection
from application.billing.ports import Charge, Invoice, InvoiceNotFound
from domain.billing.bill import Bill, Kind
from domain.billing.plan import PlanCode
from domain.shared.ids import InvoiceId, TenantId

SELECT: Final = """
    select i.id, i.kind, i.plan_code, i.cycle_first, i.cents, i.credit_cents, i.issued_at, i.state,
        c.external_id, c.pix_copy_paste, c.pix_qr, c.expires_at
    from public.invoices i left join public.charges c on c.invoice_id = i.id where i.tenant_id = $1
"""


class PostgresInvoices:
    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection = connection
        self._tenant = tenant

    async def issue(self, bill: Bill) -> InvoiceId | None:
        id: int | None = await self._connection.fetchval(
            "insert into public.invoices (tenant_id, key, kind, plan_code, cycle_first, cents, credit_cents, issued_at,"
            " state, state_at) values ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz, $9::text,"
            " case when $9::text = 'paid' then $8::timestamptz end)"
            " on conflict on constraint invoices_once do nothing returning id",
            self._tenant,
            f"{bill.kind}:{bill.at.isoformat()}",
            str(bill.kind),
            bill.plan,
            bill.cycle,
            bill.cents,
            bill.credit_cents,
            bill.at,
            "open" if bill.due_cents else "paid",
        )
        return None if id is None else InvoiceId(id)

    async def get(self, id: InvoiceId, *, lock: bool = False) -> Invoice:
        held = " for update of i" if lock else ""
        row = await self._connection.fetchrow(f"{SELECT} and i.id = $2{held}", self._tenant, id)
        if row is None:
            raise InvoiceNotFound(f"there is no invoice {id}")
        return _invoice(row)

    async def lately(self, limit: int) -> Sequence[Invoice]:
        rows = await self._connection.fetch(f"{SELECT} order by i.id desc limit $2", self._tenant, limit)
        return [_invoice(row) for row in rows]

    async def attach(self, id: InvoiceId, charge: Charge) -> None:
        await self._connection.execute(
            "insert into public.charges (invoice_id, tenant_id, external_id, pix_copy_paste, pix_qr, expires_at)"
            " values ($1, $2, $3, $4, $5, $6) on conflict on constraint charges_once do nothing",
            id,
            self._tenant,
            charge.external_id,
            charge.pix_copy_paste,
            charge.pix_qr,
            charge.expires_at,
        )

    async def settle(self, charge: str, state: str, at: datetime) -> None:
        await self._connection.execute(
            "update public.invoices i set state = $3, state_at = $4 from public.charges c"
            " where c.invoice_id = i.id and i.tenant_id = $1 and c.external_id = $2 and i.state <> 'void'"
            " and (i.state_at is null or i.state_at < $4)",
            self._tenant,
            charge,
            state,
            at,
        )

    async def settle_open(self, state: str, at: datetime) -> None:
        await self._connection.execute(
            "update public.invoices set state = $2, state_at = $3 where tenant_id = $1 and state = 'open'"
            " and issued_at <= $3 and (state_at is null or state_at < $3)",
            self._tenant,
            state,
            at,
        )

    async def open_since(self) -> datetime | None:
        since: datetime | None = await self._connection.fetchval(
            "select min(issued_at) from public.invoices where tenant_id = $1 and state = 'open'", self._tenant
        )
        return since

    async def charges_without_effect(self) -> Sequence[str]:
        rows = await self._connection.fetch(
            "select c.external_id from public.charges c join public.invoices i on i.id = c.invoice_id"
            " where i.tenant_id = $1 and i.state = 'void' and c.cancelled_at is null order by c.id",
            self._tenant,
        )
        return [row["external_id"] for row in rows]

    async def charge_is_cancelled(self, charge: str) -> None:
        await self._connection.execute(
            "update public.charges set cancelled_at = now() where tenant_id = $1 and external_id = $2",
            self._tenant,
            charge,
        )


def _invoice(row: Any) -> Invoice:  # noqa: ANN401 - asyncpg has no types
    bill = Bill(
        Kind(row["kind"]), PlanCode(row["plan_code"]), row["cycle_first"], row["cents"], row["credit_cents"],
        row["issued_at"],
    )  # fmt: skip
    charge = None
    if row["external_id"] is not None:
        charge = Charge(row["external_id"], row["pix_copy_paste"], row["pix_qr"], row["expires_at"])
    return Invoice(InvoiceId(row["id"]), bill, row["state"], charge)
