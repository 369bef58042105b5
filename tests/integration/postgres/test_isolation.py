"""PostgreSQL itself refuses one company the tables of another: every table, by every verb, however it is named."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
import pytest

from adapters.postgres.names import LONGEST_NAME, role_of, schema_of, tenants_role
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import Connection, Pool, connected
from adapters.postgres.tenant_schema import SHARED_WITH_TENANTS
from domain.shared.errors import Invalid
from domain.shared.ids import TenantId
from tests.integration.postgres.catalog import tables_of
from tests.integration.postgres.conftest import OpenIt


@dataclass(frozen=True)
class Two:
    pool: Pool
    one: TenantId
    other: TenantId

    @asynccontextmanager
    async def as_one(self) -> AsyncIterator[Connection]:
        """A transaction as `work.py` opens it."""
        async with connected(self.pool) as connection, connection.transaction():
            database = await connection.fetchval("select current_database()")
            await connection.execute(
                "select set_config('search_path', $1, true), set_config('role', $2, true)",
                schema_of(self.one),
                role_of(database, self.one),
            )
            yield connection


@pytest.fixture
async def two(pool: Pool, open_company: OpenIt) -> Two:
    one = (await open_company("Uma")).company.id
    other = (await open_company("Outra")).company.id
    async with connected(pool) as connection:
        for tenant in (one, other):
            await connection.execute(
                "insert into public.jobs (tenant_id, actor, args, key) values ($1, 'a', '{}', 'k')", tenant
            )
    return Two(pool, one, other)


def verbs(table: str, column: str) -> list[str]:
    return [
        f"select * from {table}",
        f"select count(*) from {table}",
        f"insert into {table} default values",
        f"update {table} set {column} = {column}",
        f"delete from {table}",
        f"truncate {table}",
        f"lock table {table}",
        f"copy {table} to stdout",
        f"create index on {table} ({column})",
        f"drop table {table}",
        f"create trigger t before insert on {table} execute function suppress_redundant_updates_trigger()",
    ]


async def some_column(connection: Connection, schema: str, table: str) -> str:
    """One that may be updated: identities may not, whoever asks."""
    query = """
        select attname from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and attidentity = '' and not attisdropped limit 1
    """
    return str(await connection.fetchval(query, f"{schema}.{table}"))


async def refused(connection: Connection, statement: str) -> bool:
    try:
        async with connection.transaction():
            await connection.execute(statement)
    except asyncpg.InsufficientPrivilegeError:
        return True
    return False


async def test_no_verb_reaches_any_table_of_another_company(two: Two):
    async with connected(two.pool) as owner:
        tables = await tables_of(owner, schema_of(two.other))
        columns = {table: await some_column(owner, schema_of(two.other), table) for table in tables}

    async with two.as_one() as connection:
        let_through = [
            statement
            for table, column in columns.items()
            for statement in verbs(f"{schema_of(two.other)}.{table}", column)
            if not await refused(connection, statement)
        ]

    assert len(tables) >= 9
    assert let_through == []


async def test_no_verb_reaches_any_shared_table_but_its_jobs(two: Two):
    async with connected(two.pool) as owner:
        tables = set(await tables_of(owner, "public")) - set(SHARED_WITH_TENANTS)
        columns = {table: await some_column(owner, "public", table) for table in tables}

    async with two.as_one() as connection:
        let_through = [
            statement
            for table, column in columns.items()
            for statement in verbs(f"public.{table}", column)
            if not await refused(connection, statement)
        ]

    assert {"tenants", "tenant_keys", "whatsapp_connections"} <= tables
    assert let_through == []


async def test_a_company_reads_and_writes_every_table_of_its_own(two: Two):
    async with connected(two.pool) as owner:
        tables = set(await tables_of(owner, schema_of(two.one))) - {"alembic_version"}

    async with two.as_one() as connection:
        for table in tables:
            await connection.fetch(f"select * from {table}")
            await connection.execute(f"delete from {table} where false")
        contact = await connection.fetchval("insert into contacts (name) values ('x') returning id")

    assert contact == 1


async def test_a_company_cannot_touch_its_own_revision_or_make_tables(two: Two):
    async with two.as_one() as connection:
        for statement in (
            "select * from alembic_version",
            "update alembic_version set version_num = '0000'",
            "create table mine (x int)",
            "drop table contacts",
            f"create table {schema_of(two.one)}.mine (x int)",
            "create table public.mine (x int)",
            "create schema mine",
            "create role mine",
            f"drop schema {schema_of(two.one)} cascade",
        ):
            with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.InvalidSchemaNameError)):
                async with connection.transaction():
                    await connection.execute(statement)


async def test_a_session_without_a_company_finds_no_table_at_all(two: Two):
    async with connected(two.pool) as connection:
        tables = await tables_of(connection, schema_of(two.one))
        public = await tables_of(connection, "public")
        for table in tables:
            for statement in (f"select * from {table}", f"insert into {table} default values"):
                with pytest.raises(asyncpg.UndefinedTableError):
                    await connection.execute(statement)

    assert not set(tables) & set(public)


async def test_a_company_sees_and_changes_its_own_jobs_only(two: Two):
    async with two.as_one() as connection:
        seen = await connection.fetch("select tenant_id from public.jobs")
        changed = await connection.execute("update public.jobs set failures = 1")
        deleted = await connection.execute("delete from public.jobs")

    async with connected(two.pool) as owner:
        left = await owner.fetch("select tenant_id, failures from public.jobs")

    assert [row["tenant_id"] for row in seen] == [two.one]
    assert (changed, deleted) == ("UPDATE 1", "DELETE 1")
    assert [tuple(row) for row in left] == [(two.other, 0)]


@pytest.mark.parametrize(
    "statement",
    [
        "insert into public.jobs (tenant_id, actor, args) values ($1, 'a', '{}')",
        "update public.jobs set tenant_id = $1",
        "select public.add_job($1, 'a', '{}', 'k', null, '')",
    ],
)
async def test_a_company_cannot_give_a_job_to_another(two: Two, statement: str):
    async with two.as_one() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            async with connection.transaction():
                await connection.execute(statement, two.other)


async def test_a_company_cannot_put_messages_into_another(two: Two):
    async with two.as_one() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with connection.transaction():
                await connection.execute(
                    "select public.keep_envelopes(array[$1::int], '{c}', '{a}', '{k}', '{null}', '{b}', '{f}', '{x}')",
                    two.other,
                )


async def test_every_table_shared_with_companies_has_row_policies(two: Two):
    async with connected(two.pool) as connection:
        rows = await connection.fetch(
            """
            select relname, relrowsecurity, exists (select from pg_policy p where p.polrelid = c.oid) as guarded
            from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                and (has_table_privilege($1, c.oid, 'select') or has_table_privilege($1, c.oid, 'insert'))
            """,
            role_of(await connection.fetchval("select current_database()"), two.one),
        )

    assert {tuple(row) for row in rows} == {(table, True, True) for table in SHARED_WITH_TENANTS}


async def test_a_company_role_cannot_log_in_or_become_another(two: Two):
    async with connected(two.pool) as connection:
        database = await connection.fetchval("select current_database()")
        roles = await connection.fetch(
            """
            select rolcanlogin or rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication as strong,
                pg_has_role(oid, $1, 'usage') or pg_has_role(oid, $1, 'set') as may_be_other
            from pg_roles where rolname = $2
            """,
            role_of(database, two.other),
            role_of(database, two.one),
        )
        owner = await connection.fetchrow("select rolsuper from pg_roles where rolname = current_user")

    assert [tuple(row) for row in roles] == [(False, False)]
    assert not owner["rolsuper"]


async def test_nothing_of_a_company_stays_on_a_connection_after_an_error(two: Two):
    async with connected(two.pool) as connection:
        backend = connection.get_server_pid()
        database = await connection.fetchval("select current_database()")
        script = f"""
            begin;
            select set_config('search_path', '{schema_of(two.one)}', true),
                set_config('role', '{role_of(database, two.one)}', true);
            select 1 / 0
        """
        with pytest.raises(asyncpg.DivisionByZeroError):
            await connection.execute(script)
        await connection.execute("rollback")

        assert connection.get_server_pid() == backend
        assert await connection.fetchval("select current_user") == "secretaria"
        assert "tenant" not in await connection.fetchval("show search_path")


@pytest.mark.parametrize(
    "name", ['x"; drop schema tenant_1 cascade; --', "'); drop table public.tenants; --", "$$ %s {0} :x"]
)
async def test_a_hostile_name_is_just_a_name(pool: Pool, open_company: OpenIt, name: str):
    first = (await open_company("Primeira")).company.id

    company = (await open_company(name)).company

    async with connected(pool) as connection:
        kept = await connection.fetchval("select name from public.tenants where id = $1", company.id)
        persona = await connection.fetchval(f"select business_name from {schema_of(company.id)}.persona")
        assert len(await tables_of(connection, schema_of(first))) >= 9
    assert kept == persona == name


async def test_closing_one_company_takes_its_role_and_leaves_the_other_whole(two: Two):
    await PostgresPlaces(two.pool).remove(two.one)

    async with connected(two.pool) as connection:
        database = await connection.fetchval("select current_database()")
        roles = await connection.fetch("select rolname from pg_roles where rolname like $1", f"{database}%")
        assert {row["rolname"] for row in roles} == {tenants_role(database), role_of(database, two.other)}
        assert not await connection.fetchval(
            "select exists (select from pg_namespace where nspname = $1)", schema_of(two.one)
        )
        assert len(await tables_of(connection, schema_of(two.other))) >= 9
        assert await connection.fetchval("select count(*) from public.jobs where tenant_id = $1", two.other) == 1


@pytest.mark.parametrize("number", [0, -1])
def test_a_schema_is_named_by_a_positive_number_only(number: int):
    with pytest.raises(Invalid):
        schema_of(TenantId(number))


def test_a_role_name_that_postgresql_would_cut_is_refused():
    assert len(role_of("d" * 45, TenantId(9_999_999_999))) == LONGEST_NAME
    with pytest.raises(Invalid):
        role_of("d" * 46, TenantId(9_999_999_999))
