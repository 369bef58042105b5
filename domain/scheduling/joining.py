"""Nodes joined into fewer that mean more: "última sexta" + "de" + "março", "de" + "segunda" + "a" + "sexta"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from domain.scheduling.clock import any_hour
from domain.scheduling.counting import DAY, WEEK, Span, later_by_months, month_of, open_from, year_of
from domain.scheduling.grammar import MIDNIGHT, Context, Days, Hours, Node, Pick, Times
from domain.scheduling.weekdays import MANY
from domain.scheduling.wish import HORIZON, Grain

Join = Callable[[Sequence[Node], Context], list[Node] | None]
DAYS_CODES: Final = "DWR"
HALF_A_YEAR: Final = 26 * WEEK


def joined(nodes: list[Node], context: Context) -> list[Node]:
    """Each step wherever its pattern of codes is found, until nothing is left for it to do."""
    for pattern, join in STEPS:
        nodes = _everywhere(nodes, pattern, join, context)
    return nodes


def _everywhere(nodes: list[Node], pattern: re.Pattern[str], join: Join, context: Context) -> list[Node]:
    at = 0
    while found := pattern.search("".join(node.code for node in nodes), at):
        instead = join(nodes[found.start() : found.end()], context)
        if instead is None or len(instead) >= found.end() - found.start():
            at = found.start() + 1
        if instead is not None:
            nodes = [*nodes[: found.start()], *instead, *nodes[found.end() :]]
    return nodes


def _named(nodes: Sequence[Node]) -> list[Node]:
    return [node for node in nodes if node.code in DAYS_CODES]


def _drop(_nodes: Sequence[Node], _context: Context) -> list[Node]:
    return []


def _part(nodes: Sequence[Node], _context: Context) -> list[Node]:
    return [replace(node, code="H") if node.code == "h" else node for node in nodes]


def chosen(pick: Pick, days: Days) -> Days:
    """What a word picks out of each reading; nothing where it finds nothing in one."""
    picked = tuple(tuple(one for span in reading for one in pick(span)) for reading in days)
    return picked if all(picked) else ()


def _pick(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "véspera" + "do" + "feriado"."""
    pick, period = nodes[0].pick, nodes[-1]
    days = chosen(pick, period.days) if pick else ()
    if pick and period.following and days and all(span.until <= context.today for span in days[0]):
        days = chosen(pick, ((period.following(period.days[0][-1].until),),))
    return [Node("D", days=days, times=nodes[-1].times)] if days else None


def _picks(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """ "segunda" + "ou" + "terça" + "da" + "semana que vem"."""
    *before, period = nodes
    words = [node for node in before if node.code == "W"]
    picked = [_within(word, period) for word in words]
    if not all(picked):
        return None
    links = [Node("O")] * (len(picked) - 1)
    alternating = [node for pair in zip(picked, [*links, None], strict=True) for node in pair]
    return [node for node in alternating if node is not None]


def _picks_after(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "semana que vem" + "segunda" + "ou" + "terça"."""
    period = nodes[0]
    if any(span.grain is Grain.DAY and (span.until - span.first).days == 1 for span in period.days[0]):
        return None
    return _picks([*(node for node in nodes[1:] if node.code == "W"), period], context)


def _within(word: Node, period: Node) -> Node | None:
    days = chosen(word.pick, period.days) if word.pick else ()
    return Node("D", days=days, times=period.times, recurring=word.recurring) if days else None


def _range_within(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "quinta" + "a" + "sexta" + "da" + "semana que vem"."""
    first, last = (_within(word, nodes[-1]) for word in nodes[:-1] if word.code == "W")
    return _range([first, last], context) if first and last else None


def _range(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """From the first day to the last, both in it."""
    first, last = _named(nodes)
    spans = [_from_to(reading[0], last) for reading in first.days]
    known = tuple((span,) for span in spans if span)
    return [Node("D", days=known[:1] if last.code == "W" and len(known) > 1 else known)] if known else None


def _from_to(first: Span, last: Node) -> Span | None:
    end = last.days[0][-1]
    if last.following and end.first < first.first:
        end = last.following(first.first)
    if end.until <= first.first:
        first = _begun(first, end)
    if end.until <= first.first:
        return None
    grain = first.grain if first.grain is end.grain else Grain.DAY
    return Span(first.first, end.until, grain)


def _begun(first: Span, end: Span) -> Span:
    """On the 27th of December "de 20 de dezembro a 5 de janeiro" has begun, though a 20th of December is still to come."""
    earlier = Span(later_by_months(first.first, -12), later_by_months(first.last, -12) + DAY, first.grain)
    return earlier if end.until - earlier.first <= HALF_A_YEAR else first


def _hours_range(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    first, last = (node.times for node in nodes if node.code == "H")
    pairs = [
        Hours(one[0].start, other[0].start, Grain.PART)
        for one in first
        for other in last
        if one[0].start < other[0].start <= MIDNIGHT
    ]
    agreeing = [pair for pair in pairs if pair.end - pair.start <= MIDNIGHT // 2] or pairs
    return [Node("H", times=tuple((pair,) for pair in agreeing[:2]))] if agreeing else None


def _either_hour(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """ "15h" + "ou" + "16h"; but "à tarde, umas 3" is one hour told twice."""
    first, link, last = nodes
    parts = [node.times[0][0].grain is Grain.PART for node in (first, last)]
    return None if link.code == "C" and any(parts) else [any_hour([first, last])]


def _next_one(nodes: Sequence[Node], _context: Context) -> list[Node]:
    """ "essa semana" + "ou" + "na próxima"."""
    named = nodes[0]
    days = tuple(tuple(_after(span) for span in reading) for reading in named.days)
    return [named, nodes[1], replace(named, days=days, pick=None)]


def _after(span: Span) -> Span:
    if span.grain is Grain.MONTH:
        return month_of(span.first, 1)
    if span.grain is Grain.YEAR:
        return year_of(span.first.year + 1)
    return span.shifted(7)


def _following(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """ "segunda" + "depois do" + "feriado"; "segunda" + "antes do" + "Natal"."""
    word, _, named = nodes
    if nodes[1].code == "Z":
        pick = word.pick
        days = chosen(lambda span: pick(Span(span.first - WEEK, span.first)) if pick else (), named.days)
        return [Node("D", days=days)] if days else None
    if word.following is None:
        return None
    follow = word.following
    return [Node("D", days=tuple((follow(reading[-1].until),) for reading in named.days))]


def _bounded(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """After, before, until, from: a day or an hour becomes one end of a stretch."""
    how, node = nodes[0].code, nodes[-1]
    if node.code == "H":
        return [Node("H", times=_bounded_hours(how, node.times))]
    days = tuple((span,) for reading in node.days if (span := _bounded_days(how, reading, context)))
    return [replace(node, code="D", days=days, pick=None, following=None)] if days else None


def _both_bounds(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """ "depois das 13 e antes das 15": the hours between."""
    first, last = nodes[0].times[0][0], nodes[-1].times[0][0]
    if first.end != MIDNIGHT or last.start or not 0 < first.start < last.end:
        return None
    return [replace(nodes[0], times=((replace(first, end=last.end),),))]


def _bounded_hours(how: str, times: Times) -> Times:
    def one(hours: Hours) -> Hours:
        part = hours.grain is Grain.PART
        if how in "AS":
            return Hours(min(hours.end if part and how == "A" else hours.start, MIDNIGHT - 1), MIDNIGHT, Grain.PART)
        return Hours(0, max(min(hours.end if part and how == "U" else hours.start, MIDNIGHT), 1), Grain.PART)

    return tuple(tuple(map(one, reading)) for reading in times)


def _bounded_days(how: str, reading: tuple[Span, ...], context: Context) -> Span | None:
    if how in "AS":
        return open_from(reading[-1].until if how == "A" else reading[0].first)
    until = reading[-1].until if how == "U" else reading[0].first
    if until > context.today:
        return Span(context.today, until, from_now=True)
    return None


def _all_recurring(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "toda segunda e quarta": both again and again."""
    if not nodes[0].recurring:
        return None
    ahead = ((Span(context.today, context.today + HORIZON),),)
    return [
        replace(node, days=tuple(days[:MANY] for days in chosen(node.pick, ahead)), recurring=True)
        if node.pick
        else node
        for node in nodes
    ]


def _excluded(nodes: Sequence[Node], _context: Context) -> list[Node]:
    """Everything named under a "but not" is never meant."""
    return [replace(node, code="X", excludes=True) for node in nodes if node.code in (*DAYS_CODES, "H", "h")]


def _agreed(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """ "quinta" + "dia 19": one day where they agree, a question where they do not."""
    first, second = _named(nodes)
    if not (_single(first) and _single(second)):
        return None
    if second.pick and second.following and not first.following and chosen(second.pick, first.days):
        return [replace(first, times=first.times or second.times)]
    if second.days[0] in first.days:
        return [replace(second, code="D", times=second.times or first.times)]
    if first.following is None or second.following is not None or second.code == "R":
        return [replace(first, code="D")] if first.days[0] in second.days else None
    if first.code == "W" and first.pick and chosen(first.pick, second.days):
        return [replace(second, code="D")]
    return [Node("D", days=(second.days[0], first.days[0]))]


def _single(node: Node) -> bool:
    return all(len(reading) == 1 and reading[0].until - reading[0].first == DAY for reading in node.days)


def _step(pattern: str, join: Join) -> tuple[re.Pattern[str], Join]:
    return re.compile(pattern.replace("X", f"[{DAYS_CODES}]")), join


STEPS: Final = (
    _step(r"(?<=X)h|(?<=[FONCU])h|^h$|h(?=[FC]?X)|^h(?=\+?$)", _part),
    _step(r"(?<![DWRH])T|T(?!F*[DWRHP])", _drop),
    _step(r"W(?:[OC]+W)+", _all_recurring),
    _step(r"[WP]A(?:X)", _following),
    _step(r"[W]Z(?:X)", _following),
    _step(r"P[FC]?X", _pick),
    _step(r"P[AZ]X", _following),
    _step(r"W[TU]F*WFD", _range_within),
    _step(r"(?:W[OC])*WFD", _picks),
    _step(r"[BS]?F*X[TU]+F*X|BF*XOF*X", _range),
    _step(r"[BS]?F*H[TU]+F*H|BF*HO[BF]*H", _hours_range),
    _step(r"(?<!X)H[OC]H|H[OC]H(?!F?X)", _either_hour),
    _step(r"XOE", _next_one),
    _step(r"[SAZU]F*(?:X|H)", _bounded),
    _step(r"HO?H", _both_bounds),
    _step(r"(?<=N)h", _part),
    _step(r"NF?(?:(?:X|H)(?:[OC](?=(?:X|H)(?:[OC]|$)))?O?(?=X|H))*(?:X|H)", _excluded),
    _step(r"(?:XH?|H)N(?=[CGO+]|$)", _excluded),
    _step(r"WC?(?:[DW])|X[CF]?X", _agreed),
    _step(r"D[CGF]{0,3}(?:W[OC])*W", _picks_after),
    _step(r"(?:W[OC])*WD", _picks),
)
"""In this order: what stands closer together is joined first."""
