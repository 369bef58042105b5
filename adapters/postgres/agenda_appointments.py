"""Appointments as rows, and as people look at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from adapters.postgres.agenda_clients import TALKS, client_from
from adapters.postgres.plain_text import plain_column, plain_words
from adapters.postgres.pool import Connection
from adapters.postgres.presence import presence_in
from application.agenda.work import AppointmentView, Listed
from domain.agenda.appointment import Appointment, AppointmentNotFound, CalendarRef, Hears, Owed, Status
from domain.agenda.presence import Presence
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ContactId, ProfessionalId, ServiceId

COLUMNS: Final = (
    "a.id, a.contact_id, a.professional_id, a.service_id, a.starts, a.ends, a.status, a.version, a.owed, a.ref,"
    " a.moving_starts, a.moving_ends, a.moving_professional_id, a.moving_hears, a.reason, a.price_cents"
)
VIEW: Final = f"""
    select {COLUMNS}, c.name, c.phone, c.email, {TALKS}, p.name as professional_name, s.name as service_name
    from appointments a join contacts c on c.id = a.contact_id join professionals p on p.id = a.professional_id
    join services s on s.id = a.service_id
"""  # noqa: S608 - our own words only
LIST: Final = f"""
    {VIEW} where a.starts < $2 and a.ends > $1 and a.starts > $1 - interval '1 day'
        and ($3::bigint is null or a.professional_id = $3) and ($4::bigint is null or a.contact_id = $4)
        and ($5 = '' or strpos({plain_column("coalesce(c.name, '')")}, $5) > 0 or strpos(coalesce(c.phone, ''), $5) > 0)
        and (cardinality($6::text[]) = 0 or a.status = any($6))
    order by a.starts, a.id limit $7
"""
LATEST: Final = LIST.replace("order by a.starts, a.id", "order by a.starts desc, a.id desc")
PULSE: Final = """
    select concat_ws(' ', (select concat_ws('-', count(*), sum(xmin::text::bigint)) from appointments where starts >= $1),
        (select concat_ws('-', count(*), sum(xmin::text::bigint)) from professionals),
        (select concat_ws('-', count(*), sum(xmin::text::bigint)) from services),
        (select concat_ws('-', count(*), sum(xmin::text::bigint)) from days_off),
        (select sum(xmin::text::bigint) from agenda_rules))
"""
"""`xmin` is the transaction that wrote a row last; their sum also tells of one that began earlier and committed later.
Contacts' names are left to the slower look."""


class PostgresAppointments:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, id: AppointmentId, *, lock: bool = False) -> Appointment:
        query = f"select {COLUMNS} from appointments a where a.id = $1{' for update' if lock else ''}"  # noqa: S608
        row = await self._connection.fetchrow(query, id)
        if row is None:
            raise AppointmentNotFound(f"there is no appointment {id}")
        return _appointment(row)

    async def add(self, appointment: Appointment) -> AppointmentId:
        id: int = await self._connection.fetchval(
            "insert into appointments (contact_id, professional_id, service_id, starts, ends, status, version, owed,"
            " price_cents) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
            appointment.contact,
            appointment.professional,
            appointment.service,
            appointment.slot.starts,
            appointment.slot.ends,
            appointment.status,
            appointment.version,
            appointment.owed,
            appointment.price_cents,
        )
        return AppointmentId(id)

    async def save(self, appointment: Appointment) -> None:
        moving = appointment.moving_to
        await self._connection.execute(
            "update appointments set starts = $2, ends = $3, status = $4, version = $5, owed = $6, ref = $7,"
            " moving_starts = $8, moving_ends = $9, reason = $10, professional_id = $11, moving_professional_id = $12,"
            " moving_hears = $13, updated_at = now() where id = $1",
            appointment.id,
            appointment.slot.starts,
            appointment.slot.ends,
            appointment.status,
            appointment.version,
            appointment.owed,
            appointment.ref,
            None if moving is None else moving.starts,
            None if moving is None else moving.ends,
            appointment.reason,
            appointment.professional,
            appointment.moving_professional,
            appointment.hears,
        )

    async def view(self, id: AppointmentId) -> AppointmentView:
        row = await self._connection.fetchrow(f"{VIEW} where a.id = $1", id)
        if row is None:
            raise AppointmentNotFound(f"there is no appointment {id}")
        return _view(row)

    async def list(self, wanted: Listed) -> Sequence[AppointmentView]:
        rows = await self._connection.fetch(
            LATEST if wanted.latest_first else LIST,
            wanted.window.starts,
            wanted.window.ends,
            wanted.professional,
            wanted.contact,
            plain_words(wanted.words),
            sorted(wanted.statuses),
            wanted.limit,
        )
        return [_view(row) for row in rows]

    async def presence(self, window: Slot) -> Presence:
        return await presence_in(self._connection, window)

    async def pulse(self, since: datetime) -> str:
        pulse: str = await self._connection.fetchval(PULSE, since)
        return pulse


def _appointment(row: Any) -> Appointment:  # noqa: ANN401 - asyncpg has no types
    return Appointment(
        id=AppointmentId(row["id"]),
        contact=ContactId(row["contact_id"]),
        professional=ProfessionalId(row["professional_id"]),
        service=ServiceId(row["service_id"]),
        slot=Slot(row["starts"], row["ends"]),
        status=Status(row["status"]),
        version=row["version"],
        owed=None if row["owed"] is None else Owed(row["owed"]),
        ref=None if row["ref"] is None else CalendarRef(row["ref"]),
        moving_to=None if row["moving_starts"] is None else Slot(row["moving_starts"], row["moving_ends"]),
        moving_professional=None
        if row["moving_professional_id"] is None
        else ProfessionalId(row["moving_professional_id"]),
        hears=Hears(row["moving_hears"]),
        reason=row["reason"],
        price_cents=row["price_cents"],
    )


def _view(row: Any) -> AppointmentView:  # noqa: ANN401
    client = client_from(row["contact_id"], row)
    return AppointmentView(_appointment(row), client, row["professional_name"], row["service_name"])
