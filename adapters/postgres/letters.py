"""Letters about appointments as rows: who reads them, and what each reader was told last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from adapters.postgres.pool import Connection
from application.reminders.letters.ports import Method, Reader, Role, Sent
from domain.shared.ids import AppointmentId

READERS: Final = """
    select case when c.opted_out_at is null then c.email end as client, p.email as professional
    from appointments a join contacts c on c.id = a.contact_id join professionals p on p.id = a.professional_id
    where a.id = $1
"""


class PostgresLetters:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def readers(self, appointment: AppointmentId) -> Sequence[Reader]:
        row = await self._connection.fetchrow(READERS, appointment)
        return [] if row is None else [Reader(role, row[role]) for role in Role if row[role]]

    async def last(self, appointment: AppointmentId, role: Role) -> Sent | None:
        row = await self._connection.fetchrow(
            "select method, version, starts from appointment_letters where appointment_id = $1 and reader = $2"
            " order by version desc limit 1",
            appointment,
            role,
        )
        return None if row is None else Sent(Method(row["method"]), row["version"], row["starts"])

    async def sent(self, appointment: AppointmentId, role: Role, sent: Sent, at: datetime) -> None:
        await self._connection.execute(
            "insert into appointment_letters (appointment_id, reader, version, method, starts, sent_at)"
            " values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            appointment,
            role,
            sent.version,
            sent.method,
            sent.starts,
            at,
        )
