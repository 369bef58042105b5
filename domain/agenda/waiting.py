"""Somebody who would like a time that is not free yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.agenda.availability import House, Openings, Search
from domain.agenda.people import Service
from domain.agenda.rules import MOST_AHEAD_DAYS
from domain.agenda.slot import Slot
from domain.shared.errors import NotFound
from domain.shared.ids import ContactId, ProfessionalId, ServiceId, WaitingId

NEW_WAIT: Final = WaitingId(0)
MOST_AHEAD: Final = timedelta(days=MOST_AHEAD_DAYS)
"""Nobody waits for what lies further off: it is longer than any agenda is opened for."""


class WaitNotFound(NotFound):
    """Nobody waits under this number."""


class Standing(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    SERVED = "served"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Wait:
    """`professional` None: whoever does the service. `within`: from when to when a place would help.

    `windows`: the stretches of it in which the place has to begin; none named is all of it.
    """

    contact: ContactId
    service: ServiceId
    within: Slot
    professional: ProfessionalId | None = None
    standing: Standing = Standing.WAITING
    id: WaitingId = NEW_WAIT
    windows: tuple[Slot, ...] = ()

    def stretches(self, length: timedelta) -> Sequence[Slot]:
        """Where to look for a place of that length."""
        return [Slot(each.starts, each.ends + length) for each in self.windows] or [self.within]

    def may_be_served(self, house: House, service: Service, people: Sequence[Openings], now: datetime) -> bool:
        """Whether anybody attends when they could come, if only nobody else did: a rest day has no place to wait for,
        nor has what begins too soon to be booked.
        """
        patient = replace(house, rules=replace(house.rules, ahead=MOST_AHEAD))
        return any(
            self.suits(earliest.slot.starts)
            for stretch in self.stretches(service.length)
            for earliest in Search(patient, service, stretch, now).first(
                [replace(each, taken=(), offered=[stretch]) for each in people], 1
            )
        )

    def suits(self, starts: datetime) -> bool:
        return not self.windows or any(each.starts <= starts < each.ends for each in self.windows)
