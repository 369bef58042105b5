"""Somebody is expected by somebody at a time: a table of moves, and a version that reminders and answers are tied to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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


class Owed(StrEnum):
    """What the calendar has still to be told; kept with the appointment, so that a crash in between forgets nothing."""

    BOOK = "book"
    MOVE = "move"
    CANCEL = "cancel"
    ABSENT = "absent"
    """Who did not come; or, of somebody who was missed and did come, that they are absent no more."""


class Hears(StrEnum):
    """What a client hears of a move, which depends on who asked for it."""

    ANSWER = "answer"
    """They asked themselves and wait for what the calendar says, be it yes or no."""
    CHANGE = "change"
    """Somebody else did: once it holds they are told, and of what came to nothing they never hear."""
    NOTHING = "nothing"
    """Whoever asked tells them, whenever the calendar answers."""


class Happening(StrEnum):
    """What others may like to hear of an appointment: reminders, the waiting list, figures."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    CANCELLED = "cancelled"
    FELL_THROUGH = "fell_through"
    KEPT = "kept"
    MISSED = "missed"


class AppointmentNotFound(NotFound):
    """No appointment of this company, or of this contact, has that number."""

    about = "appointment"


class SlotTaken(Refused):
    """Somebody else has this time, or a part of it."""

    about = "starts"


class AppointmentMoveRefused(MoveRefused):
    """The table of moves has no such move."""


class TooLateToChange(Refused):
    """The notice the service asks for is over: only the company's own people may still change it."""


class Unsettled(Refused):
    """The calendar is being asked about an earlier change; in a moment this can be tried again."""


class NotYet(Refused):
    """Whether somebody came can be said only once it has begun."""


@dataclass(slots=True)
class Appointment:
    """`version` grows with every change: a reminder or an answer about an earlier one is about nothing any more.

    `moving_to` is where it is being moved while the calendar is asked, and `moving_professional` to whom if that is
    somebody else; until then `slot` and `professional` are what holds. `hears` is of that move, for whenever the calendar
    answers. `price_cents` is as it was when it was booked, whatever the service costs later.
    """

    id: AppointmentId
    contact: ContactId
    professional: ProfessionalId
    service: ServiceId
    slot: Slot
    status: Status = Status.PENDING
    version: int = 1
    owed: Owed | None = Owed.BOOK
    ref: CalendarRef | None = None
    moving_to: Slot | None = None
    moving_professional: ProfessionalId | None = None
    hears: Hears = Hears.ANSWER
    reason: str = ""
    price_cents: int = 0
    _news: list[Happening] = field(default_factory=list, init=False, repr=False, compare=False)

    def take_news(self) -> list[Happening]:
        """What happened since this was asked last; whoever keeps the appointment passes it on, once."""
        news, self._news = self._news, []
        return news

    @property
    def stands(self) -> bool:
        return self.status in STANDING

    @property
    def wished(self) -> tuple[ProfessionalId, Slot]:
        """Whose time it is to be, and which: what a calendar is asked for."""
        return self.moving_professional or self.professional, self.moving_to or self.slot

    def booked(self, ref: CalendarRef) -> None:
        """The calendar has it too."""
        self._move(Status.BOOKED)
        self.ref, self.owed = ref, None
        self._news.append(Happening.BOOKED)

    def confirm(self, *, now: datetime) -> None:
        """The person will come. Again while confirmed is fine; once it is over there is nothing to confirm."""
        self._settled()
        if self.slot.ends <= now:
            raise AppointmentMoveRefused("it is over")
        if self.status is not Status.CONFIRMED:
            self._move(Status.CONFIRMED)
            self._news.append(Happening.CONFIRMED)

    def begin_move(
        self,
        slot: Slot,
        *,
        now: datetime,
        notice: timedelta,
        to: ProfessionalId | None = None,
        hears: Hears = Hears.ANSWER,
    ) -> None:
        """Another time is wanted, or somebody else's; the calendar is asked next. What was holds until it has said yes."""
        self._may_change(Status.RESCHEDULED, now, notice)
        self.moving_to, self.owed = slot, Owed.MOVE
        self.moving_professional, self.hears = None if to == self.professional else to, hears
        self.version += 1

    def moved(self, ref: CalendarRef) -> None:
        """The calendar said yes."""
        if self.moving_to is None:
            raise AppointmentMoveRefused("it is not being moved")
        self._move(Status.RESCHEDULED)
        self.professional, self.slot = self.wished
        self._no_longer_moving()
        self.ref = ref
        self._news.append(Happening.MOVED)

    def not_moved(self) -> None:
        """The calendar said no: everything is as it was."""
        if self.moving_to is None:
            raise AppointmentMoveRefused("it is not being moved")
        self._no_longer_moving()
        self.version += 1

    def cancel(self, *, now: datetime, notice: timedelta, reason: str = "") -> None:
        """With a notice of nothing it can be cancelled until it begins."""
        self._may_change(Status.CANCELLED, now, notice)
        self._move(Status.CANCELLED)
        self.reason, self.owed = reason, Owed.CANCEL
        self._news.append(Happening.CANCELLED)

    def fell_through(self, reason: str) -> None:
        """The calendar refused it, or dropped it by itself: whenever that is, it no longer stands."""
        self._move(Status.CANCELLED)
        self.reason = reason
        self._no_longer_moving()
        self._news.append(Happening.FELL_THROUGH)

    def kept(self, *, now: datetime) -> None:
        """Again is fine. A calendar that heard of an absence must hear that it was none, or it would insist on it."""
        was_missed = self.status is Status.MISSED
        if self._after(Status.KEPT, now):
            self.owed = Owed.ABSENT if was_missed else None
            self._news.append(Happening.KEPT)

    def missed(self, *, now: datetime) -> None:
        """Again is fine."""
        if self._after(Status.MISSED, now):
            self.owed = Owed.ABSENT
            self._news.append(Happening.MISSED)

    def told(self) -> None:
        """The calendar knows of the cancelling, or of who did not come."""
        if self.owed in (Owed.BOOK, Owed.MOVE):
            raise AppointmentMoveRefused("the calendar answers this with a name of its own")
        self.owed = None

    def _after(self, to: Status, now: datetime) -> bool:
        """False where it was said before."""
        if self.owed is not Owed.ABSENT:
            self._settled()
        if now < self.slot.starts:
            raise NotYet("it has not begun")
        if self.status is to:
            return False
        self._move(to)
        return True

    def _may_change(self, to: Status, now: datetime, notice: timedelta) -> None:
        if to not in MOVES[self.status]:
            raise AppointmentMoveRefused(f"what is {self.status} cannot be {to}")
        self._settled()
        if self.slot.starts <= now or self.slot.starts - now < notice:
            raise TooLateToChange("the notice for changes is over")

    def _settled(self) -> None:
        if self.owed is not None and self.status is not Status.CANCELLED:
            raise Unsettled("the calendar is being asked; try again in a moment")

    def _no_longer_moving(self) -> None:
        self.moving_to, self.moving_professional, self.hears, self.owed = None, None, Hears.ANSWER, None

    def _move(self, to: Status) -> None:
        if to not in MOVES[self.status]:
            raise AppointmentMoveRefused(f"what is {self.status} cannot be {to}")
        self.status = to
        self.version += 1
