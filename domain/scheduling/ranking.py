"""The best free times for a wish, and why each: first what was asked, then what comes closest to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Final

from domain.scheduling.wish import Window, Wish

HALF_DAY: Final = 12
CLOSE: Final = timedelta(hours=3)
"""A start this far from the hour that was asked, on its day, is still near it."""


class Why(IntEnum):
    """How a time answers a wish, the best first."""

    ASKED = 0
    INSIDE = 1
    NEAR = 2
    SAME_HOUR = 3
    SAME_DAY = 4
    OTHER = 5


SPREAD: Final = frozenset({Why.INSIDE, Why.OTHER})


@dataclass(frozen=True, slots=True)
class Choice:
    """A free time and how it answers the wish."""

    start: datetime
    why: Why


def ranked(free: Iterable[datetime], wish: Wish, *, now: datetime, limit: int) -> tuple[Choice, ...]:
    """At most `limit` of the free starts, the best first; none that is over or that the wish excludes.

    A doubtful wish has no windows yet: then, as with no wish at all, the earliest are the best. Of times that are equally
    good, each half of a day is shown once before any is shown again, and each hour of it, unless the person is in haste.
    """
    moments = {start.astimezone(UTC): start for start in free}
    open_starts = [
        start for at, start in moments.items() if at > now.astimezone(UTC) and not _held(wish.excluded, start)
    ]
    placed = sorted(
        (_why(start, wish.windows), _distance(start, wish.windows), start.astimezone(UTC)) for start in open_starts
    )
    choices = [(why, moments[at]) for why, _, at in placed]
    if not wish.soonest:
        choices = _varied(choices, now)
    return tuple(Choice(start, why) for why, start in choices[: max(limit, 0)])


def _why(start: datetime, windows: tuple[Window, ...]) -> Why:
    return min((_answer(start, window) for window in windows), default=Why.OTHER)


def _answer(start: datetime, window: Window) -> Why:
    told = window.start
    local = start.astimezone(told.tzinfo)
    if not window.instant:
        same_day = local.date() == told.date()
        return Why.INSIDE if window.holds(start) else Why.SAME_DAY if same_day else Why.OTHER
    if local.astimezone(UTC) == told.astimezone(UTC):
        return Why.ASKED
    if local.date() == told.date():
        return Why.NEAR if _apart(start, window) <= CLOSE else Why.SAME_DAY
    return Why.SAME_HOUR if local.time() == told.time() else Why.OTHER


def _distance(start: datetime, windows: tuple[Window, ...]) -> timedelta:
    """How far from the nearest window; nothing inside one, where the earliest is as good as any."""
    return min((_apart(start, window) for window in windows), default=timedelta())


def _apart(start: datetime, window: Window) -> timedelta:
    at, first, end = (moment.astimezone(UTC) for moment in (start, window.start, window.end))
    if window.instant:
        return abs(at - first)
    return max(first - at, at - end, timedelta())


def _varied(choices: list[tuple[Why, datetime]], now: datetime) -> list[tuple[Why, datetime]]:
    """Within the same answer: every half-day before a second time of any, and of one, every hour before its second."""
    hours: Counter[tuple[Why, object, int]] = Counter()
    keyed = []
    for place, (why, start) in enumerate(choices):
        local = start.astimezone(now.tzinfo)
        hour = (why, local.date(), local.hour)
        keyed.append((why, hours[hour] if why in SPREAD else 0, place, start))
        hours[hour] += 1
    halves: Counter[tuple[Why, object, bool]] = Counter()
    spread = []
    for why, _, place, start in sorted(keyed):
        local = start.astimezone(now.tzinfo)
        half = (why, local.date(), local.hour < HALF_DAY)
        spread.append((why, halves[half] if why in SPREAD else 0, place, start))
        halves[half] += 1
    return [(why, start) for why, _, _, start in sorted(spread)]


def _held(windows: tuple[Window, ...], moment: datetime) -> bool:
    return any(window.holds(moment) for window in windows)
