"""The register of companies: public.tenants."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from adapters.postgres.audit import enter
from adapters.postgres.pool import Pool, connected
from domain.companies.company import Company, CompanyBusy, CompanyNotFound, NameTaken, State
from domain.shared.ids import TenantId

SLUG_LOCKS = 0x5EC2
"""The class of the advisory locks that keep two people from opening or closing one company at a time."""


SHOWN: Final = "select name, time_zone, state, closes_at from public.tenants where id = $1 for no key update"

OPENED: Final = "company.opened"
DEEDS: Final = {
    State.OPENING: "company.changed",
    State.ACTIVE: "company.resume",
    State.SUSPENDED: "company.suspend",
    State.CLOSING: "company.closing",
    State.CLOSED: "company.close",
}
"""By the state that a company gets to."""


@dataclass(frozen=True, slots=True)
class PostgresCompanies:
    pool: Pool

    @asynccontextmanager
    async def alone(self, slug: str) -> AsyncIterator[None]:
        async with connected(self.pool) as connection, connection.transaction():
            query = "select pg_try_advisory_xact_lock($1, hashtext($2))"
            if not await connection.fetchval(query, SLUG_LOCKS, slug):
                raise CompanyBusy(f"somebody else is opening or closing {slug}")
            yield

    async def find(self, slug: str) -> Company | None:
        rows = await self._select("where slug = $1 and state <> 'closed'", slug)
        return rows[0] if rows else None

    async def get(self, tenant: TenantId) -> Company:
        rows = await self._select("where id = $1", tenant)
        if not rows:
            raise CompanyNotFound(f"there is no company {tenant}")
        return rows[0]

    async def name_of(self, company: TenantId) -> str:
        return (await self.get(company)).name

    async def all(self) -> Sequence[Company]:
        return await self._select("order by id")

    async def add(self, *, name: str, slug: str, time_zone: str) -> Company:
        query = """
            insert into public.tenants (name, slug, time_zone) values ($1, $2, $3)
            on conflict (slug) where state <> 'closed' do nothing returning id
        """
        async with connected(self.pool) as connection:
            number = await connection.fetchval(query, name, slug, time_zone)
        if number is None:
            raise NameTaken(f"a company {slug} is already open")
        return Company(TenantId(number), name, slug, time_zone)

    async def save(self, company: Company) -> None:
        query = """
            update public.tenants set name = $2, time_zone = $3, state = $4, closes_at = $5,
                closed_at = case when $4 = 'closed' then coalesce(closed_at, now()) end
            where id = $1
        """
        async with connected(self.pool) as connection, connection.transaction():
            before = await connection.fetchrow(SHOWN, company.id)
            values = (company.id, company.name, company.time_zone, str(company.state), company.closes_at)
            await connection.execute(query, *values)
            after = await connection.fetchrow(SHOWN, company.id)
            if before is not None and before != after:
                deed, shown = _deed(before, after), map(_shown, (before, after))
                await enter(connection, company.id, deed, f"company:{company.id}", *shown)

    async def put_into_pool(self, tenant: TenantId, pool: str, *, out_of: Collection[str] | None = None) -> str:
        query = """
            with known as (select id, pool from public.tenants where id = $1 for no key update)
            update public.tenants t
            set pool = case when $3::text[] is null or known.pool = any ($3::text[]) then $2 else known.pool end
            from known where t.id = known.id returning known.pool
        """
        async with connected(self.pool) as connection:
            before = await connection.fetchval(query, tenant, pool, None if out_of is None else list(out_of))
        if before is None:
            raise CompanyNotFound(f"there is no company {tenant}")
        return str(before)

    async def _select(self, which: str, *values: object) -> list[Company]:
        query = f"select id, name, slug, time_zone, state, closes_at from public.tenants {which}"  # noqa: S608
        async with connected(self.pool) as connection:
            return [_company(row) for row in await connection.fetch(query, *values)]


def _deed(before: Any, after: Any) -> str:  # noqa: ANN401 - asyncpg has no types
    """What the change is called in the audit log."""
    if after["closes_at"] and not before["closes_at"]:
        return "company.leave"
    if before["state"] == after["state"]:
        return "company.changed"
    return OPENED if before["state"] == State.OPENING and after["state"] == State.ACTIVE else DEEDS[after["state"]]


def _shown(row: Any) -> dict[str, object]:  # noqa: ANN401 - asyncpg has no types
    closes_at = row["closes_at"]
    return {**dict(row), "closes_at": None if closes_at is None else closes_at.isoformat()}


def _company(row: Any) -> Company:  # noqa: ANN401 - asyncpg has no types
    return Company(
        id=TenantId(row["id"]),
        name=row["name"],
        slug=row["slug"],
        time_zone=row["time_zone"],
        state=State(row["state"]),
        closes_at=row["closes_at"],
    )
