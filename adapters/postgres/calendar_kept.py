"""What is kept of a calendar elsewhere, as rows of the company's own schema."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import asyncpg

from adapters.postgres.agenda_places import ONE_PERSON_PER_SLOT
from adapters.postgres.pool import Connection
from application.agenda.connections import EventTypeOf
from application.agenda.ports import CalendarEntry
from domain.agenda.appointment import CalendarRef, SlotTaken
from domain.agenda.people import ProfessionalNotFound
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ProfessionalId, ServiceId

MOST_NUMBER: Final = 2**63 - 1
OF_ENTRY: Final = """
    select id from appointments where id = $1 or ref = $2 or ref = $3
    order by id = $1 desc nulls last, ref = $2 desc nulls last limit 1
"""
SWEEP: Final = """
    delete from agenda_places where professional_id = $1 and busy && tstzrange($2, $3) and held_until <= $4
"""
TAKE: Final = """
    insert into agenda_places (professional_id, busy, held_until) values ($1, tstzrange($2, $3), $3) returning id
"""
KEEP_STRANGER: Final = """
    insert into calendar_strangers as s (ref, professional_id, slot, place_id) values ($1, $2, tstzrange($3, $4), $5)
    on conflict (ref) do update set professional_id = excluded.professional_id, slot = excluded.slot,
        place_id = excluded.place_id
"""
NOTED: Final = """
    select exists (select from calendar_strangers
        where ref = $1 and professional_id = $2 and slot = tstzrange($3, $4) and place_id is null)
"""
LET_GO: Final = """
    with gone as (delete from calendar_strangers where ref = $1 returning place_id),
        freed as (delete from agenda_places where id in (select place_id from gone))
    select count(*) from gone
"""


class PostgresKeptCalendar:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def event_types(self) -> Sequence[EventTypeOf]:
        rows = await self._connection.fetch(
            "select service_id, professional_id, event_type_id, flexible from calendar_event_types"
        )
        return [
            EventTypeOf(
                ServiceId(row["service_id"]),
                ProfessionalId(row["professional_id"]),
                row["event_type_id"],
                row["flexible"],
            )
            for row in rows
        ]

    async def put_event_types(self, event_types: Sequence[EventTypeOf]) -> None:
        await self._connection.execute("delete from calendar_event_types")
        try:
            await self._connection.executemany(
                "insert into calendar_event_types (service_id, professional_id, event_type_id, flexible)"
                " values ($1, $2, $3, $4)",
                [(one.service, one.professional, one.number, one.flexible) for one in event_types],
            )
        except asyncpg.ForeignKeyViolationError:
            raise ProfessionalNotFound(
                "an event type stands for a service or a professional that is not there"
            ) from None

    async def keep_event(self, key: str, trigger: str, happened_at: datetime | None) -> bool:
        done = await self._connection.execute(
            "insert into calendar_events (key, trigger, happened_at) values ($1, $2, $3) on conflict do nothing",
            key,
            trigger,
            happened_at,
        )
        return bool(done == "INSERT 0 1")

    async def forget_events(self, before: datetime) -> None:
        await self._connection.execute("delete from calendar_events where received_at < $1", before)

    async def read_until(self) -> datetime | None:
        moment: datetime | None = await self._connection.fetchval("select read_until from calendar_reading")
        return moment

    async def read_up_to(self, moment: datetime) -> None:
        await self._connection.execute(
            "insert into calendar_reading (read_until) values ($1) on conflict (id) do update"
            " set read_until = greatest(calendar_reading.read_until, excluded.read_until), read_at = now()",
            moment,
        )

    async def appointment_of(self, entry: CalendarEntry) -> AppointmentId | None:
        marked = entry.appointment if entry.appointment is not None and entry.appointment <= MOST_NUMBER else None
        id: int | None = await self._connection.fetchval(OF_ENTRY, marked, entry.ref, entry.replaces)
        return None if id is None else AppointmentId(id)

    async def strangers_slot(self, ref: CalendarRef) -> Slot | None:
        row = await self._connection.fetchrow(
            "select lower(slot) as starts, upper(slot) as ends from calendar_strangers where ref = $1"
            " and place_id is not null",
            ref,
        )
        return None if row is None else Slot(row["starts"], row["ends"])

    async def take_for_stranger(
        self, ref: CalendarRef, professional: ProfessionalId, slot: Slot, now: datetime
    ) -> None:
        await self.let_stranger_go(ref)
        await self._connection.execute(SWEEP, professional, slot.starts, slot.ends, now)
        try:
            place = await self._connection.fetchval(TAKE, professional, slot.starts, slot.ends)
        except asyncpg.ExclusionViolationError as error:
            if error.constraint_name == ONE_PERSON_PER_SLOT:
                raise SlotTaken("somebody of ours has this time") from error
            raise
        await self._connection.execute(KEEP_STRANGER, ref, professional, slot.starts, slot.ends, place)

    async def note_conflict(self, ref: CalendarRef, professional: ProfessionalId, slot: Slot) -> bool:
        noted: bool = await self._connection.fetchval(NOTED, ref, professional, slot.starts, slot.ends)
        if not noted:
            await self.let_stranger_go(ref)
            await self._connection.execute(KEEP_STRANGER, ref, professional, slot.starts, slot.ends, None)
        return not noted

    async def let_stranger_go(self, ref: CalendarRef) -> bool:
        return bool(await self._connection.fetchval(LET_GO, ref))
