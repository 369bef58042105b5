"""Somebody is expected by somebody at a time: a table of moves, and a version that reminders and answers are tied to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from domain.agenda.slot import Slot
from domain.shared.errors import MoveRefused, NotFound, Refused
from domain.shared.ids import AppointmentId, ContactId, ProfessionalId, ServiceId

CalendarRef = NewType("CalendarRef", str)
"""What a calendar calls an entry. At Cal.com whoever has it may cancel, so no person and no model ever sees it."""


class Status(StrEnum):
    PENDING = "pending"
    """Our place is taken, the calendar was asked and has not answered yet: never tell anybody that this is booked."""
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    RESCHEDULED = "rescheduled"
    """Booked at another time than before, and not yet confirmed there."""
    KEPT = "kept"
    MISSED = "missed"
    CANCELLED = "cancelled"


MOVES: Final[Mapping[Status, frozenset[Status]]] = {
    Status.PENDING: frozenset({Status.BOOKED, Status.CANCELLED}),
    Status.BOOKED: frozenset({Status.CONFIRMED, Status.RESCHEDULED, Status.KEPT, Status.MISSED, Status.CANCELLED}),
    Status.CONFIRMED: frozenset({Status.RESCHEDULED, Status.KEPT, Status.MISSED, Status.CANCELLED}),
    Status.RESCHEDULED: frozenset({Status.CONFIRMED, Status.RESCHEDULED, Status.KEPT, Status.MISSED, Status.CANCELLED}),
    Status.KEPT: frozenset({Status.MISSED}),
    Status.MISSED: frozenset({Status.KEPT}),
    Status.CANCELLED: frozenset(),
}
"""Kept and missed correct each other: what was assumed after the hour is set right by who was there."""

STANDING: Final = frozenset({Status.BOOKED, Status.CONFIRMED, Status.RESCHEDULED})
"""The person is expected: reminders go out, a claim of a booking is true."""


class AppointmentNotFound(NotFound):
    """No appointment of this company, or of this contact, has that number."""


class SlotTaken(Refused):
    """Somebody else has this time, or a part of it."""


class AppointmentMoveRefused(MoveRefused):
    """The table of moves has no such move."""


class TooLateToChange(Refused):
    """The notice the service asks for is over: only the company's own people may still change it."""


class NotYet(Refused):
    """Whether somebody came can be said only once it has begun."""


@dataclass(slots=True)
class Appointment:
    """`version` grows with every change: a reminder or an answer about an earlier one is about nothing any more.

    `moving_to` is where it is being moved while the calendar is asked; until then `slot` is what holds.
    """

    id: AppointmentId
    contact: ContactId
    professional: ProfessionalId
    service: ServiceId
    slot: Slot
    status: Status = Status.PENDING
    version: int = 1
    ref: CalendarRef | None = None
    moving_to: Slot | None = None
    reason: str = ""

    @property
    def stands(self) -> bool:
        return self.status in STANDING

    def booked(self, ref: CalendarRef) -> None:
        """The calendar has it too."""
        self._move(Status.BOOKED)
        self.ref = ref

    def confirm(self, *, now: datetime) -> None:
        """The person will come. Again while confirmed is fine; once it is over there is nothing to confirm."""
        if self.slot.ends <= now:
            raise AppointmentMoveRefused("it is over")
        if self.status is not Status.CONFIRMED:
            self._move(Status.CONFIRMED)

    def begin_move(self, slot: Slot, *, now: datetime, notice: timedelta) -> None:
        """Another time is wanted, and the calendar is asked next; `slot` holds until it has said yes."""
        self._check(Status.RESCHEDULED)
        self._in_time(now, notice)
        self.moving_to = slot
        self.version += 1

    def moved(self, ref: CalendarRef) -> None:
        if self.moving_to is None:
            raise AppointmentMoveRefused("it is not being moved")
        self._move(Status.RESCHEDULED)
        self.slot, self.moving_to, self.ref = self.moving_to, None, ref

    def not_moved(self) -> None:
        """The calendar said no: everything is as it was."""
        if self.moving_to is not None:
            self.moving_to = None
            self.version += 1

    def cancel(self, *, now: datetime, notice: timedelta, reason: str = "") -> None:
        """With a notice of nothing it can be cancelled until it begins; None of it is undone."""
        self._check(Status.CANCELLED)
        self._in_time(now, notice)
        self._move(Status.CANCELLED)
        self.reason, self.moving_to = reason, None

    def fell_through(self, reason: str) -> None:
        """The calendar refused it, or dropped it by itself: whenever that is, it no longer stands."""
        self._move(Status.CANCELLED)
        self.reason, self.moving_to = reason, None

    def kept(self, *, now: datetime) -> None:
        self._settle(Status.KEPT, now)

    def missed(self, *, now: datetime) -> None:
        self._settle(Status.MISSED, now)

    def _settle(self, to: Status, now: datetime) -> None:
        if now < self.slot.starts:
            raise NotYet("it has not begun")
        if self.status is not to:
            self._move(to)

    def _in_time(self, now: datetime, notice: timedelta) -> None:
        if self.slot.starts - now < notice or self.slot.starts <= now:
            raise TooLateToChange("the notice for changes is over")

    def _check(self, to: Status) -> None:
        if to not in MOVES[self.status]:
            raise AppointmentMoveRefused(f"{self.status} -> {to}")

    def _move(self, to: Status) -> None:
        self._check(to)
        self.status = to
        self.version += 1
