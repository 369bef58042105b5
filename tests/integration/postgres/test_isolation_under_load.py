"""Two hundred transactions at once on a small pool, many of which fail: nobody ever sees another company's row."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

import asyncpg
import pytest

from adapters.postgres.lanes import Lanes
from adapters.postgres.names import schema_of
from adapters.postgres.pool import Pool, connected
from adapters.postgres.work import PostgresWork, PostgresWorkshop
from application.shared.ports import Job
from domain.shared.errors import Refused
from domain.shared.ids import TenantId
from tests.integration.postgres.conftest import OpenIt

COMPANIES = 5
TRANSACTIONS = 200
SEEDS = (1, 20)


async def succeeds(work: PostgresWork, tenant: TenantId, number: int) -> None:
    await write(work, tenant, number)
    await work.commit()


async def forgets_to_commit(work: PostgresWork, tenant: TenantId, number: int) -> None:
    await write(work, tenant, number)


async def is_refused(work: PostgresWork, tenant: TenantId, number: int) -> None:
    await write(work, tenant, number)
    raise Refused("a rule said no")


async def breaks_in_sql(work: PostgresWork, tenant: TenantId, number: int) -> None:
    await write(work, tenant, number)
    await work._connection.execute("select 1 / 0")


async def breaks_a_constraint(work: PostgresWork, tenant: TenantId, number: int) -> None:
    await write(work, tenant, number)
    await write(work, tenant, number)


async def writes_to_a_neighbour(work: PostgresWork, tenant: TenantId, number: int) -> None:
    await write(work, tenant, number)
    neighbour = TenantId(tenant % COMPANIES + 1)
    await work._connection.execute(f"insert into {schema_of(neighbour)}.contacts (name) values ('stray')")


async def is_cancelled(work: PostgresWork, tenant: TenantId, number: int) -> None:
    await write(work, tenant, number)
    sleeping = asyncio.create_task(work._connection.execute("select pg_sleep(0.5)"))
    await asyncio.sleep(0.001)
    sleeping.cancel()
    await sleeping


async def loses_its_connection(work: PostgresWork, tenant: TenantId, number: int) -> None:
    await write(work, tenant, number)
    work._connection.terminate()


KINDS = (
    succeeds,
    forgets_to_commit,
    is_refused,
    breaks_in_sql,
    breaks_a_constraint,
    writes_to_a_neighbour,
    is_cancelled,
    loses_its_connection,
)
QUIET = (succeeds, forgets_to_commit)
"""All others end in an error."""


async def write(work: PostgresWork, tenant: TenantId, number: int) -> None:
    """Looks at who is there before and after writing."""
    assert (await work.persona()).business_name == f"Empresa {tenant}"
    await work._connection.execute("insert into contacts (phone, name) values ($1, $2)", f"+{number}", f"of {tenant}")
    await work.jobs.add(Job("test", {"number": number}, key=f"test:{number}"))
    seen = await work._connection.fetch(
        "select distinct name as owner from contacts union select 'of ' || tenant_id from public.jobs"
    )
    assert {row["owner"] for row in seen} == {f"of {tenant}"}


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_transaction_sees_or_leaves_a_foreign_row(pool: Pool, open_company: OpenIt, seed: int):
    chance = random.Random(seed)
    for number in range(1, COMPANIES + 1):
        await open_company(f"Empresa {number}")
    async with connected(pool) as connection:
        database = await connection.fetchval("select current_database()")
    open_work = PostgresWorkshop(Lanes([pool]), database)
    plan = [
        (chance.choice((succeeds, *KINDS)), TenantId(chance.randint(1, COMPANIES)), number)
        for number in range(TRANSACTIONS)
    ]

    async def run(kind, tenant: TenantId, number: int) -> None:
        async with open_work(tenant) as work:
            await kind(work, tenant, number)

    results = await asyncio.gather(*(run(*one) for one in plan), return_exceptions=True)

    expected: dict[int, set[str]] = {number: set() for number in range(1, COMPANIES + 1)}
    for (kind, tenant, number), result in zip(plan, results, strict=True):
        assert not isinstance(result, AssertionError), result
        assert (result is None) == (kind in QUIET), (kind, result)
        if kind is succeeds:
            expected[tenant].add(f"+{number}")
        if kind is writes_to_a_neighbour:
            assert isinstance(result, asyncpg.InsufficientPrivilegeError)
    assert len(Counter(kind for kind, _, _ in plan)) == len(KINDS)
    async with connected(pool) as owner:
        for tenant, numbers in expected.items():
            rows = await owner.fetch(f"select phone, name from tenant_{tenant}.contacts")
            jobs = await owner.fetch("select key from public.jobs where tenant_id = $1", tenant)
            assert {(row["phone"], row["name"]) for row in rows} == {(n, f"of {tenant}") for n in numbers}
            assert {row["key"] for row in jobs} == {n.replace("+", "test:") for n in numbers}


async def test_every_connection_of_the_pool_is_clean_afterwards(pool: Pool, open_company: OpenIt):
    await open_company("Empresa 1")
    async with connected(pool) as connection:
        database = await connection.fetchval("select current_database()")
    open_work = PostgresWorkshop(Lanes([pool]), database)

    async def fail(number: int) -> None:
        async with open_work(TenantId(1)) as work:
            await breaks_in_sql(work, TenantId(1), number)

    results = await asyncio.gather(*(fail(number) for number in range(16)), return_exceptions=True)
    assert {type(result) for result in results} == {asyncpg.DivisionByZeroError}

    held = [await pool.acquire() for _ in range(8)]
    states = {
        tuple(
            await one.fetchrow("select current_user, current_setting('search_path'), pg_current_xact_id_if_assigned()")
        )
        for one in held
    }
    for one in held:
        await pool.release(one)
    assert states == {("secretaria", '"$user", public', None)}
