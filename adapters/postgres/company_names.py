"""What a company is called."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.postgres.pool import Pool, connected
from domain.companies.company import CompanyNotFound
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class PostgresCompanyNames:
    pool: Pool

    async def name_of(self, tenant: TenantId) -> str:
        async with connected(self.pool) as connection:
            name: str | None = await connection.fetchval("select name from public.tenants where id = $1", tenant)
        if name is None:
            raise CompanyNotFound(f"there is no company {tenant}")
        return name
