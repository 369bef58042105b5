"""Counting on a calendar: weeks from Monday, months, half-months, and the Sunday that moves with the moon."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta
from typing import Final

from domain.scheduling.wish import HORIZON, Grain

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
UNIT_DAYS: Final = {"d": 1, "s": 7, "q": 15, "m": 31, "a": 366, "h": 1}
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` up to, not including, `until`. `from_now`: it starts this very minute, not at midnight.

    `last_minute`: the minute of the last day at which it is over.
    """

    first: date
    until: date
    grain: Grain = Grain.DAY
    open_end: bool = False
    from_now: bool = False
    last_minute: int = 24 * 60

    @property
    def last(self) -> date:
        return self.until - DAY

    def days(self) -> Iterator[date]:
        for count in range((self.until - self.first).days):
            yield self.first + count * DAY

    def shifted(self, days: int) -> Span:
        return replace(self, first=self.first + days * DAY, until=self.until + days * DAY)


def one_day(day: date) -> Span:
    return Span(day, day + DAY)


def day_or_none(year: int, month: int, day: int) -> date | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def open_from(day: date) -> Span:
    return Span(day, day + HORIZON, open_end=True)


def week_of(day: date) -> Span:
    monday = day - day.weekday() * DAY
    return Span(monday, monday + WEEK, Grain.WEEK)


def weekend_of(day: date) -> Span:
    saturday = week_of(day).first + 5 * DAY
    return Span(saturday, saturday + 2 * DAY, Grain.WEEKEND)


def month_of(day: date, ahead: int = 0) -> Span:
    count = day.year * 12 + day.month - 1 + ahead
    return months(count // 12, count % 12 + 1)


def months(year: int, month: int, how_many: int = 1) -> Span:
    """So many whole months from the first of this one."""
    after = year * 12 + month - 1 + how_many
    grain = Grain.MONTH if how_many == 1 else Grain.SEASON
    return Span(date(year, month, 1), date(after // 12, after % 12 + 1, 1), grain)


def year_of(year: int) -> Span:
    return Span(date(year, 1, 1), date(year + 1, 1, 1), Grain.YEAR)


def fortnight_of(day: date) -> Span:
    """The half of the month: to the 15th, or from the 16th."""
    whole = month_of(day)
    middle = whole.first + 15 * DAY
    return Span(whole.first, middle, Grain.WEEK) if day < middle else Span(middle, whole.until, Grain.WEEK)


def on_or_after(day: date, weekday: int) -> date:
    return day + ((weekday - day.weekday()) % 7) * DAY


def later_by_months(day: date, count: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    month = month_of(day, count)
    return min(month.first + (day.day - 1) * DAY, month.last)


def moved(day: date, count: int, unit: str) -> date:
    """So many days, weeks, half-months, months or years away."""
    if unit.startswith(("mes", "ano")):
        return later_by_months(day, count * (12 if unit.startswith("ano") else 1))
    return day + count * UNIT_DAYS[unit[0]] * DAY


def easter(year: int) -> date:
    """Gauss's rule as Butcher wrote it down for the Gregorian calendar."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def within_reach(count: int, unit_days: int, today: date) -> bool:
    """Whether so many units from today stay on the calendar that is told."""
    return abs(count * unit_days) < (min(LAST_YEAR, MAXYEAR) - today.year) * 365
