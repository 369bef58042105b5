"""Both trees of migrations, on a real PostgreSQL whose owner is no superuser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from adapters.postgres import trees
from adapters.postgres.engine import asyncpg_url, build_engine
from adapters.postgres.migrations import downgrade_public, downgrade_tenant, migrate, pending
from adapters.postgres.pool import Pool, connected
from adapters.postgres.tree import NEW_SCHEMA, Tree
from adapters.postgres.trees import LATEST, NOTHING, rendered_schema
from domain.shared.errors import Invalid, NotFound
from domain.shared.ids import TenantId
from tests.integration.postgres.catalog import catalog_of, tables_of
from tests.integration.postgres.conftest import OpenIt

WAITING = """
    select exists (
        select from pg_stat_activity
        where application_name = 'secretaria migrate' and wait_event_type = 'Lock' and datname = current_database()
    )
"""
FIVE = [TenantId(number) for number in range(1, 6)]
BROKEN = TenantId(3)


@pytest.fixture
async def engine(database: str) -> AsyncIterator[AsyncEngine]:
    engine = build_engine(database, pool_size=2)
    yield engine
    await engine.dispose()


async def step(engine: AsyncEngine, tree: Tree, schema: str, to: str, *, up: bool) -> None:
    async with engine.begin() as connection:
        await connection.exec_driver_sql(f"select set_config('search_path', '{schema}', true)")
        await connection.run_sync(trees.upgrade if up else trees.downgrade, tree, schema, to)


@pytest.mark.parametrize(("tree", "schema"), [(Tree.PUBLIC, "public"), (Tree.TENANT, "tenant_1")])
async def test_every_revision_goes_up_down_and_up_again(database: str, engine: AsyncEngine, tree: Tree, schema: str):
    plain = await asyncpg.connect(database)
    await plain.execute(f"create schema if not exists {schema}")
    if tree is Tree.TENANT:
        await step(
            engine, Tree.PUBLIC, "public", LATEST, up=True
        )  # companies' tables use an extension that lives there
    below = NOTHING

    for revision in trees.revisions(tree):
        before = await catalog_of(plain, schema)
        await step(engine, tree, schema, revision, up=True)
        first = await catalog_of(plain, schema)
        await step(engine, tree, schema, below, up=False)
        back = await catalog_of(plain, schema)
        await step(engine, tree, schema, revision, up=True)

        assert await catalog_of(plain, schema) == first
        assert without_version_table(back, tree) == without_version_table(before, tree), revision
        below = revision

    await step(engine, tree, schema, NOTHING, up=False)
    assert await tables_of(plain, schema) == [tree.version_table]
    await plain.close()


def without_version_table(catalog: dict[str, list[str]], tree: Tree) -> dict[str, list[str]]:
    """The first way up makes alembic's own table, and no way down removes it."""
    return {kind: [line for line in lines if tree.version_table not in line] for kind, lines in catalog.items()}


def test_the_new_schema_script_is_what_make_schema_would_write():
    assert NEW_SCHEMA.read_text(encoding="utf-8") == rendered_schema(), "a revision changed: `make schema`"


async def test_the_new_schema_script_makes_what_the_migrations_make(
    migrated: str, pool: Pool, engine: AsyncEngine, open_company: OpenIt
):
    tenant = (await open_company("Pelo roteiro")).company.id
    async with connected(pool) as connection:
        await connection.execute("create schema by_migrations")
        await step(engine, Tree.TENANT, "by_migrations", LATEST, up=True)

        by_script = await catalog_of(connection, f"tenant_{tenant}")
        by_migrations = await catalog_of(connection, "by_migrations")
        rows = [
            await connection.fetch(f"select * from {schema}.{table}")
            for table in ("alembic_version", "persona")
            for schema in (f"tenant_{tenant}", "by_migrations")
        ]

    assert by_script == by_migrations
    assert len(by_script["columns"]) > 50
    assert rows[0] == rows[1]
    assert len(rows[2]) == len(rows[3]) == 1


async def test_an_empty_database_is_pending_and_then_is_not(database: str, engine: AsyncEngine):
    before = await pending(engine)
    after = await migrate(database)
    again = await migrate(database)

    assert (before.public, before.nothing) == (None, False)
    assert after.nothing
    assert again == after == await pending(engine)


async def five_left_behind(engine: AsyncEngine, open_company: OpenIt) -> None:
    """Five companies whose schemas are at the very beginning."""
    for tenant in FIVE:
        await open_company(f"Empresa {tenant}")
        await downgrade_tenant(engine, tenant, NOTHING)


async def in_the_way(pool: Pool) -> None:
    async with connected(pool) as connection:
        await connection.execute(f"create table tenant_{BROKEN}.outgoing (mine text)")


async def tables(pool: Pool, tenant: TenantId) -> list[str]:
    async with connected(pool) as connection:
        return await tables_of(connection, f"tenant_{tenant}")


@pytest.mark.parametrize("processes", [1, 3])
async def test_a_company_that_cannot_be_migrated_stops_no_other(
    migrated: str, pool: Pool, engine: AsyncEngine, open_company: OpenIt, processes: int
):
    await five_left_behind(engine, open_company)
    await in_the_way(pool)

    left = await migrate(migrated, processes=processes)

    assert [behind.tenant for behind in left.tenants] == [BROKEN]
    assert left.tenants[0].error == 'DuplicateTableError: relation "outgoing" already exists'
    assert await tables(pool, BROKEN) == ["alembic_version", "outgoing"]
    assert len(await tables(pool, FIVE[0])) == len(await tables(pool, FIVE[4])) > 5

    async with connected(pool) as connection:
        await connection.execute(f"drop table tenant_{BROKEN}.outgoing")
    assert (await migrate(migrated, processes=processes)).nothing
    assert len(await tables(pool, BROKEN)) == len(await tables(pool, FIVE[0]))


async def test_two_runs_at_once_share_the_companies(
    migrated: str, pool: Pool, engine: AsyncEngine, open_company: OpenIt
):
    await five_left_behind(engine, open_company)

    runs = await asyncio.gather(migrate(migrated, processes=2), migrate(migrated, processes=2))

    assert (await migrate(migrated)).nothing
    assert all(behind.error is None for run in runs for behind in run.tenants)


async def test_a_company_somebody_else_holds_is_left_for_the_next_run(
    migrated: str, pool: Pool, engine: AsyncEngine, open_company: OpenIt
):
    await five_left_behind(engine, open_company)
    async with connected(pool) as connection, connection.transaction():
        await connection.execute("select from public.tenants where id = 2 for update")

        left = await migrate(migrated)

    assert [(behind.tenant, behind.error) for behind in left.tenants] == [(2, None)]
    assert (await migrate(migrated)).nothing


async def test_webhooks_are_accepted_while_their_company_is_migrated(
    migrated: str, pool: Pool, engine: AsyncEngine, open_company: OpenIt
):
    await open_company("Empresa")
    await downgrade_tenant(engine, TenantId(1), NOTHING)
    async with connected(pool) as in_between, in_between.transaction():
        await in_between.execute("lock table tenant_1.alembic_version")
        migration = asyncio.create_task(migrate(migrated))
        async with connected(pool) as webhook, asyncio.timeout(10):
            while not await webhook.fetchval(WAITING):
                await asyncio.sleep(0.01)
            await webhook.execute("set lock_timeout = '1s'")

            await webhook.execute("select public.add_job(1, 'intake.read', '{}', null, null, '')")

            assert await webhook.fetchval("select count(*) from public.jobs") == 1
            assert await webhook.fetchval(WAITING)

    assert (await migration).nothing


async def test_closed_companies_and_those_without_a_schema_are_passed_by(
    migrated: str, pool: Pool, open_company: OpenIt
):
    async with connected(pool) as connection:
        await connection.execute(
            "insert into public.tenants (name, slug, state) values ('a', 'a', 'opening'), ('b', 'b', 'closed')"
        )

    assert (await migrate(migrated)).nothing


async def test_what_a_later_migration_makes_belongs_to_the_company_too(pool: Pool, open_company: OpenIt):
    tenant = (await open_company("Empresa")).company.id
    async with connected(pool) as connection, connection.transaction():
        await connection.execute(f"create table tenant_{tenant}.later (id bigserial primary key, t text)")
        database = await connection.fetchval("select current_database()")
        await connection.execute(
            "select set_config('search_path', $1, true), set_config('role', $2, true)",
            f"tenant_{tenant}",
            f"{database}_tenant_{tenant}",
        )
        await connection.execute("insert into later (t) values ('x'); update later set t = 'y'")

        assert await connection.fetchval("delete from later returning t") == "y"


async def test_going_back_in_public_and_forward_again_keeps_companies_working(
    migrated: str, engine: AsyncEngine, open_company: OpenIt
):
    await open_company("Empresa")
    one_back = trees.revisions(Tree.PUBLIC)[-2]

    await downgrade_public(engine, one_back)
    assert (await pending(engine)).public == one_back

    assert (await migrate(migrated)).nothing


async def test_there_is_no_way_back_for_a_company_that_does_not_exist(migrated: str, engine: AsyncEngine):
    with pytest.raises(NotFound):
        await downgrade_tenant(engine, TenantId(99), NOTHING)


@pytest.mark.parametrize(
    ("url", "spelled"),
    [
        ("postgres://u:p@h:1/d", "postgresql+asyncpg://u:p@h:1/d"),
        ("postgresql://u:p%40@h/d?sslmode=require", "postgresql+asyncpg://u:p%40@h/d?ssl=require"),
        ("postgresql+asyncpg://h/d", "postgresql+asyncpg://h/d"),
    ],
)
def test_every_usual_spelling_of_a_database_url_is_read(url: str, spelled: str):
    assert asyncpg_url(url).render_as_string(hide_password=False) == spelled


@pytest.mark.parametrize(
    "url", ["", "mysql://u:secret@h/d", "postgres://u:secret@h", "secret", "postgres://u:secret@h:x/d"]
)
def test_a_bad_database_url_is_refused_without_being_quoted(url: str):
    with pytest.raises(Invalid) as refusal:
        asyncpg_url(url)

    assert "secret" not in str(refusal.value)
