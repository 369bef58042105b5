"""Days and hours placed in real time: windows of a zone, through the nights in which its clocks jump."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from domain.scheduling.clauses import Clause, Sentence
from domain.scheduling.counting import DAY, Span, one_day
from domain.scheduling.grammar import MIDNIGHT, NOON, Context, Hours
from domain.scheduling.wish import HORIZON, Grain, Reading, Window

MOST_DAYS: Final = HORIZON.days + 10
"""Of a longer stretch only the first days are told hour by hour."""


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
    ahead = [windows for windows in told if any(window.end.astimezone(UTC) > now for window in windows)]
    return tuple(Reading(_to_come(windows, now) if ahead else windows) for windows in ahead or told)


def _in_order(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    return tuple(dict.fromkeys(windows))


def _to_come(windows: tuple[Window, ...], now: datetime) -> tuple[Window, ...]:
    return tuple(window for window in windows if window.end.astimezone(UTC) > now)


def _placed(clauses: Iterable[Clause], day: int, hour: int, context: Context) -> Iterator[Window]:
    for clause in clauses:
        spans = clause.days[min(day, len(clause.days) - 1)] if clause.days else ()
        times = clause.times[min(hour, len(clause.times) - 1)] if clause.times else ()
        if not spans:
            yield from (_next(hours, context) for hours in times)
        else:
            for span in spans:
                yield from windows(span, times, context, again=clause.recurring)


def windows(span: Span, times: tuple[Hours, ...], context: Context, *, again: bool = False) -> Iterator[Window]:
    """The span as a whole, or those hours on each of its days."""
    zone = context.now.tzinfo or UTC
    if not times:
        start = context.now if span.from_now else _at(span.first, 0, zone)
        yield _window(start, _at(span.until, 0, zone), span.grain, open_end=span.open_end)
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
    start = hours.start
    if hours.or_later and named and day == context.today and _at(day, start, zone) <= context.now:
        start += NOON
    begin = _at(day, start, zone)
    if hours.grain is Grain.PART:
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
