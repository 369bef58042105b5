"""What a calendar answered when nobody was waiting any more, as the job that tells it to the one who had been told to wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from application.shared.ports import Job
from domain.agenda.appointment import Appointment, Owed

TELL_SETTLED: Final = "reminders.tell_settled"


class Outcome(StrEnum):
    """What a calendar said in the end to somebody who had been told to wait."""

    BOOKED = "booked"
    REFUSED = "refused"
    MOVED = "moved"
    NOT_MOVED = "not_moved"


@dataclass(frozen=True, slots=True)
class Settled:
    """Of one version of an appointment; `wished` is the time it was about."""

    version: int
    outcome: Outcome
    wished: datetime

    @property
    def yes(self) -> bool:
        return self.outcome in (Outcome.BOOKED, Outcome.MOVED)

    @property
    def moving(self) -> bool:
        return self.outcome in (Outcome.MOVED, Outcome.NOT_MOVED)


def telling(seen: Appointment, now: Appointment, *, yes: bool) -> Job:
    wished = (seen.moving_to or seen.slot).starts
    booked, moved = (Outcome.BOOKED, Outcome.MOVED) if yes else (Outcome.REFUSED, Outcome.NOT_MOVED)
    args: dict[str, int | str] = {
        "appointment": now.id,
        "version": now.version,
        "outcome": str(booked if seen.owed is Owed.BOOK else moved),
        "wished": int(wished.timestamp()),
    }
    return Job(TELL_SETTLED, args, key=f"{TELL_SETTLED}:{now.id}:{now.version}")
