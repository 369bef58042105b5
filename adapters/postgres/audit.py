"""public.audit_log: added to through one function that holds the chain's head, read page by page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from adapters.postgres.pool import Connection, Pool, connected
from adapters.telemetry.log import correlation_id
from adapters.telemetry.origin import actor, entered, origin
from application.audit.ports import Wanted
from domain.audit.chain import Head
from domain.audit.entry import Deed, Entry
from domain.shared.ids import TenantId

PLATFORM: Final = 0
ADD: Final = "select public.add_audit_entry($1, $2, $3, $4, $5, $6, $7, $8, $9)"
COLUMNS: Final = "chain, number, at, who, action, subject, outcome, origin, correlation, before, after, digest"
WANTED: Final = r"""
    chain = $1
    and ($2::text is null or who = $2)
    and ($3::text is null or action = $3 or (right($3, 1) in ('.', ':') and starts_with(action, $3)))
    and ($4::text is null or subject = $4)
    and ($5::timestamptz is null or at >= $5)
    and ($6::timestamptz is null or at < $6)
"""
NEWEST: Final = f"select {COLUMNS} from public.audit_log where {WANTED} and number < $7 order by number desc limit $8"  # noqa: S608
ONWARDS: Final = f"select {COLUMNS} from public.audit_log where {WANTED} and number > $7 order by number limit $8"  # noqa: S608
LAST: Final = 2**63 - 1

Fields: TypeAlias = Mapping[str, object] | None


class WorkAudit:
    """The log of one company inside its transaction. Entries are added at the end, so the head is held for a moment only."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection = connection
        self._tenant = tenant
        self._deeds: list[Deed] = []

    async def record(self, deed: Deed) -> None:
        self._deeds.append(deed)

    async def write(self) -> None:
        for deed in self._deeds:
            await self._connection.execute(ADD, *_values(self._tenant, deed))
            entered(self._tenant)
        self._deeds.clear()


async def enter(
    connection: Connection,
    company: TenantId | None,
    action: str,
    subject: str,
    before: Fields = None,
    after: Fields = None,
) -> None:
    """The entry about a change, by whoever asked for it, last in the transaction that makes it: both are kept, or neither.

    It waits for the head of the company's chain, so nothing that others wait for may be locked after it.
    """
    deed = Deed(actor(), action, subject, company, before=before, after=after)
    await connection.execute(ADD, *_values(company, deed))
    entered(company)


class PostgresAuditLog:
    """Outside any work: one entry, one transaction."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def record(self, deed: Deed) -> None:
        async with connected(self._pool) as connection:
            await connection.execute(ADD, *_values(deed.company, deed))


class PostgresAuditBook:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def newest(
        self, company: TenantId | None, wanted: Wanted, *, below: int | None, limit: int
    ) -> Sequence[Entry]:
        return await self._page(NEWEST, company, wanted, LAST if below is None else below, limit)

    async def onwards(self, company: TenantId | None, wanted: Wanted, *, above: int, limit: int) -> Sequence[Entry]:
        return await self._page(ONWARDS, company, wanted, above, limit)

    async def head(self, company: TenantId | None) -> Head | None:
        query = "select number, digest from public.audit_heads where chain = $1"
        async with connected(self._pool) as connection:
            row = await connection.fetchrow(query, company or PLATFORM)
        return None if row is None else Head(row["number"], row["digest"])

    async def chains(self) -> Sequence[TenantId | None]:
        query = """
            with recursive kept (chain) as (
                (select chain from public.audit_log order by chain limit 1)
                union all
                select (select chain from public.audit_log where chain > kept.chain order by chain limit 1)
                from kept where chain is not null
            )
            select chain from kept where chain is not null union select chain from public.audit_heads order by chain
        """
        async with connected(self._pool) as connection:
            return [_company(row["chain"]) for row in await connection.fetch(query)]

    async def _page(
        self, query: str, company: TenantId | None, wanted: Wanted, edge: int, limit: int
    ) -> Sequence[Entry]:
        async with connected(self._pool) as connection:
            rows = await connection.fetch(
                query,
                company or PLATFORM,
                wanted.who,
                wanted.action,
                wanted.subject,
                wanted.since,
                wanted.until,
                edge,
                limit,
            )
        return [_entry(row) for row in rows]


def _values(company: TenantId | None, deed: Deed) -> tuple[object, ...]:
    return (
        company or PLATFORM,
        deed.who,
        deed.action,
        deed.subject,
        str(deed.outcome),
        deed.origin or origin(),
        correlation_id(),
        _text(deed.before),
        _text(deed.after),
    )


def _text(fields: Mapping[str, object] | None) -> str | None:
    return None if fields is None else json.dumps(fields, ensure_ascii=False, sort_keys=True)


def _company(chain: int) -> TenantId | None:
    return None if chain == PLATFORM else TenantId(chain)


def _entry(row: Any) -> Entry:  # noqa: ANN401 - asyncpg has no types
    return Entry(
        company=_company(row["chain"]),
        number=row["number"],
        at=row["at"],
        who=row["who"],
        action=row["action"],
        subject=row["subject"],
        outcome=row["outcome"],
        origin=row["origin"],
        correlation=row["correlation"],
        before=row["before"],
        after=row["after"],
        digest=row["digest"],
    )
