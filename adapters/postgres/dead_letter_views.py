"""A company's dead letters with the contact they are about; row level security leaves only its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from adapters.postgres.pool import Connection
from application.dead_letters.views import Parked
from domain.shared.ids import ConversationId, JobId

PARKED: Final = """
    select j.id, j.actor, j.last_error, j.failures, j.died_at, j.correlation, v.id as conversation, c.name, c.phone,
        coalesce(o.text, (
            select m.text from messages m where m.conversation_id = v.id and m.author = 'contact'
            order by m.id desc limit 1), '') as text
    from (
        select *, nullif(args ->> 'outgoing', '')::bigint as outgoing,
            nullif(args ->> 'conversation', '')::bigint as conversation, nullif(args ->> 'address', '')::bigint as address
        from public.jobs where state = 'dead' and ($1::bigint is null or id < $1) order by id desc limit $2
    ) j
    left join outgoing o on o.id = j.outgoing
    left join addresses a on a.id = j.address
    left join conversations v on v.id = coalesce(o.conversation_id, j.conversation,
        (select id from conversations where contact_id = a.contact_id and connection_id = a.connection_id))
    left join contacts c on c.id = coalesce(v.contact_id, a.contact_id)
    order by j.id desc
"""


class PostgresDeadLetterViews:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def parked(self, *, after: JobId | None, limit: int) -> Sequence[Parked]:
        rows = await self._connection.fetch(PARKED, after, limit)
        return [
            Parked(
                id=JobId(row["id"]),
                actor=row["actor"],
                reason=row["last_error"] or "",
                failures=row["failures"],
                died_at=row["died_at"],
                correlation=row["correlation"],
                conversation=ConversationId(row["conversation"]) if row["conversation"] else None,
                name=row["name"],
                phone=row["phone"],
                text=row["text"],
            )
            for row in rows
        ]

    async def count(self) -> int:
        count: int = await self._connection.fetchval("select count(*) from public.jobs where state = 'dead'")
        return count
