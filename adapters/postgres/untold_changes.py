"""Changes that a client has yet to be told of, as rows: what they know of the appointment meanwhile."""

from __future__ import annotations

from adapters.postgres.pool import Connection
from application.agenda.untold import Known
from domain.shared.ids import AppointmentId, ProfessionalId


class PostgresUntold:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, appointment: AppointmentId, known: Known) -> None:
        await self._connection.execute(
            "insert into untold_changes (appointment_id, professional_id, starts) values ($1, $2, $3)"
            " on conflict (appointment_id) do nothing",
            appointment,
            known.professional,
            known.starts,
        )

    async def of(self, appointment: AppointmentId) -> Known | None:
        row = await self._connection.fetchrow(
            "select professional_id, starts from untold_changes where appointment_id = $1", appointment
        )
        return None if row is None else Known(ProfessionalId(row["professional_id"]), row["starts"])

    async def forget(self, appointment: AppointmentId) -> None:
        await self._connection.execute("delete from untold_changes where appointment_id = $1", appointment)
