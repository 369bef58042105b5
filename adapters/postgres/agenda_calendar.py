"""The built-in calendar, for whoever has no other: complete by itself, and held by the same contract as the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.postgres.work import PostgresWorkshop
from application.agenda.ports import CalendarBooking, CalendarEntry, CalendarRefused, EntryState, FreeQuery
from application.shared.ports import Clock
from domain.agenda.appointment import CalendarRef
from domain.agenda.slot import Slot
from domain.shared.ids import ProfessionalId, TenantId


@dataclass(frozen=True, slots=True)
class BuiltInCalendar:
    """It lends out all the time that no entry takes: when a company attends is the agenda's to say, not the calendar's."""

    open_work: PostgresWorkshop
    tenant: TenantId
    clock: Clock

    async def free(self, query: FreeQuery) -> Mapping[ProfessionalId, Sequence[Slot]]:
        async with self.open_work(self.tenant) as work:
            taken = await work.entries.taken(query.professionals, query.window, query.moving)
        return {each: query.window.less(taken.get(each, ())) for each in query.professionals}

    async def book(self, booking: CalendarBooking) -> CalendarRef:
        async with self.open_work(self.tenant) as work:
            ref = await work.entries.add(booking, self.clock())
            await work.commit()
        return ref

    async def find(self, booking: CalendarBooking) -> CalendarEntry | None:
        async with self.open_work(self.tenant) as work:
            entry = await work.entries.of(booking.appointment)
        return entry if entry is not None and entry.state is EntryState.STANDING and _is(entry, booking) else None

    async def reschedule(self, ref: CalendarRef, booking: CalendarBooking) -> CalendarRef:
        async with self.open_work(self.tenant) as work:
            entry = await work.entries.get(ref)
            if entry.state is not EntryState.STANDING:
                raise CalendarRefused("what does not stand cannot be moved")
            if not _is(entry, booking):
                await work.entries.move(ref, booking.professional, booking.slot, self.clock())
                await work.commit()
        return ref

    async def cancel(self, ref: CalendarRef, reason: str) -> None:
        async with self.open_work(self.tenant) as work:
            await work.entries.get(ref)
            await work.entries.become(ref, EntryState.CANCELLED, self.clock(), reason)
            await work.commit()

    async def mark_absent(self, ref: CalendarRef) -> None:
        await self._attended(ref, EntryState.MISSED)

    async def mark_present(self, ref: CalendarRef) -> None:
        await self._attended(ref, EntryState.STANDING)

    async def _attended(self, ref: CalendarRef, state: EntryState) -> None:
        async with self.open_work(self.tenant) as work:
            entry = await work.entries.get(ref)
            if entry.state is EntryState.CANCELLED or entry.slot.starts > self.clock():
                raise CalendarRefused("nobody can be missing from what has not begun")
            await work.entries.become(ref, state, self.clock())
            await work.commit()

    async def changed_since(self, moment: datetime, *, limit: int = 250) -> Sequence[CalendarEntry]:
        async with self.open_work(self.tenant) as work:
            return await work.entries.changed_since(moment, limit)


@dataclass(frozen=True, slots=True)
class BuiltInCalendars:
    open_work: PostgresWorkshop
    clock: Clock

    async def of(self, tenant: TenantId) -> BuiltInCalendar:
        return BuiltInCalendar(self.open_work, tenant, self.clock)


def _is(entry: CalendarEntry, booking: CalendarBooking) -> bool:
    return (entry.professional, entry.slot) == (booking.professional, booking.slot)
