"""A wish: when somebody would like to come, as stretches of real time, with what is doubtful about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

HORIZON: Final = timedelta(days=90)
"""How far "from then on" and "every Tuesday" are followed."""

Holidays = Callable[[date], str | None]
"""The holiday's name on a day, or nothing: the port to whoever knows the company's city."""


class Grain(StrEnum):
    """How fine the words were: "às 15h" tells an hour, "sexta de manhã" a part of a day, "em março" a month."""

    MINUTE = "minute"
    HOUR = "hour"
    PART = "part"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open stretch [start, end) in which an appointment may start; both ends know their zone.

    With grain MINUTE or HOUR the words named an instant, `start`. `open_end`: nothing was said about an end, it is only
    where we stop looking. `about`: the instant was only roughly told ("lá pelas 16h").
    """

    start: datetime
    end: datetime
    grain: Grain
    open_end: bool = False
    about: bool = False

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            raise ValueError("a window needs a zone")
        if self.start.astimezone(UTC) >= self.end.astimezone(UTC):
            raise ValueError("a window ends after it starts")

    @property
    def instant(self) -> bool:
        return self.grain in (Grain.MINUTE, Grain.HOUR)

    def holds(self, moment: datetime) -> bool:
        at = moment.astimezone(UTC)
        return self.start.astimezone(UTC) <= at < self.end.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take the words: any of its windows will do."""

    windows: tuple[Window, ...]


class Doubt(StrEnum):
    """Why it has to be asked back."""

    WHICH = "which"
    IMPOSSIBLE = "impossible"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a text says about when. Empty when it says nothing.

    `readings`: the likeliest first; more than one is a doubt, and nothing may be done before it is settled. `excluded`
    never suits. `day_named` is false when only an hour was told: the windows are then its next occurrence. `recurring`:
    the windows are the first of many. `soonest`: as early as possible. `duration`: how long it should take.
    `past`: the windows tell of what was ("fui aí sexta passada"), and nothing is wished for. `question` asks in Portuguese
    what is doubtful.
    """

    readings: tuple[Reading, ...] = ()
    excluded: tuple[Window, ...] = ()
    doubt: Doubt | None = None
    question: str = ""
    day_named: bool = True
    recurring: bool = False
    soonest: bool = False
    duration: timedelta | None = None
    past: bool = False

    @property
    def windows(self) -> tuple[Window, ...]:
        """What is meant, once it is beyond doubt."""
        return self.readings[0].windows if self.settled and self.readings else ()

    @property
    def settled(self) -> bool:
        return self.doubt is None

    @property
    def empty(self) -> bool:
        """Nothing was said about when they would like to come."""
        return self.past or not (self.readings or self.excluded or self.doubt or self.soonest)

    def allows(self, moment: datetime) -> bool:
        """Whether an appointment may start then: inside a window, outside of what is excluded."""
        inside = any(window.holds(moment) for window in self.windows)
        return inside and not any(window.holds(moment) for window in self.excluded)

    def repeats(self, moment: datetime) -> bool:
        """Whether all that it says of when is true of this moment; an hour without its day is one of any day."""
        if self.excluded or not self.windows:
            return False
        if self.day_named:
            return any(each.start == moment if each.instant else each.holds(moment) for each in self.windows)
        return any(
            each.instant and each.start.time() == moment.astimezone(each.start.tzinfo).time() for each in self.windows
        )

    def settled_by(self, possible: Callable[[Window], bool]) -> Wish:
        """The same wish without the readings that cannot be: nobody is asked about three in the night of a shop
        that opens at eight. Where none can be, all stay."""
        if self.doubt is not Doubt.WHICH:
            return self
        left = tuple(reading for reading in self.readings if any(map(possible, reading.windows))) or self.readings
        doubt = Doubt.WHICH if len(left) > 1 else None
        return replace(self, readings=left, doubt=doubt, question=self.question if left == self.readings else "")
