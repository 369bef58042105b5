"""Where our appointments and a calendar elsewhere disagree, told as one word each; what follows from it stands elsewhere."""

from __future__ import annotations

from enum import StrEnum

from application.agenda.ports import CalendarEntry, EntryState
from domain.agenda.appointment import Appointment, Status


class Drift(StrEnum):
    """Each is counted and written down; AGREED is no drift, and LEFT is being settled by somebody else."""

    AGREED = "agreed"
    LEFT = "left"
    STRANGER = "stranger"
    """Somebody booked over there, past us: their time is taken here too."""
    STRANGER_GONE = "stranger_gone"
    CANCELLED_THERE = "cancelled_there"
    MOVED_THERE = "moved_there"
    MISSED_THERE = "missed_there"
    LOST_THERE = "lost_there"
    """It was moved over there to nobody knows where."""
    CANCELLED_HERE = "cancelled_here"
    """It still stands over there."""
    SURPLUS = "surplus"
    """It was booked twice over there, and ours is the other one."""
    UNLIKE = "unlike"
    """It stands over there under a name we do not know: moved by hand, or booked twice. The calendar has to be asked which."""


def drift_of(ours: Appointment | None, theirs: CalendarEntry) -> Drift:
    """What an entry of theirs says against the appointment it is about; None is nobody's appointment."""
    if ours is None:
        return _strangers(theirs)
    if ours.owed is not None or ours.status is Status.PENDING:
        return Drift.LEFT
    if theirs.state is EntryState.LOST:
        return Drift.LOST_THERE if ours.stands else Drift.AGREED
    if theirs.state is EntryState.CANCELLED:
        about_ours = ours.ref in (theirs.ref, theirs.replaces)
        return Drift.CANCELLED_THERE if ours.stands and about_ours else Drift.AGREED
    if ours.status is Status.CANCELLED:
        return Drift.CANCELLED_HERE
    return _both_stand(ours, theirs)


def _strangers(theirs: CalendarEntry) -> Drift:
    match theirs.state:
        case EntryState.LOST:
            return Drift.LOST_THERE
        case EntryState.CANCELLED:
            return Drift.STRANGER_GONE
        case _:
            return Drift.STRANGER


def _both_stand(ours: Appointment, theirs: CalendarEntry) -> Drift:
    if theirs.ref != ours.ref and theirs.replaces != ours.ref:
        return Drift.UNLIKE
    elsewhere = theirs.professional not in (None, ours.professional)
    if theirs.slot != ours.slot or theirs.ref != ours.ref or elsewhere:
        return Drift.MOVED_THERE
    missed = theirs.state is EntryState.MISSED and ours.status is not Status.MISSED
    return Drift.MISSED_THERE if missed else Drift.AGREED
