"""The jobs that an appointment leads to: one of each, so that planning one again moves it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from application.shared.ports import Job
from domain.reminders.cadence import Kind
from domain.shared.ids import AppointmentId

REMIND: Final = "reminders.send"
CHECK: Final = "no_show.check"
RECOVER: Final = "no_show.recover"
FOLLOW_UP: Final = "follow_ups.send"

WHILE_MOVING: Final = timedelta(minutes=5)
"""Until it is looked again whether a calendar has answered a move that is being asked."""


def job_about(actor: str, appointment: AppointmentId, due_at: datetime) -> Job:
    return Job(actor, {"appointment": appointment}, key=key_about(actor, appointment), due_at=due_at)


def key_about(actor: str, appointment: AppointmentId) -> str:
    return f"{actor}:{appointment}"


def remind_job(appointment: AppointmentId, kind: Kind, due_at: datetime) -> Job:
    args: dict[str, int | str] = {"appointment": appointment, "kind": str(kind)}
    return Job(REMIND, args, key=remind_key(appointment, kind), due_at=due_at)


def remind_key(appointment: AppointmentId, kind: Kind) -> str:
    return f"{REMIND}:{appointment}:{kind}"
