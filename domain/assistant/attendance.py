"""When the secretary answers, and whom: an assistant may be on and yet not be meant for this person at this hour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from domain.shared.errors import Invalid
from domain.shared.phone import Phone

WEEK: Final = 7
MINUTES: Final = 24 * 60
SPAN: Final = re.compile(
    r"([0-9]{1,2})(?:[:h]([0-9]{2})?)?\s*(?:-|–|às|a|até)\s*([0-9]{1,2})(?:[:h]([0-9]{2})?)?h?", re.IGNORECASE
)
MOST_SPANS: Final = 4
MOST_NUMBERS: Final = 500
MOST_A_DAY: Final = 1_000


class BadHours(Invalid):
    """Not hours of a day: 8:00-12:00, 14:00-18:00."""


class Shift(StrEnum):
    """Whose hours are the secretary's."""

    ALWAYS = "always"
    OPEN = "open"  # only while the business is open
    CLOSED = "closed"  # only while it is closed: by day people answer


class WhenClosed(StrEnum):
    """What somebody hears who writes while the business is closed."""

    ANSWER = "answer"  # as at any hour
    NOTICE = "notice"  # a fixed text says that it is closed, once until it opens


class NothingToSay(Invalid):
    """A notice needs words, and hours to be about."""


class Audience(StrEnum):
    EVERYONE = "everyone"
    ONLY = "only"  # the numbers of the list
    EXCEPT = "except"  # everybody but the numbers of the list


class Absence(StrEnum):
    """Why the secretary does not answer here and now."""

    DISABLED = "disabled"
    OFF_HOURS = "off_hours"
    NOT_MEANT = "not_meant"
    CLOSED = "closed"  # and the contact is told so
    ENOUGH = "enough"  # this contact was answered as often as it may be in a day


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of a day, in minutes since midnight."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES:
            raise BadHours("the end must come after the beginning")

    def __str__(self) -> str:
        return f"{_clock(self.opens)}-{_clock(self.closes)}"


@dataclass(frozen=True, slots=True)
class Hours:
    """Each weekday's spans, Monday first; no span at all says that nobody told us."""

    days: tuple[tuple[Span, ...], ...] = ((),) * WEEK

    @property
    def known(self) -> bool:
        return any(self.days)

    def open_at(self, local: datetime) -> bool:
        minute = local.hour * 60 + local.minute
        return any(span.opens <= minute < span.closes for span in self.days[local.weekday()])

    def last_closing(self, local: datetime) -> datetime | None:
        """When the latest stretch ended that is over; None where nobody told us hours."""
        ends = [
            datetime.combine(local.date() - timedelta(days=back), time(), local.tzinfo) + timedelta(minutes=span.closes)
            for back in range(WEEK + 1)
            for span in self.days[(local.weekday() - back) % WEEK]
        ]
        return max((end for end in ends if end <= local), default=None)


@dataclass(frozen=True, slots=True)
class Attendance:
    """`daily`: how many messages of one contact are answered in a day; None is no limit."""

    shift: Shift = Shift.ALWAYS
    hours: Hours = Hours()
    audience: Audience = Audience.EVERYONE
    numbers: tuple[str, ...] = ()
    when_closed: WhenClosed = WhenClosed.ANSWER
    closed_text: str = ""
    daily: int | None = None

    def __post_init__(self) -> None:
        """Raises Invalid."""
        if self.when_closed is WhenClosed.NOTICE and not (self.closed_text.strip() and self.hours.known):
            raise NothingToSay("a notice needs a text and hours", field="closed_text")
        if self.daily is not None and not 1 <= self.daily <= MOST_A_DAY:
            raise Invalid(f"1 to {MOST_A_DAY} messages, or nothing for no limit", field="daily")

    def absence(self, phone: str | None, local: datetime) -> Absence | None:
        """Hours that nobody told us bind nobody. A contact without a number is on no list."""
        if self.audience is not Audience.EVERYONE and (phone in self.numbers) is (self.audience is Audience.EXCEPT):
            return Absence.NOT_MEANT
        if self._says_closed and not self.hours.open_at(local):
            return Absence.CLOSED
        bound = self.shift is not Shift.ALWAYS and self.hours.known
        return Absence.OFF_HOURS if bound and self.hours.open_at(local) is not (self.shift is Shift.OPEN) else None

    def enough(self, answered_today: int) -> bool:
        return self.daily is not None and answered_today >= self.daily

    @property
    def _says_closed(self) -> bool:
        """Who answers only while the business is closed has nothing to say about that."""
        return self.when_closed is WhenClosed.NOTICE and self.shift is not Shift.CLOSED


AROUND_THE_CLOCK: Final = Attendance()


def read_day(typed: str, *, field: str) -> tuple[Span, ...]:
    """ "8h-12h, 14:00 às 18:00" as spans in order; nothing typed is a day off. Raises BadHours."""
    parts = [part.strip() for part in re.split(r"[,;]| e ", typed) if part.strip()]
    found = [SPAN.fullmatch(part) for part in parts]
    if len(parts) > MOST_SPANS or not all(found):
        raise BadHours("not hours of a day", field=field)
    try:
        spans = sorted((_span(*one.groups()) for one in found if one), key=lambda span: span.opens)
    except BadHours as error:
        raise BadHours(str(error), field=field) from error
    if any(later.opens < earlier.closes for earlier, later in pairwise(spans)):
        raise BadHours("two stretches overlap", field=field)
    return tuple(spans)


def read_numbers(typed: str, *, field: str) -> tuple[str, ...]:
    """One number a line, as people write them. Raises Invalid that names the line."""
    lines = [line.strip() for line in re.split(r"[\n,;]", typed) if line.strip()]
    if len(lines) > MOST_NUMBERS:
        raise Invalid(f"at most {MOST_NUMBERS} numbers", field=field)
    numbers = []
    for place, line in enumerate(lines, 1):
        try:
            numbers.append(Phone.parse(line).value)
        except Invalid as error:
            raise Invalid(f"line {place} is no telephone number", field=field) from error
    return tuple(dict.fromkeys(numbers))


def _span(opens: str, minute: str | None, closes: str, last: str | None) -> Span:
    return Span(_minutes(opens, minute), _minutes(closes, last))


def _minutes(hour: str, minute: str | None) -> int:
    if int(minute or 0) > 59:
        raise BadHours("an hour has sixty minutes")
    if (at := int(hour) * 60 + int(minute or 0)) > MINUTES:
        raise BadHours("a day has twenty-four hours")
    return at


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
