"""A time that became free is offered to those who wait for one: one after the other, held meanwhile, the first yes wins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from domain.agenda.people import Service
from domain.agenda.slot import Slot
from domain.agenda.waiting import Standing, Wait
from domain.shared.errors import MoveRefused, NotFound
from domain.shared.ids import ProfessionalId, ServiceId, WaitingId

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


@dataclass(frozen=True, slots=True)
class Freed:
    """`busy` is what it leaves free at the professional, the buffers of whoever had it included."""

    professional: ProfessionalId
    slot: Slot
    busy: Slot


@dataclass(slots=True)
class Offer:
    id: OfferId
    wait: WaitingId
    slot: Slot
    until: datetime
    outcome: Outcome = Outcome.OPEN

    def end(self, outcome: Outcome) -> Standing:
        """What becomes of the waiting one. Raises OfferMoveRefused."""
        if outcome not in MOVES[self.outcome]:
            raise OfferMoveRefused(f"{self.outcome} -> {outcome}")
        self.outcome = outcome
        return AFTERWARDS[outcome]


def next_in_line(
    waits: Iterable[Wait], freed: Freed, services: Mapping[ServiceId, Service], asked: Collection[WaitingId]
) -> Wait | None:
    """The longest waiting one whom it would help and who was not asked about it before."""
    fitting = (wait for wait in waits if wait.id not in asked and _helps(wait, freed, services.get(wait.service)))
    return min(fitting, key=lambda wait: wait.id, default=None)


def slot_for(service: Service, freed: Freed) -> Slot:
    """Their service begins when the other would have begun."""
    return Slot.lasting(freed.slot.starts, service.length)


def held_until(starts: datetime, now: datetime) -> datetime | None:
    """A quarter of what is left is enough to answer; None where it begins too soon for anybody."""
    left = starts - now
    return None if left < SOONEST else now + min(LONGEST_HOLD, left / 4)


def _helps(wait: Wait, freed: Freed, service: Service | None) -> bool:
    if wait.standing is not Standing.WAITING or service is None or not service.active:
        return False
    if wait.professional not in (None, freed.professional) or not service.done_by(freed.professional):
        return False
    slot = slot_for(service, freed)
    around = slot.widened(before=timedelta(minutes=service.before), after=timedelta(minutes=service.after))
    return wait.within.contains(slot) and freed.busy.contains(around)
