"""The months of a subscription: from midnight to midnight where the company lives, whatever the length of the month."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def months_after(anchor: date, months: int) -> date:
    """The same day of a later month, or its last: always counted from the anchor, so 31 Jan, 28 Feb, 31 Mar."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Cycle:
    """Half-open [first, until), in days of the company's own calendar."""

    first: date
    until: date
    zone: ZoneInfo

    @classmethod
    def numbered(cls, anchor: date, index: int, zone: ZoneInfo) -> Cycle:
        """The month number `index` since the anchor, counted from 0."""
        return cls(months_after(anchor, index), months_after(anchor, index + 1), zone)

    @property
    def last(self) -> date:
        """The last day that is of it, as people say how long a month lasts."""
        return self.until - timedelta(days=1)

    @property
    def begins(self) -> datetime:
        return midnight(self.first, self.zone)

    @property
    def ends(self) -> datetime:
        """The first instant that is no longer in it."""
        return midnight(self.until, self.zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The company's calendar day at that moment."""
    return moment.astimezone(zone).date()
