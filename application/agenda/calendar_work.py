"""What is kept of a calendar elsewhere, inside a company's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from application.agenda.connections import EventTypeOf
from application.agenda.ports import CalendarEntry
from application.agenda.work import AgendaWork
from domain.agenda.appointment import CalendarRef
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ProfessionalId


class KeptCalendar(Protocol):
    async def event_types(self) -> Sequence[EventTypeOf]: ...

    async def put_event_types(self, event_types: Sequence[EventTypeOf]) -> None:
        """Instead of all there were. Raises ProfessionalNotFound where one names what is not there."""

    async def keep_event(self, key: str, trigger: str, happened_at: datetime | None) -> bool:
        """False when it was kept before."""

    async def forget_events(self, before: datetime) -> None:
        """Those that came before then: nobody sends them again."""

    async def read_until(self) -> datetime | None:
        """How far the changes were read; None before the first time."""

    async def read_up_to(self, moment: datetime) -> None: ...

    async def appointment_of(self, entry: CalendarEntry) -> AppointmentId | None:
        """By our own mark, or by the name the calendar gives it or gave to what it replaces."""

    async def strangers_slot(self, ref: CalendarRef) -> Slot | None:
        """The time we keep free for somebody who booked over there."""

    async def take_for_stranger(
        self, ref: CalendarRef, professional: ProfessionalId, slot: Slot, now: datetime
    ) -> None:
        """Whoever's hold is over is in nobody's way. Raises SlotTaken."""

    async def note_conflict(self, ref: CalendarRef, professional: ProfessionalId, slot: Slot) -> bool:
        """Somebody of ours has the stranger's time, so that nothing is kept for them. False where that was noted before."""

    async def let_stranger_go(self, ref: CalendarRef) -> bool:
        """False where nothing was kept for them."""


class CalendarWork(AgendaWork, Protocol):
    @property
    def calendar(self) -> KeptCalendar: ...
