"""A stretch of time, half-open: back-to-back slots touch, they do not overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.shared.errors import Invalid

LONGEST = timedelta(days=400)


class InvalidSlot(Invalid):
    """Not a stretch of time that could be meant: without a zone, empty, backwards, or endless."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """[starts, ends), kept in UTC whatever zone it was given in, so that no clock change makes it longer or shorter."""

    starts: datetime
    ends: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", _in_utc(self.starts, "starts"))
        object.__setattr__(self, "ends", _in_utc(self.ends, "ends"))
        if self.starts >= self.ends:
            raise InvalidSlot("a slot ends after it starts", field="ends")
        if self.ends - self.starts > LONGEST:
            raise InvalidSlot(f"at most {LONGEST.days} days", field="ends")

    @classmethod
    def lasting(cls, starts: datetime, length: timedelta) -> Slot:
        return cls(starts, _in_utc(starts, "starts") + length)

    @property
    def length(self) -> timedelta:
        return self.ends - self.starts

    def overlaps(self, other: Slot) -> bool:
        return self.starts < other.ends and other.starts < self.ends

    def contains(self, other: Slot) -> bool:
        return self.starts <= other.starts and other.ends <= self.ends

    def widened(self, *, before: timedelta, after: timedelta) -> Slot:
        return Slot(self.starts - before, self.ends + after)

    def within(self, other: Slot) -> Slot | None:
        """What both have in common; None where they only touch or stand apart."""
        starts, ends = max(self.starts, other.starts), min(self.ends, other.ends)
        return Slot(starts, ends) if starts < ends else None


def less(stretches: Iterable[Slot], taken: Iterable[Slot]) -> Sequence[Slot]:
    """What is left of the stretches once all that is taken is cut out, in order."""
    left: list[Slot] = []
    cuts = sorted(taken)
    for stretch in sorted(stretches):
        starts = stretch.starts
        for cut in cuts:
            if cut.ends <= starts:
                continue
            if cut.starts >= stretch.ends:
                break
            if cut.starts > starts:
                left.append(Slot(starts, cut.starts))
            starts = cut.ends
        if starts < stretch.ends:
            left.append(Slot(starts, stretch.ends))
    return left


def _in_utc(moment: datetime, field: str) -> datetime:
    if moment.utcoffset() is None:
        raise InvalidSlot("a time says its offset (2026-11-24T09:00:00-03:00)", field=field)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise InvalidSlot("no such time", field=field) from None
