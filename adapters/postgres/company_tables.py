"""Everything in a company's own schema, row by row: read under its own role, all as of one moment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from adapters.postgres.names import quoted, role_of, schema_of
from adapters.postgres.pool import Pool, connected
from adapters.postgres.tenant_schema import set_search_path
from adapters.postgres.tree import Tree
from domain.shared.ids import TenantId

AT_ONCE: Final = 500
SECONDS: Final = 120.0

TABLES: Final = """
    select table_name from information_schema.tables
    where table_schema = $1 and table_type = 'BASE TABLE' and table_name <> $2 order by table_name
"""


@dataclass(frozen=True, slots=True)
class PostgresCompanyTables:
    """Implements application.companies.export.Tables."""

    pool: Pool

    async def rows(self, tenant: TenantId) -> AsyncIterator[tuple[str, str]]:
        """An empty row first, so that empty tables have their part too."""
        schema = schema_of(tenant)
        async with (
            connected(self.pool) as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            names = [row["table_name"] for row in await connection.fetch(TABLES, schema, Tree.TENANT.version_table)]
            database = str(await connection.fetchval("select current_database()"))
            await set_search_path(connection, schema)
            await connection.execute("select set_config('role', $1, true)", role_of(database, tenant))
            for name in names:
                yield name, ""
                query = f"select to_jsonb(t)::text as row from {schema}.{quoted(name)} t"  # noqa: S608
                async for row in connection.cursor(query, prefetch=AT_ONCE, timeout=SECONDS):
                    yield name, row["row"]
