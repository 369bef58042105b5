"""Questions afterwards as rows, what people answered, and how content they were day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from adapters.postgres.plain_text import plain_column, plain_words
from adapters.postgres.pool import Connection
from adapters.postgres.presence import presence_in
from application.follow_ups.ports import (
    FollowUp,
    FollowUpId,
    FollowUpNotFound,
    FollowUpView,
    Satisfaction,
    Sought,
    Status,
)
from domain.agenda.presence import Presence
from domain.agenda.slot import Slot
from domain.follow_ups.replies import Intent
from domain.shared.ids import AppointmentId, ContactId

COLUMNS: Final = "select id, appointment_id, state, sent, sent_at from follow_ups"
LIST: Final = f"""
    select f.id, f.appointment_id, a.contact_id, coalesce(c.name, c.phone, '') as client_name, s.name as service_name,
        f.state, f.why, f.sent, f.due_at, f.sent_at, f.answered_at, f.intent, coalesce((
            select e.comment from feedback_events e where e.appointment_id = f.appointment_id and e.source = 'follow_up'
            order by e.id desc limit 1), '') as comment
    from follow_ups f join appointments a on a.id = f.appointment_id join contacts c on c.id = a.contact_id
    join services s on s.id = a.service_id
    where f.due_at >= $1 and f.due_at < $2 and ($3::text is null or f.state = $3)
        and ($4::text is null or f.intent = $4)
        and ($5 = '' or strpos({plain_column("coalesce(c.name, '')")}, $5) > 0 or strpos(coalesce(c.phone, ''), $5) > 0)
    order by f.due_at desc, f.id desc limit $6
"""  # noqa: S608 - our own words only
SATISFACTION: Final = """
    select (answered_at at time zone $2)::date as day, count(*) filter (where intent = 'followup_positive') as positive,
        count(*) filter (where intent = 'followup_negative') as negative,
        count(*) filter (where intent = 'followup_feedback') as feedback
    from follow_ups where answered_at >= $1 group by day order by day
"""


class PostgresFollowUps:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def plan(self, appointment: AppointmentId, due_at: datetime) -> bool:
        done: str = await self._connection.execute(
            "insert into follow_ups as f (appointment_id, due_at) values ($1, $2) on conflict (appointment_id) do update"
            " set state = 'planned', why = '', due_at = excluded.due_at where f.state = 'dropped' and f.why = 'missed'",
            appointment,
            due_at,
        )
        return done == "INSERT 0 1"

    async def last_sent(self, contact: ContactId) -> datetime | None:
        last: datetime | None = await self._connection.fetchval(
            "select max(f.sent_at) from follow_ups f join appointments a on a.id = f.appointment_id where a.contact_id = $1",
            contact,
        )
        return last

    async def of(self, appointment: AppointmentId) -> FollowUp | None:
        row = await self._connection.fetchrow(f"{COLUMNS} where appointment_id = $1 for update", appointment)
        return None if row is None else _follow_up(row)

    async def get(self, id: FollowUpId) -> FollowUp:
        row = await self._connection.fetchrow(f"{COLUMNS} where id = $1 for update", id)
        if row is None:
            raise FollowUpNotFound(f"there is no follow-up {id}")
        return _follow_up(row)

    async def sent(self, id: FollowUpId, at: datetime) -> None:
        await self._connection.execute(
            "update follow_ups set state = 'sent', why = '', sent_at = $2, sent = sent + 1 where id = $1", id, at
        )

    async def dropped(self, id: FollowUpId, why: str) -> None:
        await self._connection.execute("update follow_ups set state = 'dropped', why = $2 where id = $1", id, why)

    async def answered(self, id: FollowUpId, intent: Intent, at: datetime) -> None:
        await self._connection.execute(
            "update follow_ups set state = 'answered', intent = $2, answered_at = $3 where id = $1", id, intent, at
        )

    async def list(self, sought: Sought) -> Sequence[FollowUpView]:
        rows = await self._connection.fetch(
            LIST,
            sought.since,
            sought.until,
            sought.status,
            sought.intent,
            plain_words(sought.words),
            sought.limit,
        )
        return [_view(row) for row in rows]

    async def satisfaction(self, since: datetime, zone: str) -> Sequence[Satisfaction]:
        rows = await self._connection.fetch(SATISFACTION, since, zone)
        return [Satisfaction(row["day"], row["positive"], row["negative"], row["feedback"]) for row in rows]

    async def asked_and_answered(self, since: datetime) -> tuple[int, int]:
        row = await self._connection.fetchrow(
            "select count(*) as asked, count(answered_at) as answered from follow_ups where sent_at >= $1", since
        )
        return row["asked"], row["answered"]


class PostgresFeedback:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def record(self, appointment: AppointmentId, source: str, intent: str, comment: str, at: datetime) -> None:
        await self._connection.execute(
            "insert into feedback_events (appointment_id, source, intent, comment, at) values ($1, $2, $3, $4, $5)",
            appointment,
            source,
            intent,
            comment,
            at,
        )

    async def presence(self, since: datetime, until: datetime) -> Presence:
        return await presence_in(self._connection, Slot(since, until))


def _follow_up(row: Any) -> FollowUp:  # noqa: ANN401 - asyncpg has no types
    id, appointment = FollowUpId(row["id"]), AppointmentId(row["appointment_id"])
    return FollowUp(id, appointment, Status(row["state"]), row["sent"], row["sent_at"])


def _view(row: Any) -> FollowUpView:  # noqa: ANN401
    return FollowUpView(
        id=FollowUpId(row["id"]),
        appointment=AppointmentId(row["appointment_id"]),
        contact=ContactId(row["contact_id"]),
        client_name=row["client_name"],
        service_name=row["service_name"],
        status=Status(row["state"]),
        due_at=row["due_at"],
        sent_at=row["sent_at"],
        answered_at=row["answered_at"],
        intent=None if row["intent"] is None else Intent(row["intent"]),
        comment=row["comment"],
        why=row["why"],
        times=row["sent"],
    )
