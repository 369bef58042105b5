"""One question to a calendar: what an appointment still owes it, looked up first where somebody may have asked before."""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.ports import Calendar, CalendarBooking, CalendarRefused, EntryNotFound
from domain.agenda.appointment import Appointment, CalendarRef, Owed, SlotTaken, Status
from domain.agenda.reasons import in_words
from domain.shared.errors import Refused


@dataclass(frozen=True, slots=True)
class Asked:
    """What is put to the calendar, as the appointment was when it was read."""

    appointment: Appointment
    booking: CalendarBooking

    @property
    def ref(self) -> CalendarRef:
        return self.appointment.ref or CalendarRef("")


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: a name of the calendar's where it gives one, or its no."""

    ref: CalendarRef | None = None
    no: Refused | None = None


async def ask(calendar: Calendar, asked: Asked, *, again: bool) -> Told:
    """Raises Unavailable."""
    try:
        match asked.appointment.owed:
            case Owed.BOOK:
                return Told(await _book(calendar, asked, again=again))
            case Owed.MOVE:
                return Told(await _move(calendar, asked, again=again))
            case Owed.CANCEL:
                await calendar.cancel(asked.ref, in_words(asked.appointment.reason))
            case _ if asked.appointment.status is Status.KEPT:
                await calendar.mark_present(asked.ref)
            case _:
                await calendar.mark_absent(asked.ref)
    except (SlotTaken, CalendarRefused) as no:
        return Told(no=no if asked.appointment.owed in (Owed.BOOK, Owed.MOVE) else None)
    except EntryNotFound:  # what is not there need not be cancelled
        return Told()
    return Told()


async def _book(calendar: Calendar, asked: Asked, *, again: bool) -> CalendarRef:
    there = await calendar.find(asked.booking) if again else None
    return await calendar.book(asked.booking) if there is None else there.ref


async def _move(calendar: Calendar, asked: Asked, *, again: bool) -> CalendarRef:
    """An entry that somebody removed there is made anew at the new time.

    That the new entry is there does not say that the old one is gone, where somebody else's takes its place.
    """
    there = await calendar.find(asked.booking) if again else None
    if there is not None and asked.appointment.moving_professional is None:
        return there.ref
    try:
        return await calendar.reschedule(asked.ref, asked.booking)
    except EntryNotFound:
        return there.ref if there is not None else await calendar.book(asked.booking)
