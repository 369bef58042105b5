"""Whether the ledger holds what a reply claims, and if not, why: a lie must not leave, however it is put."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from domain.agenda.assertions import DEED
from domain.agenda.claim import Act, Claim, Named
from domain.agenda.claims import claims
from domain.agenda.sentences import Now
from domain.assistant.plain import plain
from domain.scheduling.wish import Window, Wish

STANDING: Final = frozenset({"booked", "confirmed", "rescheduled"})
"""The states in which a person is expected; pending is none of them."""

GONE: Final = "cancelled"
CONFIRMED: Final = "confirmed"
UNNAMED: Final = frozenset({Act.NAMED, Act.DONE, Act.WAITING, Act.NOT_WAITING, Act.NOTHING})
"""What is asserted of nobody's and no service's time, or looked at by name from the first."""


class Why(StrEnum):
    """What is wrong with a claim, for the counter and the panel."""

    NOTHING_BOOKED = "nothing_booked"
    ANOTHER_TIME = "another_time"
    ANOTHER_NAME = "another_name"
    STILL_BOOKED = "still_booked"
    NOT_CONFIRMED = "not_confirmed"
    NOT_MOVED = "not_moved"
    NOT_CANCELLED = "not_cancelled"
    NOT_OFFERED = "not_offered"
    NOT_WAITING = "not_waiting"
    STILL_WAITING = "still_waiting"


@dataclass(frozen=True, slots=True)
class Fact:
    """An appointment of the contact: its state by name, its start, and the starts it was moved away from.

    With whom and for what, where that is known; `end`, likewise.
    """

    start: datetime
    state: str
    earlier: tuple[datetime, ...] = ()
    professional: str | None = None
    service: str | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Free:
    """A time that they were shown, and with whom and for what."""

    start: datetime
    professional: str
    service: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that is true of the contact. `offered`: the slots they were shown; None where offers are not looked at.

    `brought_up`: the hours that were written before, by whoever; None where nobody looked, and a time may be asked about.
    `changed`: whether anything was changed for them in this turn; None where nobody kept count. `waits`: from when to when
    the waiting list is to find them a place; None where it is not looked at. `waits_no_more`: they were just taken off it.
    """

    facts: tuple[Fact, ...] = ()
    offered: tuple[datetime | Free, ...] | None = None
    changed: bool | None = None
    waits: tuple[tuple[datetime, datetime], ...] | None = ()
    waits_no_more: bool = False
    brought_up: frozenset[int] | None = None

    def of(self, named: Named) -> Ledger:
        """What is true of appointments and free times with these professionals and of these services."""
        facts = tuple(fact for fact in self.facts if named.fits(fact.professional, fact.service))
        if self.offered is None:
            return replace(self, facts=facts)
        kept = (
            each for each in self.offered if not isinstance(each, Free) or named.fits(each.professional, each.service)
        )
        return replace(self, facts=facts, offered=tuple(kept))

    def free(self) -> list[datetime]:
        return [each.start if isinstance(each, Free) else each for each in self.offered or ()]

    def confirmed(self) -> list[datetime]:
        return [fact.start for fact in self.facts if fact.state == CONFIRMED]

    def standing(self) -> list[datetime]:
        return [fact.start for fact in self.facts if fact.state in STANDING]

    def moved(self) -> list[datetime]:
        return [fact.start for fact in self.facts if fact.state in STANDING and fact.earlier]

    def gone(self) -> list[datetime]:
        """Starts that were given up, by a cancellation or a move."""
        cancelled = [fact.start for fact in self.facts if fact.state == GONE]
        return cancelled + [start for fact in self.facts for start in fact.earlier]

    def cancelled(self) -> list[datetime]:
        return [fact.start for fact in self.facts if fact.state == GONE]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`ok`, or the first claim that the ledger does not hold, and why."""

    claim: Claim | None = None
    why: Why | None = None

    @property
    def ok(self) -> bool:
        return self.why is None


def check(reply: str, ledger: Ledger, now: Now) -> Verdict:
    """Whether every claim of the reply is true."""
    return judged(claims(reply, now), ledger)


def judged(told: Iterable[Claim], ledger: Ledger) -> Verdict:
    """Whether all of them are true."""
    for claim in told:
        objection = OBJECTIONS[claim.act]
        why = objection(claim, ledger)
        if why is None and claim.act not in UNNAMED and claim.named and objection(claim, ledger.of(claim.named)):
            why = Why.ANOTHER_NAME
        if why is not None:
            return Verdict(claim, why)
    return Verdict()


def _objection_to_offer(claim: Claim, ledger: Ledger) -> Why | None:
    free = ledger.free()
    found = ledger.offered is None or (_all_among(claim.wish, free) and _as_many(claim, free))
    return None if found else Why.NOT_OFFERED


def _objection_to_possible(claim: Claim, ledger: Ledger) -> Why | None:
    """Whoever has an appointment can be seen then, and nobody of whom there is no time at all."""
    known = [*ledger.free(), *ledger.standing()]
    return None if ledger.offered is None or (known and _all_among(claim.wish, known)) else Why.NOT_OFFERED


def _objection_to_named(claim: Claim, ledger: Ledger) -> Why | None:
    return None if _brought_up(claim.wish, ledger) else Why.NOT_OFFERED


def _objection_to_cancelled(claim: Claim, ledger: Ledger) -> Why | None:
    """A time that was left by a move was given up too, if it is told which."""
    gone = ledger.gone() if claim.wish.readings else ledger.cancelled()
    return None if _held(claim, gone, ledger) else Why.NOT_CANCELLED


def _objection_to_waiting(claim: Claim, ledger: Ledger) -> Why | None:
    return None if _waits(claim.wish, ledger) else Why.NOT_WAITING


def _objection_to_not_waiting(_claim: Claim, ledger: Ledger) -> Why | None:
    return Why.STILL_WAITING if ledger.waits and not ledger.waits_no_more else None


def _objection_to_booking(claim: Claim, ledger: Ledger) -> Why | None:
    if not ledger.standing():
        return Why.NOTHING_BOOKED
    held = _held(claim, ledger.standing(), ledger) and _as_many(claim, ledger.standing())
    return None if held else Why.ANOTHER_TIME


def _objection_to_nothing(claim: Claim, ledger: Ledger) -> Why | None:
    """Who says that nothing is there has looked for what is named."""
    standing = ledger.of(claim.named).standing()
    return Why.STILL_BOOKED if standing and _any_among(claim.wish, standing) else None


def _objection_to_presence(claim: Claim, ledger: Ledger) -> Why | None:
    why = _objection_to_booking(claim, ledger)
    return why or (None if _held(claim, ledger.confirmed(), ledger) else Why.NOT_CONFIRMED)


def _objection_to_end(claim: Claim, ledger: Ledger) -> Why | None:
    """Where nobody knows when one of theirs ends, nobody objects."""
    ends = [fact.end for fact in ledger.facts if fact.state in STANDING]
    known = [end for end in ends if end is not None]
    return None if len(known) < len(ends) or not ends or _all_among(claim.wish, known) else Why.ANOTHER_TIME


def _waits(wish: Wish, ledger: Ledger) -> bool:
    """For a time that was told, where one was."""
    windows = [window for reading in wish.readings for window in reading.windows]
    return ledger.waits is None or any(
        not windows
        or any(
            starts <= window.start < ends if window.instant else window.start < ends and window.end > starts
            for window in windows
        )
        for starts, ends in ledger.waits
    )


def _brought_up(wish: Wish, ledger: Ledger) -> bool:
    """Whether somebody gave each hour: the ledger, or whoever wrote, with or without its half of the day."""
    if ledger.offered is None or ledger.brought_up is None:
        return True
    starts = [*ledger.free(), *(start for fact in ledger.facts for start in (fact.start, *fact.earlier))]
    hours = {hour % 12 for hour in ledger.brought_up}
    return any(
        all(
            not window.instant
            or window.start.hour % 12 in hours
            or _meets(window, starts, day_named=wish.day_named)
            or any(starts <= window.start < ends for starts, ends in ledger.waits or ())
            for window in reading.windows
        )
        for reading in wish.readings
    )


def _objection_to_done(claim: Claim, ledger: Ledger) -> Why | None:
    """ "Prontinho!" says that something came about, without saying what; "tudo certo", that things stand as they should."""
    if not ledger.standing():
        other = ledger.cancelled() or ledger.waits or ledger.waits_no_more
        return None if other and ledger.changed is not False else Why.NOTHING_BOOKED
    return Why.NOT_MOVED if ledger.changed is False and DEED.search(plain(claim.text)) else None


def _objection_to_move(claim: Claim, ledger: Ledger) -> Why | None:
    moved = ledger.moved()
    if not moved:
        return Why.NOT_MOVED
    if claim.target is not None and not _all_among(claim.target, moved):
        return Why.ANOTHER_TIME
    known = [*moved, *ledger.gone()]
    return None if _all_among(claim.wish, known) and _any_among(claim.wish, moved) else Why.ANOTHER_TIME


def _held(claim: Claim, starts: list[datetime], ledger: Ledger) -> bool:
    """Every time told is among those; beside another act, each is at least somewhere in the ledger."""
    if not starts:
        return False
    if claim.together:
        return _any_among(claim.wish, starts) and _all_among(claim.wish, [*ledger.standing(), *ledger.gone()])
    return _all_among(claim.wish, starts)


def _all_among(wish: Wish, starts: Iterable[datetime]) -> bool:
    """Whether some reading names only times that are among those; a claim without a time names none that is not."""
    known = list(starts)
    return not wish.readings or any(
        all(_meets(window, known, day_named=wish.day_named) for window in reading.windows) for reading in wish.readings
    )


def _any_among(wish: Wish, starts: Iterable[datetime]) -> bool:
    known = list(starts)
    windows = [window for reading in wish.readings for window in reading.windows]
    return not windows or any(_meets(window, known, day_named=wish.day_named) for window in windows)


def _as_many(claim: Claim, starts: list[datetime]) -> bool:
    return claim.count < 2 or sum(_any_among(claim.wish, [start]) for start in starts) >= claim.count


def _meets(window: Window, starts: list[datetime], *, day_named: bool) -> bool:
    """Whether one of the starts is the instant that was told, or lies in the days that were."""
    told = window.start
    for one in starts:
        start = one.astimezone(told.tzinfo)
        if not day_named:
            start = start.replace(year=told.year, month=told.month, day=told.day)
        same = told.astimezone(UTC) == start.astimezone(UTC) if window.instant else window.holds(start)
        if same:
            return True
    return False


OBJECTIONS: Final[Mapping[Act, Callable[[Claim, Ledger], Why | None]]] = {
    Act.BOOKED: _objection_to_booking,
    Act.MOVED: _objection_to_move,
    Act.CANCELLED: _objection_to_cancelled,
    Act.OFFERED: _objection_to_offer,
    Act.POSSIBLE: _objection_to_possible,
    Act.NAMED: _objection_to_named,
    Act.DONE: _objection_to_done,
    Act.WAITING: _objection_to_waiting,
    Act.NOT_WAITING: _objection_to_not_waiting,
    Act.NOTHING: _objection_to_nothing,
    Act.OVER: _objection_to_end,
    Act.PRESENCE: _objection_to_presence,
}
