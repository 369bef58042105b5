"""The audit log on a real PostgreSQL: only added to, and whatever is done to it all the same is found."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from urllib.parse import urlsplit

import asyncpg
import pytest

from adapters.postgres.audit import PostgresAuditBook, PostgresAuditLog
from adapters.postgres.lanes import Lanes
from adapters.postgres.pool import Pool
from adapters.postgres.work import PostgresWorkshop
from adapters.telemetry.log import recognized
from adapters.telemetry.origin import coming_from
from application.audit.ports import Wanted
from application.audit.verify import VerifyChain
from domain.audit.chain import Broken, Head
from domain.audit.entry import Deed, Outcome
from domain.shared.ids import TenantId
from secretaria.embedded.postgres import Postgres
from tests.integration.postgres.conftest import OpenIt

Superuser = Callable[[str], Awaitable[None]]
DEED = Deed(who="user:1", action="assistant.change", subject="persona")


@pytest.fixture
async def company(open_company: OpenIt) -> TenantId:
    return (await open_company("Clínica")).company.id


@pytest.fixture
def open_work(pool: Pool, migrated: str) -> PostgresWorkshop:
    return PostgresWorkshop(Lanes([pool]), urlsplit(migrated).path.lstrip("/"))


@pytest.fixture
async def superuser(postgres_server: Postgres, migrated: str) -> AsyncIterator[asyncpg.Connection]:
    """Past all rights and triggers, as somebody who got hold of the whole database would be."""
    url = urlsplit(postgres_server.superuser_url)._replace(path=urlsplit(migrated).path).geturl()
    connection = await asyncpg.connect(url)
    await connection.execute("set session_replication_role = replica")
    yield connection
    await connection.close()


async def kept(pool: Pool, company: TenantId | None, count: int = 6) -> None:
    log = PostgresAuditLog(pool)
    for n in range(count):
        await log.record(replace(DEED, company=company, after={"n": n}))


async def broken(pool: Pool, company: TenantId | None, known: Head | None = None) -> Broken | None:
    return (await VerifyChain(PostgresAuditBook(pool))(company, known=known)).broken


async def test_an_entry_is_kept_with_the_change_it_tells_of_or_not_at_all(
    pool: Pool, open_work: PostgresWorkshop, company: TenantId
):
    opened = await PostgresAuditBook(pool).head(company)
    assert opened is not None
    async with open_work(company) as work:
        await work.audit.record(DEED)
        await pool.execute("select 1")
    assert await PostgresAuditBook(pool).head(company) == opened

    with recognized(correlation_id="c-1"), coming_from("192.0.2.1"):
        async with open_work(company) as work:
            await work.audit.record(replace(DEED, before={"tone": "leve"}, after={"tone": "formal"}))
            await work.commit()

    entry, *_ = await PostgresAuditBook(pool).newest(company, Wanted(), below=None, limit=10)
    told = (entry.company, entry.number, entry.who, entry.action)
    assert told == (company, opened.number + 1, "user:1", "assistant.change")
    assert (entry.origin, entry.correlation, entry.outcome) == ("192.0.2.1", "c-1", Outcome.DONE)
    assert (entry.before, entry.after) == ('{"tone": "leve"}', '{"tone": "formal"}')
    assert await broken(pool, company) is None


async def test_a_companys_work_writes_to_no_other_log(pool: Pool, open_work: PostgresWorkshop, company: TenantId):
    async with open_work(company) as work:
        await work.audit.record(replace(DEED, company=TenantId(company + 1)))
        await work.commit()
    assert await PostgresAuditBook(pool).chains() == [company]

    for other in (0, company + 1):
        async with open_work(company) as work:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await work._connection.execute(
                    "select public.add_audit_entry($1, 'w', 'a', '', 'done', '', '', null, null)", other
                )


async def test_writers_at_the_same_time_make_one_chain(pool: Pool, open_work: PostgresWorkshop, company: TenantId):
    async def at_work() -> None:
        async with open_work(company) as work:
            await work.audit.record(DEED)
            await work.audit.record(DEED)
            await work.commit()

    opened = await PostgresAuditBook(pool).head(company)
    assert opened is not None

    await asyncio.gather(*(at_work() for _ in range(40)), *(kept(pool, company, 3) for _ in range(10)))

    found = await VerifyChain(PostgresAuditBook(pool))(company)
    assert found.broken is None
    assert found.head.number == opened.number + 110


@pytest.mark.parametrize(
    "statement",
    [
        "update public.audit_log set who = 'x'",
        "delete from public.audit_log",
        "truncate public.audit_log",
        "delete from public.audit_heads",
        "truncate public.audit_heads",
        "update public.audit_heads set number = number - 1",
        "update public.audit_heads set digest = digest",
    ],
)
async def test_the_programs_own_role_can_only_add_and_even_with_the_right_it_is_stopped(pool: Pool, statement: str):
    await kept(pool, None)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await pool.execute(statement)
    await pool.execute("grant all on public.audit_log, public.audit_heads to current_user")
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="only added to"):
        await pool.execute(statement)

    assert await broken(pool, None) is None


@pytest.mark.parametrize(
    "column", ["at = at + interval '1 us'", "who = 'user:2'", "action = ''", "subject = 'x'", "outcome = 'failed'",
               "origin = 'x'", "correlation = 'x'", "before = '{}'", "after = null", "digest = sha256(digest)"],
)  # fmt: skip
async def test_whatever_is_changed_in_an_entry_the_entry_is_named(
    pool: Pool, superuser: asyncpg.Connection, column: str
):
    await kept(pool, None)

    await superuser.execute(f"update public.audit_log set {column} where number = 3")

    assert await broken(pool, None) == Broken(3, "was changed")


async def test_an_entry_changed_with_its_digest_is_betrayed_by_the_next(pool: Pool, superuser: asyncpg.Connection):
    await kept(pool, None)

    await superuser.execute("""
        update public.audit_log l set who = 'x', digest = sha256(p.digest || public.audit_parts('0', '3',
            to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'x', l.action, l.subject, l.outcome, l.origin, l.correlation, l.before, l.after))
        from public.audit_log p where l.number = 3 and p.number = 2
    """)

    assert await broken(pool, None) == Broken(4, "was changed")


async def test_entries_that_are_removed_or_swapped_are_missed(pool: Pool, superuser: asyncpg.Connection):
    await kept(pool, None)
    await kept(pool, TenantId(5))

    await superuser.execute("delete from public.audit_log where chain = 0 and number = 3")
    await superuser.execute("""
        update public.audit_log set number = case number when 2 then 1002 when 4 then 1004 end
            where chain = 5 and number in (2, 4)
    """)
    await superuser.execute("update public.audit_log set number = 1006 - number where chain = 5 and number > 1000")

    assert await broken(pool, None) == Broken(3, "is missing")
    assert await broken(pool, TenantId(5)) == Broken(2, "was changed")


async def test_a_tail_that_was_cut_off_is_missed_also_when_the_head_was_cut_too(
    pool: Pool, superuser: asyncpg.Connection
):
    await kept(pool, None)
    noted = (await VerifyChain(PostgresAuditBook(pool))(None)).head

    await superuser.execute("delete from public.audit_log where number > 4")
    assert await broken(pool, None) == Broken(5, "is missing, and all after it")

    await superuser.execute("""
        update public.audit_heads h set number = 4, digest = l.digest from public.audit_log l where l.number = 4
    """)
    assert await broken(pool, None) is None
    assert await broken(pool, None, known=noted) == Broken(5, "is missing, and all after it")
    await kept(pool, None, 2)
    assert await broken(pool, None) is None
    assert await broken(pool, None, known=noted) == Broken(6, "is not what it was when its digest was noted")


async def test_an_entry_slipped_in_past_the_head_is_found_and_so_is_a_lost_head(
    pool: Pool, superuser: asyncpg.Connection
):
    await kept(pool, None)
    await kept(pool, TenantId(5), 1)

    await superuser.execute("delete from public.audit_heads where chain = 5")
    await superuser.execute("update public.audit_heads h set number = 5, digest = l.digest "
                            "from public.audit_log l where l.chain = 0 and l.number = 5 and h.chain = 0")  # fmt: skip

    assert await broken(pool, None) == Broken(6, "is not known to the chain's head")
    assert await broken(pool, TenantId(5)) == Broken(1, "is not known to the chain's head")
    assert await PostgresAuditBook(pool).chains() == [None, 5]
