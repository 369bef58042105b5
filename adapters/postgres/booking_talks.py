"""Bookings by chat, as rows: a conversation's notes, and the replies that claimed what was not so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from adapters.postgres.pool import Connection
from application.agenda.chat.ports import HeldCount, HeldView, Notes
from application.assistant.truth import HeldClaim
from domain.shared.ids import ConversationId, MessageId

_NOTES: Final = msgspec.json.Decoder(Notes)

HELD: Final = """
    select h.conversation_id, c.name, c.phone, coalesce(m.text, '') as asked, h.reason, h.text, h.instead, h.rewritten,
        h.created_at
    from held_claims h join conversations v on v.id = h.conversation_id join contacts c on c.id = v.contact_id
    left join messages m on m.id = h.answers_to
    where h.created_at >= $1 order by h.created_at desc, h.id desc limit $2
"""
COUNT: Final = """
    select count(*) as held, count(*) filter (where rewritten) as rewritten, (
        select count(*) from outgoing where created_at >= $1 and origin = 'assistant' and step = 0) as replies
    from held_claims where created_at >= $1
"""


class PostgresBookingTalks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def notes(self, conversation: ConversationId, *, lock: bool = False) -> Notes | None:
        suffix = " for update" if lock else ""
        kept = await self._connection.fetchval(
            f"select notes::text from booking_talks where conversation_id = $1{suffix}",  # noqa: S608
            conversation,
        )
        try:
            return None if kept is None else _NOTES.decode(kept)
        except msgspec.ValidationError:
            return None  # written by a newer version than ours, which was rolled back: the talk begins anew

    async def keep(self, conversation: ConversationId, notes: Notes) -> None:
        await self._connection.execute(
            "insert into booking_talks (conversation_id, notes) values ($1, $2::text::jsonb)"
            " on conflict (conversation_id) do update set notes = excluded.notes, updated_at = now()",
            conversation,
            msgspec.json.encode(notes).decode(),
        )

    async def add_held(self, conversation: ConversationId, answers_to: MessageId, held: Sequence[HeldClaim]) -> None:
        await self._connection.executemany(
            "insert into held_claims (conversation_id, answers_to, reason, text, instead, rewritten)"
            " values ($1, $2, $3, $4, $5, $6)",
            [(conversation, answers_to, one.reason, one.text, one.instead, one.rewritten) for one in held],
        )

    async def held_since(self, since: datetime, limit: int) -> Sequence[HeldView]:
        return [
            HeldView(
                ConversationId(row["conversation_id"]),
                row["name"],
                row["phone"],
                row["asked"],
                HeldClaim(row["reason"], row["text"], row["instead"], row["rewritten"]),
                row["created_at"],
            )
            for row in await self._connection.fetch(HELD, since, limit)
        ]

    async def count_held(self, since: datetime) -> HeldCount:
        row = await self._connection.fetchrow(COUNT, since)
        return HeldCount(row["held"], row["rewritten"], row["replies"])
