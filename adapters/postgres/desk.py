"""What people at the panel did, as rows."""

from __future__ import annotations

from adapters.postgres.pool import Connection
from application.handoff.ports import Place
from domain.handoff.entry import Attendant, Entry
from domain.shared.ids import ConversationId, MessageId

FIRST_STEP = 1_000
"""Steps below belong to the assistant's own answers."""


class PostgresDesk:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def write(self, conversation: ConversationId, entry: Entry) -> None:
        await self._connection.execute(
            "insert into handoff_entries (conversation_id, kind, author_id, author_name, text, upto, at)"
            " values ($1, $2, $3, $4, $5, $6, $7)",
            conversation,
            entry.kind,
            entry.by.id,
            entry.by.name,
            entry.text,
            entry.upto,
            entry.at,
        )

    async def next_place(self, conversation: ConversationId) -> Place:
        """A talk that nobody has written in yet is answered under its own number below zero, which no message has."""
        answers_to = await self.newest_message(conversation) or MessageId(-conversation)
        step: int = await self._connection.fetchval(
            "select coalesce(max(step) + 1, $3) from outgoing"
            " where conversation_id = $1 and answers_to = $2 and origin = 'person'",
            conversation,
            answers_to,
            FIRST_STEP,
        )
        return Place(answers_to, step)

    async def sign(self, conversation: ConversationId, place: Place, by: Attendant, request: str) -> None:
        await self._connection.execute(
            "update outgoing set author_id = $4, author_name = $5, request_key = $6"
            " where conversation_id = $1 and answers_to = $2 and step = $3",
            conversation,
            place.answers_to,
            place.step,
            by.id,
            by.name,
            request,
        )

    async def has_answered(self, conversation: ConversationId, request: str) -> bool:
        answered: bool = await self._connection.fetchval(
            "select exists (select from outgoing where conversation_id = $1 and request_key = $2)",
            conversation,
            request,
        )
        return answered

    async def newest_message(self, conversation: ConversationId) -> MessageId:
        newest: int | None = await self._connection.fetchval(
            "select max(id) from messages where conversation_id = $1", conversation
        )
        return MessageId(newest or 0)
