"""One end of a stretch: "depois das 13", "até sexta", "antes do Natal", "a partir de segunda"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.scheduling.counting import DAY, Span, open_from
from domain.scheduling.grammar import MIDNIGHT, Context, Hours, Node, Times
from domain.scheduling.wish import Grain


def bounded(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """After, before, until, from: a day or an hour becomes one end of a stretch."""
    how, node = nodes[0].code, nodes[-1]
    if node.code == "H":
        return [Node("H", times=_bounded_hours(how, node.times))]
    days = tuple((span,) for reading in node.days if (span := _bounded_days(how, reading, context)))
    return [replace(node, code="D", days=days, pick=None, following=None)] if days else None


def until_that_hour(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "até sexta às 17h": the last day is over at that hour; with a comma between, the hour is that of every day."""
    day, clock = nodes[-2:]
    hour = clock.times[0][0]
    if day.recurring or hour.grain is Grain.PART or len(clock.times[0]) > 1 or hour.start >= MIDNIGHT:
        return None
    last = [reading[-1] for reading in day.days]
    now = context.now.hour * 60 + context.now.minute
    if any(one.until - one.first != DAY or (one.first, hour.start) <= (context.today, now) for one in last):
        return None
    days = tuple((Span(context.today, one.until, from_now=True, last_minute=hour.start),) for one in last)
    return [Node("D", days=days)]


def bounded_after(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "das 15h" + "em diante"."""
    return bounded([Node("S"), next(node for node in nodes if node.code in "DWRH")], context)


def both_bounds(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """ "depois das 13 e antes das 15": the hours between."""
    first, last = nodes[0].times[0][0], nodes[-1].times[0][0]
    if first.end != MIDNIGHT or last.start or not 0 < first.start < last.end:
        return None
    return [replace(nodes[0], times=((replace(first, end=last.end),),))]


def _bounded_hours(how: str, times: Times) -> Times:
    def one(hours: Hours) -> Hours:
        part = hours.grain is Grain.PART
        if how in "AS":
            return Hours(
                min(hours.end if part and how == "A" else hours.start, MIDNIGHT - 1),
                MIDNIGHT,
                Grain.PART,
                bound=True,
                or_later=hours.or_later,
            )
        return Hours(
            0,
            max(min(hours.end if part and how == "U" else hours.start, MIDNIGHT), 1),
            Grain.PART,
            bound=True,
            or_later=hours.or_later,
        )

    return tuple(tuple(map(one, reading)) for reading in times)


def _bounded_days(how: str, reading: tuple[Span, ...], context: Context) -> Span | None:
    if how in "AS":
        return open_from(reading[-1].until if how == "A" else reading[0].first)
    until = reading[-1].until if how == "U" else reading[0].first
    if until > context.today:
        return Span(context.today, until, from_now=True)
    return None
