"""A stretch of time, half-open: back-to-back slots touch, they do not overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from domain.shared.errors import Invalid

LONGEST: Final = timedelta(days=400)
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)


class InvalidSlot(Invalid):
    """Not a stretch of time that could be meant: without a zone, empty, backwards, endless, or in no age of ours."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """[starts, ends), kept in UTC whatever zone it was given in, so that no clock change makes it longer or shorter."""

    starts: datetime
    ends: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", in_utc(self.starts, "starts"))
        object.__setattr__(self, "ends", in_utc(self.ends, "ends"))
        if self.starts >= self.ends:
            raise InvalidSlot("it ends after it starts", field="ends")
        if self.ends - self.starts > LONGEST:
            raise InvalidSlot(f"at most {LONGEST.days} days", field="ends")

    @classmethod
    def lasting(cls, starts: datetime, length: timedelta) -> Slot:
        return cls(starts, in_utc(starts, "starts") + length)

    @property
    def length(self) -> timedelta:
        return self.ends - self.starts

    def overlaps(self, other: Slot) -> bool:
        return self.starts < other.ends and other.starts < self.ends

    def contains(self, other: Slot) -> bool:
        return self.starts <= other.starts and other.ends <= self.ends

    def less(self, taken: Iterable[Slot]) -> list[Slot]:
        """What is left of it once all that is taken is cut out, in order."""
        left, starts = [], self.starts
        for cut in sorted(each for each in taken if each.overlaps(self)):
            if cut.starts > starts:
                left.append(Slot(starts, cut.starts))
            starts = max(starts, cut.ends)
        if starts < self.ends:
            left.append(Slot(starts, self.ends))
        return left

    def widened(self, *, before: timedelta, after: timedelta) -> Slot:
        return Slot(self.starts - before, self.ends + after)


def start_in_utc(moment: datetime, field: str) -> datetime:
    """Raises InvalidSlot also between two minutes: nobody is expected at 9:00:07."""
    if moment.second or moment.microsecond:
        raise InvalidSlot("a whole minute (2026-11-24T09:00:00-03:00)", field=field)
    return in_utc(moment, field)


def in_utc(moment: datetime, field: str) -> datetime:
    """Raises InvalidSlot for a time that does not say its offset: guessing one is the classic wrong hour."""
    if moment.utcoffset() is None:
        raise InvalidSlot("a time says its offset (2026-11-24T09:00:00-03:00)", field=field)
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:
        raise InvalidSlot("no such time", field=field) from None
    if not EARLIEST <= utc <= LATEST:
        raise InvalidSlot(f"a time between {EARLIEST.year} and {LATEST.year}", field=field)
    return utc
