"""What the agenda needs of the world: a calendar that is somebody else's word, never our lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.agenda.appointment import CalendarRef, Happening
from domain.agenda.slot import Slot
from domain.shared.errors import NotFound, Refused, Unavailable
from domain.shared.ids import AppointmentId, ProfessionalId, ServiceId, TenantId
from domain.shared.phone import Phone


class CalendarRefused(Refused):
    """The calendar says no to this entry, for good; its words are for logs, not for people."""


class EntryNotFound(NotFound):
    """The calendar has no such entry."""


class CalendarUnavailable(Unavailable):
    """The calendar did not take the request: nothing was changed there."""


class CalendarUnsure(Unavailable):
    """The request left and no answer came: look it up with `find` before asking again."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """`phone` is None for who was entered by hand without one."""

    name: str
    phone: Phone | None
    time_zone: str


@dataclass(frozen=True, slots=True)
class FreeQuery:
    """For which service, at which of its professionals, in which window; `length` is what the service takes, without buffers.

    `moving` is the entry that is to be moved: the time it takes itself counts as free. One that the calendar does not know, from
    before the company changed its calendar, takes none.
    """

    service: ServiceId
    professionals: Sequence[ProfessionalId]
    window: Slot
    length: timedelta
    moving: CalendarRef | None = None


@dataclass(frozen=True, slots=True)
class CalendarBooking:
    """`appointment` is kept with the entry where the calendar can, so that an entry made without an answer is found again."""

    appointment: AppointmentId
    professional: ProfessionalId
    service: ServiceId
    slot: Slot
    attendee: Attendee


class EntryState(StrEnum):
    STANDING = "standing"
    CANCELLED = "cancelled"
    MISSED = "missed"
    LOST = "lost"
    """It was moved, and what became of it is nowhere to be found."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What the calendar holds. `appointment` and `professional` are None where it does not say, for entries not made by us.

    `replaces`: a calendar that makes a new entry for every move says here which one it stands for. `among`: those of whom it
    may be one's where what was booked does not say whose, and `hosts` the addresses of who has it there.
    """

    ref: CalendarRef
    slot: Slot
    state: EntryState
    changed_at: datetime
    appointment: AppointmentId | None = None
    professional: ProfessionalId | None = None
    replaces: CalendarRef | None = None
    among: frozenset[ProfessionalId] = frozenset()
    hosts: frozenset[str] = field(default=frozenset(), repr=False)


class Calendar(Protocol):
    """The calendar of one company. Every method raises Unavailable; those that change something raise CalendarUnavailable only
    where nothing was changed, and CalendarUnsure, or any other Unavailable, where it may have been.
    """

    async def free(self, query: FreeQuery) -> Mapping[ProfessionalId, Sequence[Slot]]:
        """The stretches the calendar would let be booked; a professional without any may be absent.

        An appointment must lie within one single stretch: a calendar that offers certain starts only gives one stretch for
        each, and does not join them. Our own hours, holds and appointments are looked at elsewhere.
        """

    async def book(self, booking: CalendarBooking) -> CalendarRef:
        """Raises SlotTaken, or CalendarRefused."""

    async def find(self, booking: CalendarBooking) -> CalendarEntry | None:
        """The entry that stands for this appointment at this slot, after a CalendarUnsure or a crash."""

    async def reschedule(self, ref: CalendarRef, booking: CalendarBooking) -> CalendarRef:
        """To the booking's slot and professional; the entry may get another ref. Already there is fine.

        Where one entry takes another's place, a half of that which was done before is found and finished. Raises SlotTaken,
        CalendarRefused or EntryNotFound; then the old entry stands as it was, if it did.
        """

    async def cancel(self, ref: CalendarRef, reason: str) -> None:
        """Again is fine. Raises EntryNotFound or CalendarRefused."""

    async def mark_absent(self, ref: CalendarRef) -> None:
        """The attendee did not come. Only after the start: raises CalendarRefused before, or EntryNotFound."""

    async def mark_present(self, ref: CalendarRef) -> None:
        """They came after all: undoes `mark_absent`. Again is fine. Raises as that does."""

    async def changed_since(self, moment: datetime, *, limit: int = 250) -> Sequence[CalendarEntry]:
        """Changed at or after the moment, the earliest change first: go on from the last one's `changed_at`."""


class Holidays(Protocol):
    """Days on which the country, or one of its states, rests."""

    async def between(self, first: date, last: date, *, state: str | None, optional: bool) -> Mapping[date, str]:
        """Their names in Portuguese; `optional` are those on which work is a choice (Carnival, Corpus Christi)."""


class AgendaMeasures(Protocol):
    """What a board counts of the agenda."""

    def happened(self, tenant: TenantId, what: Happening) -> None: ...

    def refused(self, tenant: TenantId, why: str) -> None:
        """Somebody wanted a time and did not get it."""


class Calendars(Protocol):
    async def of(self, tenant: TenantId) -> Calendar:
        """The one the company chose; the built-in one where it chose none."""
