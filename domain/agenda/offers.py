"""A time that became free is offered to those who wait for one: one after the other, held meanwhile, the first yes wins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from domain.agenda.availability import FreeSlot
from domain.agenda.slot import Slot
from domain.agenda.waiting import Standing
from domain.shared.errors import MoveRefused, NotFound
from domain.shared.ids import ProfessionalId, WaitingId

OfferId = NewType("OfferId", int)

LONGEST_HOLD: Final = timedelta(minutes=30)
SOONEST: Final = timedelta(hours=1)
"""Nobody can be found and be there in less."""


class Outcome(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"
    LAPSED = "lapsed"


MOVES: Final[Mapping[Outcome, frozenset[Outcome]]] = {
    Outcome.OPEN: frozenset({Outcome.TAKEN, Outcome.DECLINED, Outcome.LAPSED}),
    Outcome.TAKEN: frozenset(),
    Outcome.DECLINED: frozenset(),
    Outcome.LAPSED: frozenset({Outcome.TAKEN}),
}
"""A yes that comes after the hold is still good where nobody else has taken the time."""

AFTERWARDS: Final[Mapping[Outcome, Standing]] = {
    Outcome.TAKEN: Standing.SERVED,
    Outcome.DECLINED: Standing.WAITING,
    Outcome.LAPSED: Standing.WAITING,
}
"""Who declines one time waits on for another."""


class OfferMoveRefused(MoveRefused):
    """The table of moves has no such move."""


class OfferNotFound(NotFound):
    """No offer of this company has that number."""


@dataclass(slots=True)
class Offer:
    id: OfferId
    wait: WaitingId
    professional: ProfessionalId
    slot: Slot
    until: datetime
    outcome: Outcome = Outcome.OPEN

    def end(self, outcome: Outcome) -> Standing:
        """What becomes of the waiting one. Raises OfferMoveRefused."""
        if outcome not in MOVES[self.outcome]:
            raise OfferMoveRefused(f"{self.outcome} -> {outcome}")
        self.outcome = outcome
        return AFTERWARDS[outcome]


def first_new(
    free: Iterable[FreeSlot], asked: Collection[tuple[ProfessionalId, datetime]], now: datetime
) -> FreeSlot | None:
    """The first that this one was not asked about before and can still be waited for."""
    return next(
        (
            each
            for each in free
            if (each.professional, each.slot.starts) not in asked and held_until(each.slot.starts, now) is not None
        ),
        None,
    )


def held_until(starts: datetime, now: datetime) -> datetime | None:
    """A quarter of what is left is enough to answer; None where it begins too soon for anybody."""
    left = starts - now
    return None if left < SOONEST else now + min(LONGEST_HOLD, left / 4)
