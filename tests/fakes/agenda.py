"""A calendar whose line breaks: what it was asked may have been done, and nobody hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from application.agenda.ports import (
    Calendar,
    CalendarBooking,
    CalendarEntry,
    Calendars,
    CalendarUnavailable,
    CalendarUnsure,
    FreeQuery,
)
from domain.agenda.appointment import CalendarRef
from domain.agenda.slot import Slot
from domain.shared.ids import ProfessionalId, TenantId


@dataclass
class Line:
    """`deaf`: nothing arrives, or nothing but so many calls yet. `mute`: all is done there, and no answer comes back."""

    deaf: bool = False
    deaf_after: int | None = None
    mute: bool = False
    asked: list[str] = field(default_factory=list)


@dataclass
class BrokenCalendar:
    calendar: Calendar
    line: Line

    async def free(self, query: FreeQuery) -> Mapping[ProfessionalId, Sequence[Slot]]:
        self._reach("free")
        return await self.calendar.free(query)

    async def book(self, booking: CalendarBooking) -> CalendarRef:
        self._reach("book")
        ref = await self.calendar.book(booking)
        self._answer()
        return ref

    async def find(self, booking: CalendarBooking) -> CalendarEntry | None:
        self._reach("find")
        return await self.calendar.find(booking)

    async def reschedule(self, ref: CalendarRef, booking: CalendarBooking) -> CalendarRef:
        self._reach("reschedule")
        moved = await self.calendar.reschedule(ref, booking)
        self._answer()
        return moved

    async def cancel(self, ref: CalendarRef, reason: str) -> None:
        self._reach("cancel")
        await self.calendar.cancel(ref, reason)
        self._answer()

    async def mark_absent(self, ref: CalendarRef) -> None:
        self._reach("mark_absent")
        await self.calendar.mark_absent(ref)
        self._answer()

    async def mark_present(self, ref: CalendarRef) -> None:
        self._reach("mark_present")
        await self.calendar.mark_present(ref)
        self._answer()

    async def changed_since(self, moment: datetime, *, limit: int = 250) -> Sequence[CalendarEntry]:
        return await self.calendar.changed_since(moment, limit=limit)

    def _reach(self, what: str) -> None:
        self.line.asked.append(what)
        if self.line.deaf_after is not None:
            self.line.deaf, self.line.deaf_after = self.line.deaf_after == 0, max(self.line.deaf_after - 1, 0)
        if self.line.deaf:
            raise CalendarUnavailable("no connection")

    def _answer(self) -> None:
        if self.line.mute:
            raise CalendarUnsure("no answer")


@dataclass
class BrokenCalendars:
    calendars: Calendars
    line: Line

    async def of(self, tenant: TenantId) -> BrokenCalendar:
        return BrokenCalendar(await self.calendars.of(tenant), self.line)
