"""One thing that a reply asserts, and of which times."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.scheduling.wish import Wish


class Act(StrEnum):
    """What is asserted: that somebody is expected, was moved or cancelled, that a time is free, or only that it is done."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    OFFERED = "offered"
    POSSIBLE = "possible"
    """Somebody could see them then."""
    NAMED = "named"
    """A time is asked about or repeated: somebody must have brought it up."""
    DONE = "done"
    WAITING = "waiting"
    """They are on the waiting list, or will be told when a time is free: only who is on it will be."""
    NOT_WAITING = "not_waiting"
    """They were taken off it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """`text` asserts `act`, of the times in `wish`. `target`: those after "para", where a move says whither. `together`: the
    sentence asserts something else too, so not every time in it is of this act."""

    act: Act
    text: str
    wish: Wish
    target: Wish | None = None
    together: bool = False
