"""Reminders as rows: what is planned for an appointment, what was said, what was left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from adapters.postgres.pool import Connection
from application.delivery.outbox import BELOW_ALL
from application.reminders.ports import Delivered, Reminder, ReminderId, ReminderState, ReminderView
from domain.agenda.appointment import Appointment
from domain.delivery.outgoing import State
from domain.reminders.cadence import Kind, Planned
from domain.shared.ids import AppointmentId

VIEWS: Final = """
    select r.kind, r.state, r.why, coalesce(r.settled_at, r.due_at) as at, o.text, o.state as arrived, o.attempts,
        (select error from delivery_log d where d.outgoing_id = o.id order by d.id desc limit 1) as trouble
    from reminders r left join notices n on n.about = 'reminder:' || r.id
    left join outgoing o on o.conversation_id = n.conversation_id and o.answers_to = $2 - n.id and o.step = 0
    where r.appointment_id = $1 order by at desc, r.id desc limit $3
"""


class PostgresReminders:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def plan(self, appointment: Appointment, planned: Sequence[Planned]) -> None:
        await self._connection.execute(
            "delete from reminders where appointment_id = $1 and state = 'planned'", appointment.id
        )
        for each in planned:
            await self.add(appointment, each)

    async def add(self, appointment: Appointment, planned: Planned) -> None:
        await self._connection.execute(
            "insert into reminders (appointment_id, version, kind, starts, due_at) values ($1, $2, $3, $4, $5)",
            appointment.id,
            appointment.version,
            planned.kind,
            appointment.slot.starts,
            planned.due_at,
        )

    async def planned(self, appointment: AppointmentId, kind: Kind) -> Reminder | None:
        row = await self._connection.fetchrow(
            "select id, kind, starts, due_at from reminders"
            " where appointment_id = $1 and kind = $2 and state = 'planned' for update",
            appointment,
            kind,
        )
        return None if row is None else Reminder(ReminderId(row["id"]), Kind(row["kind"]), row["starts"], row["due_at"])

    async def sent(self, id: ReminderId, at: datetime) -> None:
        await self._connection.execute("update reminders set state = 'sent', settled_at = $2 where id = $1", id, at)

    async def dropped(self, id: ReminderId, why: str, at: datetime) -> None:
        await self._connection.execute(
            "update reminders set state = 'dropped', why = $2, settled_at = $3 where id = $1", id, why, at
        )

    async def drop_all(self, appointment: AppointmentId, why: str, at: datetime) -> Sequence[Kind]:
        rows = await self._connection.fetch(
            "update reminders set state = 'dropped', why = $2, settled_at = $3"
            " where appointment_id = $1 and state = 'planned' returning kind",
            appointment,
            why,
            at,
        )
        return [Kind(row["kind"]) for row in rows]

    async def of(self, appointment: AppointmentId, limit: int) -> Sequence[ReminderView]:
        return [_view(row) for row in await self._connection.fetch(VIEWS, appointment, BELOW_ALL, limit)]

    async def left_unanswered(self, appointment: Appointment) -> bool:
        left: bool | None = await self._connection.fetchval(
            "select not exists (select from messages m join conversations v on v.id = m.conversation_id"
            " where v.contact_id = $3 and m.author = 'contact' and m.received_at > min(r.settled_at))"
            " from reminders r where r.appointment_id = $1 and r.starts = $2 and r.state = 'sent' having count(*) > 0",
            appointment.id,
            appointment.slot.starts,
            appointment.contact,
        )
        return bool(left)


def _view(row: Any) -> ReminderView:  # noqa: ANN401 - asyncpg has no types
    message = None
    if row["text"] is not None:
        trouble = row["trouble"] if row["arrived"] != State.SENT else None
        message = Delivered(row["text"], State(row["arrived"]), row["attempts"], trouble)
    return ReminderView(Kind(row["kind"]), ReminderState(row["state"]), row["at"], row["why"], message)
