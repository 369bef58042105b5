"""One thing that a reply asserts, of which times, and of whom and what it says so."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    NOTHING = "nothing"
    """They have no appointment, at all or then."""
    OVER = "over"
    """It ends then."""
    PRESENCE = "presence"
    """They said that they will come, and that was written down."""


@dataclass(frozen=True, slots=True)
class Named:
    """The professionals and the services that are told: for each word the house's names that it may mean."""

    professionals: frozenset[frozenset[str]] = frozenset()
    services: frozenset[frozenset[str]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.professionals or self.services)

    def over(self, below: Named) -> Named:
        """What is said of a line by itself, and where it is silent by the line above."""
        return Named(self.professionals or below.professionals, self.services or below.services)

    def fits(self, professional: str | None, service: str | None) -> bool:
        """Whether it can be meant; where several are told together, nobody looks who does which."""
        told = [
            known is None or any(known in each for each in names)
            for names, known in ((self.professionals, professional), (self.services, service))
            if names
        ]
        several = len(self.professionals) > 1 or len(self.services) > 1
        return any(told) if several else all(told)


@dataclass(frozen=True, slots=True)
class Claim:
    """`text` asserts `act`, of the times in `wish`. `target`: those after "para", where a move says whither. `together`: the
    sentence asserts something else too, so not every time in it is of this act. `named`: with whom and for what. `count`:
    of how many, at least."""

    act: Act
    text: str
    wish: Wish
    target: Wish | None = None
    together: bool = False
    named: Named = field(default_factory=Named)
    count: int = 1
