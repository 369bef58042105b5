"""Cal.com's bookings and slots in our words; whatever else they carry of clients (names, answers) is not even read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from adapters.calcom.terms import MARK, CalcomTerms
from application.agenda.ports import CalendarEntry, EntryState
from domain.agenda.appointment import CalendarRef
from domain.agenda.slot import InvalidSlot, Slot

STANDING: Final = frozenset({"accepted", "pending"})


class WireAttendee(msgspec.Struct):
    email: str = ""
    absent: bool = False


class WireHost(msgspec.Struct):
    email: str = ""


class WireBooking(msgspec.Struct, rename="camel"):
    uid: str
    status: str
    start: datetime
    end: datetime
    updated_at: datetime
    event_type_id: int | None = None
    rescheduled_from_uid: str | None = None
    rescheduled_to_uid: str | None = None
    metadata: dict[str, Any] | None = None
    attendees: list[WireAttendee] = []
    hosts: list[WireHost] = []

    @property
    def stands(self) -> bool:
        return self.status.lower() in STANDING

    @property
    def moved_away(self) -> bool:
        return not self.stands and bool(self.rescheduled_to_uid)

    @property
    def slot(self) -> Slot:
        return Slot(self.start, self.end)

    @property
    def mark(self) -> str | None:
        mark = (self.metadata or {}).get(MARK)
        return mark if isinstance(mark, str) else None


class _WireSlot(msgspec.Struct):
    start: datetime
    end: datetime


class NotABooking(Exception):
    """The answer is a success with something else inside."""


def booking(data: object) -> WireBooking:
    """Of a recurring one, the first. Raises NotABooking."""
    one = data[0] if isinstance(data, list) and data else data
    try:
        read = msgspec.convert(one, WireBooking)
        _ = read.slot
    except (msgspec.ValidationError, InvalidSlot) as error:
        raise NotABooking from error
    return read


def bookings(data: object) -> Iterator[WireBooking]:
    """Those that can be read: one strange booking must not hide the others."""
    for each in data if isinstance(data, list) else []:
        try:
            yield booking(each)
        except NotABooking:
            continue


def slots(data: object) -> Iterator[Slot]:
    """Of `format=range`."""
    days = data.values() if isinstance(data, Mapping) else []
    for day in days:
        for each in day if isinstance(day, list) else []:
            try:
                read = msgspec.convert(each, _WireSlot)
                yield Slot(read.start, read.end)
            except (msgspec.ValidationError, InvalidSlot):
                continue


def entry(one: WireBooking, terms: CalcomTerms) -> CalendarEntry:
    return CalendarEntry(
        ref=CalendarRef(one.uid),
        slot=one.slot,
        state=_state(one),
        changed_at=one.updated_at,
        appointment=terms.marked(one.mark),
        professional=terms.professional_of(one.event_type_id),
        among=terms.sharing(one.event_type_id),
        hosts=frozenset(host.email.strip().lower() for host in one.hosts if host.email),
        replaces=CalendarRef(one.rescheduled_from_uid) if one.rescheduled_from_uid else None,
    )


def _state(one: WireBooking) -> EntryState:
    if not one.stands:
        return EntryState.CANCELLED
    missed = bool(one.attendees) and all(attendee.absent for attendee in one.attendees)
    return EntryState.MISSED if missed else EntryState.STANDING
