"""Bookings by chat, as rows: a conversation's notes, and the replies that claimed what was not so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from adapters.postgres.pool import Connection
from application.agenda.chat.ports import Notes
from application.assistant.truth import HeldClaim
from domain.shared.ids import ConversationId, MessageId

_NOTES: Final = msgspec.json.Decoder(Notes)


class PostgresBookingTalks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def notes(self, conversation: ConversationId) -> Notes | None:
        kept = await self._connection.fetchval(
            "select notes::text from booking_talks where conversation_id = $1", conversation
        )
        return None if kept is None else _NOTES.decode(kept)

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
