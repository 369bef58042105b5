"""When a professional attends: a week of hours, and the days on which that is otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from domain.assistant.attendance import MINUTES, WEEK, BadHours, Span
from domain.shared.errors import Invalid, NotFound, Refused
from domain.shared.ids import DayOffId, ProfessionalId

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_SPANS: Final = 8
LONGEST_ABSENCE: Final = 400
LONGEST_NAME: Final = 80
EARLIEST: Final = date(2000, 1, 1)
FARTHEST: Final = timedelta(days=3_653)
WHOLE_DAY: Final = Span(0, MINUTES)


class DayOffKnown(Refused):
    """The very same days are off already."""

    about = "first"


class DayOffNotFound(NotFound):
    """No day off of this company has that number."""


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Each weekday's spans, Monday first, in order; a day without any is a day off."""

    days: tuple[tuple[Span, ...], ...] = ((),) * WEEK

    def __post_init__(self) -> None:
        """Raises BadHours."""
        if len(self.days) != WEEK:
            raise BadHours("a week has seven days, Monday first", field="hours")
        for day, spans in zip(WEEKDAYS, self.days, strict=True):
            if len(spans) > MOST_SPANS:
                raise BadHours(f"at most {MOST_SPANS} stretches a day", field=f"hours.{day}")
            if any(later.opens < earlier.closes for earlier, later in pairwise(spans)):
                raise BadHours("two stretches overlap, or are not in order", field=f"hours.{day}")

    def joined(self) -> WeekHours:
        """With those that touch as one, so that an appointment may lie across."""
        return WeekHours(tuple(map(_joined, self.days)))

    def on(self, day: date) -> tuple[Span, ...]:
        return self.days[day.weekday()]


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].closes == span.opens:
            joined[-1] = Span(joined[-1].opens, span.closes)
        else:
            joined.append(span)
    return tuple(joined)


NEVER: Final = WeekHours()
NEW_DAY_OFF: Final = DayOffId(0)


@dataclass(frozen=True, slots=True)
class DayOff:
    """A holiday of the town, a vacation, an afternoon at the dentist's.

    `professional` None is everybody. `span` None is the whole day; else it is off at those hours on each of the days.
    `yearly` comes again on the same date every year, as a town's holiday does.
    """

    first: date
    last: date
    name: str = ""
    professional: ProfessionalId | None = None
    span: Span | None = None
    yearly: bool = False
    id: DayOffId = NEW_DAY_OFF

    def __post_init__(self) -> None:
        """Raises Invalid."""
        if self.last < self.first:
            raise Invalid("the last day comes after the first", field="last")
        if (self.last - self.first).days >= LONGEST_ABSENCE:
            raise Invalid(f"at most {LONGEST_ABSENCE} days", field="last")
        if self.yearly and self.first.year != self.last.year:
            raise Invalid("what comes every year lies within one year", field="last")
        if len(self.name) > LONGEST_NAME or not self.name.isprintable():
            raise Invalid(f"at most {LONGEST_NAME} printable characters", field="name")

    def check_new(self, today: date, known: Iterable[DayOff]) -> None:
        """Raises Invalid for days that nobody means, DayOffKnown for what is there already."""
        for field, day in (("first", self.first), ("last", self.last)):
            if not EARLIEST <= day <= today + FARTHEST:
                raise Invalid(f"from {EARLIEST.year} to ten years ahead", field=field)
        if any(replace(each, id=self.id, name=self.name) == self for each in known):
            raise DayOffKnown("these days are off already")

    def on(self, day: date) -> Span | None:
        """What it takes of that day; None where it takes nothing."""
        if self.yearly:
            first, last, asked = ((each.month, each.day) for each in (self.first, self.last, day))
            takes = first <= asked <= last
        else:
            takes = self.first <= day <= self.last
        return (self.span or WHOLE_DAY) if takes else None


def off_on(day: date, days_off: Sequence[DayOff], professional: ProfessionalId) -> list[Span]:
    """What is off of a professional's day, their own and everybody's."""
    theirs = (each for each in days_off if each.professional in (None, professional))
    return [span for each in theirs if (span := each.on(day)) is not None]


def left_of(spans: Sequence[Span], off: Sequence[Span]) -> list[Span]:
    """The hours of a day without what is off of them."""
    left = list(spans)
    for cut in off:
        pieces = [
            ((span.opens, min(span.closes, cut.opens)), (max(span.opens, cut.closes), span.closes)) for span in left
        ]
        left = [Span(opens, closes) for pair in pieces for opens, closes in pair if opens < closes]
    return left
