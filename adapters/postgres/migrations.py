"""Brings every schema to the revision this code knows: the shared tables first, then company after company.

Each company is one transaction that also claims it, so several processes share the work, a killed run is
simply started again, and a company whose migration fails keeps its old tables, is noted, and stops nobody.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import cast

import asyncpg
from alembic.util import CommandError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from adapters.postgres import trees
from adapters.postgres.engine import build_engine
from adapters.postgres.names import schema_of
from adapters.postgres.pool import Connection
from adapters.postgres.tenant_schema import prepare_shared, set_search_path
from adapters.postgres.tree import Tree
from domain.shared.errors import NotFound
from domain.shared.ids import TenantId

ONE_AT_A_TIME = 0x5EC2E7A21A
"""The advisory lock of whoever changes the shared tables."""

LOCK_TRIES = 3
LOCK_PAUSE_SECONDS = 0.5
LONGEST_ERROR = 500

FAILURES = (SQLAlchemyError, asyncpg.PostgresError, CommandError)
"""What a migration fails with: through SQLAlchemy, straight from PostgreSQL, or from alembic."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A company whose schema is not at head, and why where a migration failed."""

    tenant: TenantId
    name: str
    revision: str
    error: str | None


@dataclass(frozen=True, slots=True)
class Pending:
    """What `migrate` would do now, or could not do."""

    public: str | None
    public_head: str
    tenants: tuple[Behind, ...]

    @property
    def nothing(self) -> bool:
        return self.public == self.public_head and not self.tenants


async def migrate(url: str, *, processes: int = 1) -> Pending:
    """Upgrades everything and tells what is left behind. A failure in the shared tables is raised."""
    engine = build_engine(url, pool_size=1)
    try:
        await _upgrade_public(engine)
        processes = min(processes, len((await pending(engine)).tenants))
        if processes > 1:
            await _in_processes(url, processes)
        else:
            await _upgrade_tenants(engine)
        return await pending(engine)
    finally:
        await engine.dispose()


async def pending(engine: AsyncEngine) -> Pending:
    """Reads only; also right on an empty database."""
    async with engine.connect() as connection:
        revision = await connection.run_sync(trees.current, Tree.PUBLIC, "public")
        behind = await _behind(connection) if revision is not None else ()
    return Pending(revision, trees.head(Tree.PUBLIC), behind)


async def tenants_with_schema(engine: AsyncEngine) -> list[TenantId]:
    query = text("select id from public.tenants where schema_revision is not null order by id")
    async with engine.connect() as connection:
        return [TenantId(row.id) for row in await connection.execute(query)]


async def downgrade_public(engine: AsyncEngine, to: str) -> None:
    async with engine.begin() as connection:
        await _alone(connection)
        await connection.run_sync(trees.downgrade, Tree.PUBLIC, "public", to)


async def downgrade_tenant(engine: AsyncEngine, tenant: TenantId, to: str) -> None:
    async with engine.begin() as connection:
        await _lock(connection, tenant)
        await set_search_path(await _driver(connection), schema_of(tenant))
        await connection.run_sync(trees.downgrade, Tree.TENANT, schema_of(tenant), to)
        await _note_revision(connection, tenant)


async def _upgrade_public(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await _alone(connection)
        await connection.run_sync(trees.upgrade, Tree.PUBLIC, "public")
        await prepare_shared(await _driver(connection))
        await connection.execute(text("update public.tenants set schema_error = null where schema_error is not null"))


async def _upgrade_tenants(engine: AsyncEngine) -> None:
    """Until none is left that nobody holds and that did not fail in this run."""
    waited: Counter[TenantId] = Counter()
    while (outcome := await _upgrade_next(engine)) is not None:
        tenant, error = outcome
        waited[tenant] += 1
        if error is None:
            continue
        if isinstance(_cause(error), asyncpg.LockNotAvailableError) and waited[tenant] < LOCK_TRIES:
            await asyncio.sleep(LOCK_PAUSE_SECONDS)
        else:
            await _note_failure(engine, tenant, error)


async def _upgrade_next(engine: AsyncEngine) -> tuple[TenantId, Exception | None] | None:
    """The company it claimed and how that ended; None when there was none to claim."""
    tenant: TenantId | None = None
    try:
        async with engine.begin() as connection:
            tenant = await _claim(connection)
            if tenant is not None:
                await set_search_path(await _driver(connection), schema_of(tenant))
                await connection.run_sync(trees.upgrade, Tree.TENANT, schema_of(tenant))
                await _note_revision(connection, tenant)
    except FAILURES as error:
        if tenant is None:
            raise
        return tenant, error
    return (tenant, None) if tenant is not None else None


async def _claim(connection: AsyncConnection) -> TenantId | None:
    """`no key update` lets webhooks go on: their jobs refer to this row."""
    query = text("""
        select id from public.tenants
        where state <> 'closed' and schema_revision <> :head and schema_error is null
        order by id for no key update skip locked limit 1
    """)
    tenant = await connection.scalar(query, {"head": trees.head(Tree.TENANT)})
    return None if tenant is None else TenantId(tenant)


async def _lock(connection: AsyncConnection, tenant: TenantId) -> None:
    """Raises NotFound."""
    query = text("""
        select id from public.tenants where id = :tenant and schema_revision is not null for no key update
    """)
    if await connection.scalar(query, {"tenant": tenant}) is None:
        raise NotFound(f"company {tenant} has no schema")


async def _note_revision(connection: AsyncConnection, tenant: TenantId) -> None:
    revision = await connection.run_sync(trees.current, Tree.TENANT, schema_of(tenant))
    await connection.execute(
        text("""
            update public.tenants set schema_revision = :revision, schema_error = null where id = :tenant
        """),
        {"tenant": tenant, "revision": revision or trees.NOTHING},
    )


async def _note_failure(engine: AsyncEngine, tenant: TenantId, error: Exception) -> None:
    async with engine.begin() as connection:
        await connection.execute(
            text("update public.tenants set schema_error = :error where id = :tenant"),
            {"tenant": tenant, "error": in_brief(error)},
        )


async def _behind(connection: AsyncConnection) -> tuple[Behind, ...]:
    query = text("""
        select id, name, schema_revision, schema_error from public.tenants
        where state <> 'closed' and schema_revision <> :head order by id
    """)
    rows = await connection.execute(query, {"head": trees.head(Tree.TENANT)})
    return tuple(Behind(TenantId(row.id), row.name, row.schema_revision, row.schema_error) for row in rows)


async def _alone(connection: AsyncConnection) -> None:
    """Waits for another run; only after that a lock is a matter of seconds."""
    await connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
    await set_search_path(await _driver(connection), "public")


async def _in_processes(url: str, processes: int) -> None:
    """Processes, not threads or tasks: alembic keeps the migration that runs in a global of its module."""
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        await asyncio.gather(*(loop.run_in_executor(pool, _run_process, url) for _ in range(processes)))


def _run_process(url: str) -> None:
    asyncio.run(_one_process(url))


async def _one_process(url: str) -> None:
    engine = build_engine(url, pool_size=1)
    try:
        await _upgrade_tenants(engine)
    finally:
        await engine.dispose()


async def _driver(connection: AsyncConnection) -> Connection:
    """asyncpg's own connection, inside the transaction that an earlier statement opened."""
    return cast("Connection", (await connection.get_raw_connection()).driver_connection)


def in_brief(error: Exception) -> str:
    """The first words of an error only: its details quote rows, and rows are personal data."""
    cause = _cause(error)
    words = str(cause.args[0]) if cause.args else ""
    return f"{type(cause).__name__}: {words}"[:LONGEST_ERROR]


def _cause(error: Exception) -> BaseException:
    """PostgreSQL's own error behind SQLAlchemy's two wrappings."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.orig.__cause__ or error.orig
    return error
