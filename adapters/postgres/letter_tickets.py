"""What letters' links prove: public.letter_tickets, where only digests lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from adapters.postgres.pool import Pool, connected
from application.access.proofs import LetterTicket, Purpose
from domain.shared.ids import TenantId, UserId

COLUMNS: Final = "user_id, purpose, email, expires_at, tenant_id"


@dataclass(frozen=True, slots=True)
class PostgresLetterTickets:
    """Implements application.access.proofs.LetterTickets."""

    pool: Pool

    async def put(self, digest: bytes, ticket: LetterTicket) -> None:
        async with connected(self.pool) as connection:
            await connection.execute(
                f"""
                insert into public.letter_tickets (digest, {COLUMNS}) values ($1, $2, $3, $4, $5, $6)
                on conflict on constraint letter_tickets_one_each do update set
                    digest = excluded.digest, email = excluded.email, expires_at = excluded.expires_at
                """,  # noqa: S608
                digest,
                ticket.user,
                str(ticket.purpose),
                ticket.email,
                ticket.expires,
                ticket.company,
            )

    async def find(self, digest: bytes, now: datetime) -> LetterTicket | None:
        return await self._row(
            f"select {COLUMNS} from public.letter_tickets where digest = $1 and expires_at > $2",  # noqa: S608
            digest,
            now,
        )

    async def spend(self, digest: bytes, now: datetime) -> LetterTicket | None:
        return await self._row(
            f"delete from public.letter_tickets where digest = $1 and expires_at > $2 returning {COLUMNS}",  # noqa: S608
            digest,
            now,
        )

    async def _row(self, query: str, digest: bytes, now: datetime) -> LetterTicket | None:
        async with connected(self.pool) as connection:
            row: Any = await connection.fetchrow(query, digest, now)
        if row is None:
            return None
        company = None if row["tenant_id"] is None else TenantId(row["tenant_id"])
        return LetterTicket(UserId(row["user_id"]), Purpose(row["purpose"]), row["email"], row["expires_at"], company)
