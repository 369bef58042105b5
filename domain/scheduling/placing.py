"""Days and hours placed in real time: windows of a zone, through the nights in which its clocks jump."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from domain.scheduling.clauses import Clause, Sentence
from domain.scheduling.counting import DAY, Span, one_day
from domain.scheduling.grammar import MIDNIGHT, Context, Hours
from domain.scheduling.wish import HORIZON, Grain, Reading, Window

MOST_DAYS: Final = HORIZON.days + 10
"""Of a longer stretch only the first days are told hour by hour."""

AFTER_MIDNIGHT: Final = 60
""" "Hoje à meia-noite e meia" is said of the night to come."""


def readings(sentence: Sentence, context: Context) -> tuple[Reading, ...]:
    """Every way to take the sentence, the likeliest first, without those that are over while another is not."""
    if not sentence.clauses:
        return ()
    days = max(len(clause.days) for clause in sentence.clauses)
    hours = max(len(clause.times) for clause in sentence.clauses)
    ways = ((day, hour) for day in range(max(days, 1)) for hour in range(max(hours, 1)))
    placed = [tuple(_placed(sentence.clauses, day, hour, context)) for day, hour in ways]
    told = list(dict.fromkeys(windows for windows in map(_in_order, placed) if windows))
    now = context.now.astimezone(UTC)
    for over in (_begun, _over):
        if ahead := [left for windows in told if (left := tuple(one for one in windows if not over(one, now)))]:
            return tuple(map(Reading, ahead))
    return tuple(map(Reading, told))


def _in_order(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    return tuple(dict.fromkeys(windows))


def _over(window: Window, now: datetime) -> bool:
    return window.end.astimezone(UTC) <= now


def _begun(window: Window, now: datetime) -> bool:
    """An instant is over once it has begun, where another is still to come."""
    return window.start.astimezone(UTC) <= now if window.instant else _over(window, now)


def _placed(clauses: Iterable[Clause], day: int, hour: int, context: Context) -> Iterator[Window]:
    for clause in clauses:
        spans = clause.days[min(day, len(clause.days) - 1)] if clause.days else ()
        times = clause.times[min(hour, len(clause.times) - 1)] if clause.times else ()
        if not spans:
            yield from (_next(hours, context) for hours in times)
        else:
            for span in spans:
                yield from windows(span, times, context, again=clause.recurring or len(clause.days) > 1)


def windows(span: Span, times: tuple[Hours, ...], context: Context, *, again: bool = False) -> Iterator[Window]:
    """The span as a whole, or those hours on each of its days."""
    zone = context.now.tzinfo or UTC
    if not times:
        start = context.now if span.from_now else _at(span.first, 0, zone)
        yield _window(start, _at(span.last, span.last_minute, zone), span.grain, open_end=span.open_end)
        return
    single = span.until - span.first == DAY and not again
    for count in range(min((span.until - span.first).days, MOST_DAYS)):
        for hours in times:
            yield _on(span.first + count * DAY, hours, context, named=single)


def _next(hours: Hours, context: Context) -> Window:
    """An hour without a day is its next occurrence."""
    zone = context.now.tzinfo or UTC
    now = context.now.astimezone(UTC)
    today = context.today
    days = (today + count * DAY for count in range(-1 if hours.start >= MIDNIGHT else 0, 3))
    found = (_on(day, hours, context, named=False) for day in days)
    instant = hours.grain is not Grain.PART
    later = (one for one in found if (one.start if instant else one.end).astimezone(UTC) > now)
    return next(later, None) or next(
        windows(one_day(today + DAY), (hours,), Context(_at(today, 0, zone), context.holidays))
    )


def _on(day: date, hours: Hours, context: Context, *, named: bool) -> Window:
    zone = context.now.tzinfo or UTC
    part = hours.grain is Grain.PART
    if hours.or_later and named and day == context.today:
        first_over = hours.end if part else hours.start
        hours = hours if _at(day, first_over, zone) > context.now else hours.later()
    begin = _at(day, hours.start, zone)
    if named and not part and hours.start < AFTER_MIDNIGHT and day == context.today and begin < context.now:
        begin = _at(day + DAY, hours.start, zone)
    if part:
        return _window(begin, _at(day, hours.end, zone), hours.grain, about=hours.about)
    end = (begin.astimezone(UTC) + timedelta(minutes=hours.end - hours.start)).astimezone(zone)
    return _window(begin, end, hours.grain, about=hours.about)


def _at(day: date, minutes: int, zone: tzinfo) -> datetime:
    """The clock on the wall; a time the clocks jump over is the one they jump to."""
    wall = datetime.combine(day, time(), zone) + timedelta(minutes=minutes)
    return wall.astimezone(UTC).astimezone(zone)


def _window(start: datetime, end: datetime, grain: Grain, *, open_end: bool = False, about: bool = False) -> Window:
    if start.astimezone(UTC) >= end.astimezone(UTC):
        end = (start.astimezone(UTC) + timedelta(minutes=1)).astimezone(start.tzinfo)
    return Window(start, end, grain, open_end=open_end, about=about)


def excluded(sentence: Sentence, told: tuple[Reading, ...], context: Context) -> tuple[Window, ...]:
    """What never suits: the days named, or the hours on every day that is looked at."""
    ends = [one for reading in told for window in reading.windows for one in (window.start, window.end)]
    first = max(min(ends, default=context.now).date(), context.today)
    last = max(min(max(ends, default=context.now).date(), context.today + HORIZON), first + DAY)
    whole = Span(first, last)
    out: list[Window] = []
    for clause in dict.fromkeys(sentence.excluded):
        spans = (clause.pick and clause.pick(whole)) or (clause.days[0] if clause.days else (whole,))
        for span in spans:
            out.extend(windows(span, clause.times[0] if clause.times else (), context))
    return _but_what_is_told(tuple(dict.fromkeys(out)), told)


def _but_what_is_told(never: tuple[Window, ...], told: tuple[Reading, ...]) -> tuple[Window, ...]:
    """ "Trabalho terça, mas depois das 18h consigo na terça": nobody wishes for nothing but what never suits."""
    wished = [window for reading in told for window in reading.windows]
    if not all(any(_holds(one, window) for one in never) for window in wished):
        return never
    return tuple(one for one in never if not any(_holds(one, window) for window in wished))


def _holds(wide: Window, narrow: Window) -> bool:
    return wide.start.astimezone(UTC) <= narrow.start.astimezone(UTC) and narrow.end.astimezone(
        UTC
    ) <= wide.end.astimezone(UTC)
