"""Where a company's data live: makes the place, introduces the company, clears it away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import asyncpg

from adapters.postgres.names import role_of, schema_of
from adapters.postgres.pool import Connection, Pool, connected
from adapters.postgres.tenant_schema import LOCK_SECONDS, create_schema, drop_schema, set_search_path
from adapters.postgres.tree import new_schema_revision
from application.provisioning.ports import Profile
from domain.companies.company import CompanyNotFound
from domain.shared.errors import Unavailable
from domain.shared.ids import TenantId

OF_THE_COMPANY: Final = (
    "jobs",
    "whatsapp_connections",
    "calendar_connections",
    "left_calendars",
    "foreign_identities",
    "sign_ons",
    "api_keys",
    "event_endpoints",
    "billing_contacts",
    "letter_tickets",
    "memberships",
    "tenant_keys",
)
"""What goes with a closed company. Its invoices, its usage and what its provider said stay: the books need them."""

PEOPLE_OF_NOWHERE_ELSE: Final = """
    delete from public.users u
    where exists (select from public.memberships m where m.user_id = u.id and m.tenant_id = $1)
        and not exists (select from public.memberships m where m.user_id = u.id and m.tenant_id is distinct from $1)
"""


@dataclass(frozen=True, slots=True)
class PostgresPlaces:
    pool: Pool

    async def make(self, tenant: TenantId) -> None:
        async with self._held(tenant) as (connection, revision):
            if revision is None:
                await create_schema(connection, tenant)
                await _note_revision(connection, tenant, new_schema_revision())

    async def introduce(self, tenant: TenantId, profile: Profile) -> None:
        async with connected(self.pool) as connection, connection.transaction():
            database = await connection.fetchval("select current_database()")
            await set_search_path(connection, schema_of(tenant))
            await connection.execute("select set_config('role', $1, true)", role_of(database, tenant))
            await connection.execute(
                "update persona set business_name = $1, business_facts = $2, updated_at = now()",
                profile.business_name,
                profile.business_facts,
            )

    async def running_jobs(self, tenant: TenantId) -> int:
        query = """
            select count(*) from public.jobs where tenant_id = $1 and state in ('dispatched', 'running')
        """
        async with connected(self.pool) as connection:
            return int(await connection.fetchval(query, tenant))

    async def remove(self, tenant: TenantId) -> None:
        try:
            async with self._held(tenant) as (connection, _):
                await connection.execute("select set_config('lock_timeout', $1, true)", f"{LOCK_SECONDS}s")
                await connection.execute(PEOPLE_OF_NOWHERE_ELSE, tenant)
                for table in OF_THE_COMPANY:
                    await connection.execute(
                        f"delete from public.{table} where tenant_id = $1",  # noqa: S608
                        tenant,
                    )
                await connection.execute(
                    "update public.subscriptions set state = 'ended', updated_at = now() where tenant_id = $1", tenant
                )
                await drop_schema(connection, tenant)
                await _note_revision(connection, tenant, None)
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError) as error:
            raise Unavailable(f"somebody is using the tables of company {tenant}; try again") from error

    @asynccontextmanager
    async def _held(self, tenant: TenantId) -> AsyncIterator[tuple[Connection, str | None]]:
        """A transaction that holds the company's row against migrations, and the revision of its schema."""
        async with connected(self.pool) as connection, connection.transaction():
            row = await connection.fetchrow(
                "select schema_revision from public.tenants where id = $1 for no key update", tenant
            )
            if row is None:
                raise CompanyNotFound(f"there is no company {tenant}")
            yield connection, row["schema_revision"]


async def _note_revision(connection: Connection, tenant: TenantId, revision: str | None) -> None:
    await connection.execute(
        "update public.tenants set schema_revision = $2, schema_error = null where id = $1",
        tenant,
        revision,
    )
