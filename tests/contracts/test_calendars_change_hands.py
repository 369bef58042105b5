"""What every calendar keeps to when somebody's time goes to another professional, or comes from another calendar."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.agenda.ports import Calendar
from domain.agenda.appointment import CalendarRef, SlotTaken
from tests.contracts.test_calendars import (
    MONDAY,
    RUI,
    booking,
    calcom_process,
    calendar,
    calendar_database,
    is_free,
    subject,
)

__all__ = ["calcom_process", "calendar", "calendar_database", "subject"]


@pytest.mark.parametrize("hours", [0, 2])
async def test_moving_to_another_professional_frees_the_time_of_the_first(calendar: Calendar, hours: int) -> None:
    old, new = booking(), booking(at=MONDAY + timedelta(hours=hours), who=RUI)
    ref = await calendar.book(old)

    moved = await calendar.reschedule(ref, new)

    assert await is_free(calendar, old.slot)
    assert not await is_free(calendar, new.slot, RUI)
    assert await calendar.find(old) is None
    entry = await calendar.find(new)
    assert entry is not None
    assert (entry.ref, entry.professional) == (moved, RUI)
    assert await calendar.reschedule(ref, new) == moved


async def test_a_move_to_another_professional_who_has_somebody_leaves_all_as_it_was(calendar: Calendar) -> None:
    mine, theirs = booking(), booking(2, who=RUI)
    ref = await calendar.book(mine)
    await calendar.book(theirs)

    with pytest.raises(SlotTaken):
        await calendar.reschedule(ref, booking(who=RUI))

    assert await calendar.find(mine) is not None
    assert await calendar.find(booking(who=RUI)) is None


@pytest.mark.parametrize("elsewhere", ["bfE3mUzT4pXw9nYkQ7vC2a", "0b0e8f6e-3c1f-4d0b-9a51-1a2b3c4d5e6f"])
async def test_what_is_moved_from_the_calendar_before_takes_no_time_of_this_one(
    calendar: Calendar, elsewhere: str
) -> None:
    mine, theirs = booking(), booking(2, at=MONDAY + timedelta(hours=2))
    await calendar.book(theirs)

    assert await is_free(calendar, mine.slot, moving=CalendarRef(elsewhere))
    assert not await is_free(calendar, theirs.slot, moving=CalendarRef(elsewhere))
