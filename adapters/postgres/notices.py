"""What was asked unasked, as rows: which questions are open, what was answered, and who wants to be left alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from adapters.postgres.pool import Connection
from application.delivery.outbox import BELOW_ALL
from application.reminders.ports import Question
from domain.reminders.notices import Asked, NoticeId, OpenNotice, Replied
from domain.shared.ids import AppointmentId, ContactId, ConversationId, MessageId

OPEN: Final = """
    select n.id, n.kind, n.appointment_ids, n.subject_id, n.intent, not exists (
        select from outgoing o where o.conversation_id = n.conversation_id and o.id > n.upto and o.answers_to > $3
            and o.answers_to is distinct from n.said_in) as fresh
    from notices n where n.conversation_id = $1 and n.closed_at is null and n.closes_at > $2
        and n.said_in is distinct from $4 order by n.id desc
"""


class PostgresNotices:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def conversation_of(self, contact: ContactId) -> ConversationId | None:
        id: int | None = await self._connection.fetchval(
            "select id from conversations where contact_id = $1 order by last_inbound_at desc nulls last, id desc limit 1",
            contact,
        )
        return None if id is None else ConversationId(id)

    async def begun_lately(self) -> int:
        count: int = await self._connection.fetchval(
            "select count(*) from conversations where last_inbound_at is null and created_at > now() - interval '1 day'"
        )
        return count

    async def opted_out(self, contact: ContactId) -> bool:
        out: bool | None = await self._connection.fetchval(
            "select opted_out_at is not null from contacts where id = $1", contact
        )
        return bool(out)

    async def set_opted_out(self, contact: ContactId, at: datetime | None) -> bool:
        done: str = await self._connection.execute(
            "update contacts set opted_out_at = $2 where id = $1 and (opted_out_at is null) <> ($2::timestamptz is null)",
            contact,
            at,
        )
        return done == "UPDATE 1"

    async def ask(self, question: Question) -> NoticeId | None:
        id: int | None = await self._connection.fetchval(
            "insert into notices (about, kind, conversation_id, appointment_ids, subject_id, intent, said_in, upto,"
            " asked_at, closes_at) values ($1, $2, $3, $4, $5, $6, $7,"
            " coalesce((select max(id) from outgoing where conversation_id = $3), 0), $8, $9)"
            " on conflict (about) do nothing returning id",
            question.about,
            question.kind,
            question.conversation,
            list(question.appointments),
            question.subject,
            question.intent,
            question.said_in,
            question.asked_at,
            question.closes_at,
        )
        return None if id is None else NoticeId(id)

    async def open_in(self, conversation: ConversationId, now: datetime, heard: MessageId) -> Sequence[OpenNotice]:
        return [
            OpenNotice(
                NoticeId(row["id"]),
                Asked(row["kind"]),
                tuple(AppointmentId(id) for id in row["appointment_ids"]),
                row["subject_id"],
                row["intent"],
                row["fresh"],
            )
            for row in await self._connection.fetch(OPEN, conversation, now, BELOW_ALL, heard)
        ]

    async def reply_to(self, conversation: ConversationId, message: MessageId) -> Replied | None:
        row = await self._connection.fetchrow(
            "select reply, meaning from notices where conversation_id = $1 and answered_by = $2 and reply <> '' limit 1",
            conversation,
            message,
        )
        return None if row is None else Replied(row["reply"], row["meaning"])

    async def close(
        self, ids: Sequence[NoticeId], meaning: str, at: datetime, *, by: MessageId | None = None, reply: str = ""
    ) -> None:
        await self._connection.execute(
            "update notices set closed_at = $2, meaning = $3, answered_by = $4, reply = $5 where id = any($1::bigint[])",
            list(ids),
            at,
            meaning,
            by,
            reply,
        )

    async def close_about(self, appointment: AppointmentId, at: datetime) -> None:
        await self._connection.execute(
            "update notices set closed_at = coalesce(closed_at, $2),"
            " meaning = case when meaning in ('no', 'move') then 'settled' else meaning end"
            " where appointment_ids @> array[$1::bigint]",
            appointment,
            at,
        )

    async def declined(self, appointment: AppointmentId) -> bool:
        meaning: str | None = await self._connection.fetchval(
            "select meaning from notices where appointment_ids @> array[$1::bigint] and meaning in ('yes', 'no', 'move')"
            " order by closed_at desc, id desc limit 1",
            appointment,
        )
        return meaning in ("no", "move")
