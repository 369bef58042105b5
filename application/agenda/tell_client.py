"""Who changes somebody's appointment leaves it to be told to them, unless it is theirs, or who changes it tells them by phone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from application.agenda.untold import Known
from application.agenda.work import AgendaWork
from application.shared.ports import Job
from domain.agenda.appointment import Appointment, Hears

TELL_CHANGE: Final = "reminders.tell_change"
A_BREATH: Final = timedelta(minutes=1)
"""What is set right at once was never told."""


async def leave_to_tell(work: AgendaWork, was: Appointment, hears: Hears, now: datetime) -> None:
    """In the transaction that changes it. Of several changes the client hears once, against what `was` before the first."""
    if hears is not Hears.CHANGE:
        await work.untold.forget(was.id)
        return
    await work.untold.put(was.id, Known(was.professional, was.slot.starts))
    key = f"{TELL_CHANGE}:{was.id}"
    await work.jobs.add(Job(TELL_CHANGE, {"appointment": was.id}, key=key, due_at=now + A_BREATH))
