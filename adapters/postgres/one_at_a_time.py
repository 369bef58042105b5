"""What a plan limits is counted and added by one transaction of a company at a time, so that no two find the same last place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.postgres.pool import Connection
from domain.shared.ids import TenantId


@asynccontextmanager
async def one_at_a_time(connection: Connection, tenant: TenantId | None) -> AsyncIterator[None]:
    """A transaction that holds the company's row; what reads or serves the company does not wait for it."""
    async with connection.transaction():
        await connection.execute("select from public.tenants where id = $1 for no key update", tenant)
        yield
