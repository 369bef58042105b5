"""Letters about appointments as rows: who reads them, and what each reader was told last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from adapters.postgres.pool import Connection
from application.reminders.letters.ports import Method, Reader, Role, Sent
from domain.shared.ids import AppointmentId, ProfessionalId

READERS: Final = """
    with told as (
        select distinct on (reader, case when reader = 'professional' then professional_id end)
            reader, method, version, starts, professional_id
        from appointment_letters where appointment_id = $1
        order by reader, case when reader = 'professional' then professional_id end, version desc
    ), expected as (
        select 'client' as role, c.email, null::bigint as professional, false as gone
        from appointments a join contacts c on c.id = a.contact_id where a.id = $1 and c.opted_out_at is null
        union all
        select 'professional', p.email, p.id, false
        from appointments a join professionals p on p.id = a.professional_id where a.id = $1
        union all
        select 'professional', p.email, p.id, true
        from appointments a join told t on t.reader = 'professional' and t.method = 'REQUEST'
            join professionals p on p.id = t.professional_id where a.id = $1 and t.professional_id <> a.professional_id
    )
    select e.role, e.email, e.gone, t.method, t.version, t.starts, t.professional_id
    from expected e left join told t on t.reader = e.role and (e.role = 'client' or t.professional_id = e.professional)
    where e.email is not null order by e.role, e.gone
"""


class PostgresLetters:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def readers(self, appointment: AppointmentId) -> Sequence[Reader]:
        rows = await self._connection.fetch(READERS, appointment)
        return [Reader(Role(row["role"]), row["email"], _sent(row), row["gone"]) for row in rows]

    async def sent(self, appointment: AppointmentId, role: Role, sent: Sent, at: datetime) -> None:
        await self._connection.execute(
            "insert into appointment_letters (appointment_id, reader, version, method, starts, sent_at, professional_id)"
            " values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
            appointment,
            role,
            sent.version,
            sent.method,
            sent.starts,
            at,
            sent.professional or 0,
        )


def _sent(row: Any) -> Sent | None:  # noqa: ANN401 - asyncpg has no types
    if row["method"] is None:
        return None
    professional = ProfessionalId(row["professional_id"]) if row["professional_id"] else None
    return Sent(Method(row["method"]), row["version"], row["starts"], professional)
