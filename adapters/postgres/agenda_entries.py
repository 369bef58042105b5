"""The rows of the built-in calendar: what is agreed with whom, and when that last changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import asyncpg

from adapters.postgres.pool import Connection
from application.agenda.ports import CalendarBooking, CalendarEntry, EntryNotFound, EntryState
from domain.agenda.appointment import CalendarRef, SlotTaken
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ProfessionalId

ONE_ENTRY_PER_SLOT: Final = "one_entry_per_slot"
ENTRY: Final = (
    "select ref, appointment_id, professional_id, lower(slot) as starts, upper(slot) as ends, state, changed_at"
    " from calendar_entries"
)


class PostgresEntries:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def taken(
        self, professionals: Sequence[ProfessionalId], window: Slot, but: CalendarRef | None
    ) -> Mapping[ProfessionalId, Sequence[Slot]]:
        rows = await self._connection.fetch(
            "select professional_id, lower(slot) as starts, upper(slot) as ends from calendar_entries"
            " where professional_id = any($1::bigint[]) and slot && tstzrange($2, $3) and state <> 'cancelled'"
            " and ref is distinct from $4",
            professionals,
            window.starts,
            window.ends,
            _own(but),
        )
        found: defaultdict[ProfessionalId, list[Slot]] = defaultdict(list)
        for row in rows:
            found[ProfessionalId(row["professional_id"])].append(Slot(row["starts"], row["ends"]))
        return found

    async def add(self, booking: CalendarBooking, at: datetime) -> CalendarRef:
        """Added once for each appointment: again is the same entry. Raises SlotTaken."""
        query = (
            "insert into calendar_entries (appointment_id, professional_id, slot, changed_at)"
            " values ($1, $2, tstzrange($3, $4), $5)"
            " on conflict on constraint calendar_entries_appointment_once do update set appointment_id ="
            " excluded.appointment_id returning ref"
        )
        slot = booking.slot
        try:
            ref: UUID = await self._connection.fetchval(
                query, booking.appointment, booking.professional, slot.starts, slot.ends, at
            )
        except asyncpg.ExclusionViolationError as error:
            raise _taken(error) from error
        return CalendarRef(str(ref))

    async def of(self, appointment: AppointmentId) -> CalendarEntry | None:
        row = await self._connection.fetchrow(f"{ENTRY} where appointment_id = $1", appointment)
        return None if row is None else _entry(row)

    async def get(self, ref: CalendarRef) -> CalendarEntry:
        """Locked. Raises EntryNotFound."""
        row = await self._connection.fetchrow(f"{ENTRY} where ref = $1 for update", uuid_of(ref))
        if row is None:
            raise EntryNotFound("the calendar has no such entry")
        return _entry(row)

    async def move(self, ref: CalendarRef, professional: ProfessionalId, slot: Slot, at: datetime) -> None:
        """Raises SlotTaken."""
        try:
            await self._connection.execute(
                "update calendar_entries set slot = tstzrange($2, $3), changed_at = $4, professional_id = $5 where ref = $1",
                uuid_of(ref),
                slot.starts,
                slot.ends,
                at,
                professional,
            )
        except asyncpg.ExclusionViolationError as error:
            raise _taken(error) from error

    async def become(self, ref: CalendarRef, state: EntryState, at: datetime, reason: str = "") -> None:
        await self._connection.execute(
            "update calendar_entries set state = $2, changed_at = $3, reason = $4 where ref = $1 and state <> $2",
            uuid_of(ref),
            state,
            at,
            reason,
        )

    async def changed_since(self, moment: datetime, limit: int) -> Sequence[CalendarEntry]:
        rows = await self._connection.fetch(
            f"{ENTRY} where changed_at >= $1 order by changed_at, ref limit $2", moment, limit
        )
        return [_entry(row) for row in rows]


def uuid_of(ref: CalendarRef) -> UUID:
    """Raises EntryNotFound for what never was a name of ours."""
    try:
        return UUID(ref)
    except ValueError:
        raise EntryNotFound("the calendar has no such entry") from None


def _own(ref: CalendarRef | None) -> UUID | None:
    """None also for an entry of the calendar that the company had before."""
    try:
        return None if ref is None else uuid_of(ref)
    except EntryNotFound:
        return None


def _taken(error: asyncpg.ExclusionViolationError) -> Exception:
    return SlotTaken("the calendar has somebody else then") if error.constraint_name == ONE_ENTRY_PER_SLOT else error


def _entry(row: Any) -> CalendarEntry:  # noqa: ANN401 - asyncpg has no types
    return CalendarEntry(
        ref=CalendarRef(str(row["ref"])),
        slot=Slot(row["starts"], row["ends"]),
        state=EntryState(row["state"]),
        changed_at=row["changed_at"],
        appointment=AppointmentId(row["appointment_id"]),
        professional=ProfessionalId(row["professional_id"]),
    )
