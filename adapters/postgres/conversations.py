"""Conversations and their messages as rows; every read names its columns, because schemas may differ by a migration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from adapters.postgres.pool import Connection
from application.assistant.ports import Completion, Speaker, Utterance
from application.conversations.ports import ConversationNotFound, MessageState
from application.delivery.outbox import BELOW_ALL
from domain.conversations.conversation import Conversation, Holder, Reason
from domain.conversations.inbound import InboundMessage, Kind, StaffMessage
from domain.conversations.loop_guard import Line
from domain.conversations.turn import Heard, Unanswered
from domain.shared.ids import ConnectionId, ContactId, ConversationId, EnvelopeId, MessageId

COLUMNS = (
    "id, connection_id, contact_id, reply_to, ticket_id, holder, holder_reason, held_since, staff_at, burst_opened_at,"
    " last_inbound_at, degraded_turns"
)
TIMELINE = """
    select author, text, at from (
        (select author, coalesce(nullif(text, ''), '[' || kind || ']') as text, received_at as at, id as tie, 0 as side
         from messages where conversation_id = $1 and id < $2 order by id desc limit $3)
        union all
        (select case origin when 'person' then 'staff' else 'assistant' end, {text}, {at}, id, 1
         from outgoing o where conversation_id = $1 and answers_to < $2 and (step % 100 = 0 or origin = 'person')
         order by id desc limit $3)
    ) said order by at desc, side desc, tie desc limit $3
"""
"""Its parts are told as one answer, at the place of the first: `step` counts them, and a hundred is another answer."""

OTHER_PARTS = """
    from outgoing p where p.conversation_id = o.conversation_id and p.answers_to = o.answers_to and p.origin <> 'person'
        and p.step > o.step and p.step < o.step + 100
"""
HISTORY = TIMELINE.format(
    text=f"concat_ws(e'\\n\\n', text, (select string_agg(p.text, e'\\n\\n' order by p.step) {OTHER_PARTS}))",
    at="created_at",
)
LINES = TIMELINE.format(text="text", at=f"coalesce((select max(p.finished_at) {OTHER_PARTS}), created_at)")
WAITING = """
    select id, kind, text, sent_at, received_at from messages
    where conversation_id = $1 and state = 'waiting' order by id
"""
WAITING_OR_GIVEN_UP = """
    select id, kind, text, sent_at, received_at from messages
    where conversation_id = $1 and (state = 'waiting' or state = 'unanswered' and reason = 'gave_up')
        and id > coalesce((
            select max(id) from messages where conversation_id = $1 and author = 'contact' and state = 'answered'), 0)
    order by id
"""
AWAIT_ANSWERS = """
    update messages set state = 'waiting', reason = null
    where conversation_id = $1 and author = 'contact' and state = 'unanswered' and reason = 'held' and received_at >= $2
        and id > coalesce((
            select max(id) from messages where conversation_id = $1 and (author = 'staff' or state = 'answered')), 0)
        and id > coalesce((select max(answers_to) from outgoing where conversation_id = $1), 0)
"""
VERSION_BEFORE = """
    select case when exists (
        select from outgoing n where n.conversation_id = $1 and n.answers_to < $3 and n.id > coalesce((
            select max(o.id) from outgoing o where o.conversation_id = $1 and o.answers_to >= $3), 0)
    ) then -1 else (select max(id) from messages where conversation_id = $1 and id < $2) end
"""
SPEAKERS = {"contact": Speaker.CONTACT, "staff": Speaker.STAFF, "assistant": Speaker.ASSISTANT}
NEWEST = MessageId(2**62)


class PostgresConversations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def with_contact(self, connection: ConnectionId, contact: ContactId, reply_to: str) -> Conversation:
        query = f"select {COLUMNS} from conversations where connection_id = $1 and contact_id = $2 for update"  # noqa: S608
        row = await self._connection.fetchrow(query, connection, contact)
        if row is None:
            made = await self._connection.fetchrow(
                "insert into conversations (connection_id, contact_id, reply_to) values ($1, $2, $3)"  # noqa: S608
                f" on conflict (connection_id, contact_id) do nothing returning {COLUMNS}",
                connection,
                contact,
                reply_to,
            )
            row = made or await self._connection.fetchrow(query, connection, contact)
        return from_row(row)

    async def get(self, id: ConversationId, *, lock: bool = False) -> Conversation:
        row = await self._connection.fetchrow(
            f"select {COLUMNS} from conversations where id = $1{' for update' if lock else ''}",  # noqa: S608
            id,
        )
        if row is None:
            raise ConversationNotFound(f"there is no conversation {id}")
        return from_row(row)

    async def save(self, conversation: Conversation) -> None:
        await self._connection.execute(
            "update conversations set reply_to = $2, ticket_id = $3, holder = $4, holder_reason = $5, held_since = $6,"
            " staff_at = $7, burst_opened_at = $8, last_inbound_at = $9, degraded_turns = $10 where id = $1",
            conversation.id,
            conversation.reply_to,
            conversation.ticket_id,
            conversation.holder,
            conversation.reason,
            conversation.held_since,
            conversation.staff_at,
            conversation.burst_opened_at,
            conversation.last_inbound_at,
            conversation.degraded_turns,
        )

    async def add(
        self,
        conversation: ConversationId,
        envelope: EnvelopeId,
        message: InboundMessage,
        *,
        state: MessageState,
        reason: Unanswered | None,
        received_at: datetime,
    ) -> MessageId:
        id: int = await self._connection.fetchval(
            "insert into messages (conversation_id, envelope_id, external_id, author, kind, text, media, sent_at,"
            " received_at, state, reason) values ($1, $2, $3, 'contact', $4, $5, $6, $7, $8, $9, $10) returning id",
            conversation,
            envelope,
            message.external_id,
            message.kind,
            message.text,
            msgspec.json.encode(message.media).decode() if message.media else None,
            message.sent_at or received_at,
            received_at,
            state,
            reason,
        )
        return MessageId(id)

    async def add_staff(
        self,
        conversation: ConversationId,
        envelope: EnvelopeId,
        message: StaffMessage,
        *,
        received_at: datetime,
    ) -> None:
        await self._connection.execute(
            "insert into messages (conversation_id, envelope_id, external_id, author, kind, text, sent_at, received_at,"
            " state) values ($1, $2, $3, 'staff', 'text', $4, $5, $6, 'answered')",
            conversation,
            envelope,
            message.external_id,
            message.text,
            message.sent_at or received_at,
            received_at,
        )

    async def waiting(self, id: ConversationId, *, also_given_up: bool = False) -> Sequence[Heard]:
        rows = await self._connection.fetch(WAITING_OR_GIVEN_UP if also_given_up else WAITING, id)
        return [Heard(MessageId(r["id"]), Kind(r["kind"]), r["text"], r["sent_at"], r["received_at"]) for r in rows]

    async def settle(self, ids: Sequence[MessageId], state: MessageState, *, reason: Unanswered | None = None) -> None:
        await self._connection.execute(
            "update messages set state = $2, reason = $3 where id = any($1::bigint[])",
            list(ids),
            state,
            reason,
        )

    async def await_answers(self, id: ConversationId, *, since: datetime) -> bool:
        status: str = await self._connection.execute(AWAIT_ANSWERS, id, since)
        return status != "UPDATE 0"

    async def told_before(self, id: ConversationId, before: MessageId, limit: int) -> Sequence[Utterance]:
        rows = await self._connection.fetch(HISTORY, id, before, limit)
        return [Utterance(SPEAKERS[row["author"]], row["text"]) for row in reversed(rows)]

    async def lines(self, id: ConversationId, limit: int) -> Sequence[Line]:
        rows = await self._connection.fetch(LINES, id, NEWEST, limit)
        return [Line(row["author"] == "assistant", row["text"], row["at"]) for row in reversed(rows)]

    async def version_before(self, id: ConversationId, before: MessageId) -> int:
        """-1 where something was said unasked since the last answer: no memory knows of that."""
        version: int | None = await self._connection.fetchval(VERSION_BEFORE, id, before, BELOW_ALL)
        return version or 0

    async def answered_since(self, contact: ContactId, since: datetime) -> int:
        count: int = await self._connection.fetchval(
            "select count(*) from messages where author = 'contact' and state = 'answered' and received_at >= $2"
            " and conversation_id in (select id from conversations where contact_id = $1)",
            contact,
            since,
        )
        return count

    async def count_model_calls(self, id: ConversationId, rung: str, calls: Sequence[Completion]) -> None:
        if calls:
            await self._connection.executemany(
                "insert into model_calls (conversation_id, model, rung, input_tokens, output_tokens, cost_micros, seconds)"
                " values ($1, $2, $3, $4, $5, $6, $7)",
                [(id, c.model, rung, c.input_tokens, c.output_tokens, c.cost_micros, c.seconds) for c in calls],
            )


def from_row(row: Connection) -> Conversation:
    return Conversation(
        id=ConversationId(row["id"]),
        connection=ConnectionId(row["connection_id"]),
        contact=ContactId(row["contact_id"]),
        reply_to=row["reply_to"],
        ticket_id=row["ticket_id"],
        holder=Holder(row["holder"]),
        reason=Reason(row["holder_reason"]) if row["holder_reason"] else None,
        held_since=row["held_since"],
        staff_at=row["staff_at"],
        burst_opened_at=row["burst_opened_at"],
        last_inbound_at=row["last_inbound_at"],
        degraded_turns=row["degraded_turns"],
    )
