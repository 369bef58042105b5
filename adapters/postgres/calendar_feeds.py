"""Whose appointments an address shows: digests of the tokens, as rows of the company's own schema."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from adapters.postgres.pool import Connection, Pool, connected
from domain.shared.ids import ProfessionalId, TenantId

LARGEST: Final = 2**31 - 1


class PostgresFeeds:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, professional: ProfessionalId, digest: bytes) -> None:
        await self._connection.execute(
            "insert into calendar_feeds (professional_id, digest) values ($1, $2)"
            " on conflict (professional_id) do update set digest = excluded.digest, created_at = now()",
            professional,
            digest,
        )

    async def remove(self, professional: ProfessionalId) -> bool:
        done = await self._connection.execute("delete from calendar_feeds where professional_id = $1", professional)
        return bool(done == "DELETE 1")

    async def given(self) -> Collection[ProfessionalId]:
        return {
            ProfessionalId(row["professional_id"])
            for row in await self._connection.fetch("select professional_id from calendar_feeds")
        }

    async def professional_of(self, digest: bytes) -> ProfessionalId | None:
        id: int | None = await self._connection.fetchval(
            "select professional_id from calendar_feeds where digest = $1", digest
        )
        return None if id is None else ProfessionalId(id)


@dataclass(frozen=True, slots=True)
class PostgresLiving:
    """Implements application.agenda.feed.Companies."""

    pool: Pool

    async def lives(self, tenant: TenantId) -> bool:
        if not 0 < tenant <= LARGEST:
            return False
        async with connected(self.pool) as postgres:
            found: bool = await postgres.fetchval(
                "select exists (select from public.tenants where id = $1 and state in ('active', 'suspended'))", tenant
            )
        return found
