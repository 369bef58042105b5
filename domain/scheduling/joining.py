"""Nodes joined into fewer that mean more: "última sexta" + "de" + "março", "de" + "segunda" + "a" + "sexta"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from domain.scheduling.bounding import both_bounds, bounded, bounded_after, until_that_hour
from domain.scheduling.clock import any_hour
from domain.scheduling.counting import DAY, WEEK, Span, later_by_months, month_of, year_of
from domain.scheduling.grammar import MIDNIGHT, Context, Hours, Node
from domain.scheduling.narrowing import (
    a_date,
    agreed,
    chosen,
    dotted,
    from_now_on,
    hours_beside_a_day,
    lasting_instead,
    narrowed,
    now_itself,
    now_or_filler,
    stretch_within,
)
from domain.scheduling.stepping import Step, drop, named, step, stepped
from domain.scheduling.unwished import (
    INSTEAD,
    PAST_STEPS,
    never,
    refused_first,
    refused_hour,
    refused_only,
    refusing,
    wished,
)
from domain.scheduling.weekdays import MANY
from domain.scheduling.wish import HORIZON, Grain

HALF_A_YEAR: Final = 26 * WEEK
A_YEAR: Final = 366 * DAY


def joined(nodes: list[Node], context: Context) -> list[Node]:
    return wished(stepped(nodes, STEPS, context), context)


def _part(nodes: Sequence[Node], _context: Context) -> list[Node]:
    return [replace(node, code="H") if node.code == "h" else node for node in nodes]


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
    period = replace(nodes[0], times=next((node.times for node in nodes if node.code == "H"), nodes[0].times))
    if any(span.grain is Grain.DAY and (span.until - span.first).days == 1 for span in period.days[0]):
        return None
    return _picks([*(node for node in nodes[1:] if node.code == "W"), period], context)


def _within(word: Node, period: Node) -> Node | None:
    days = chosen(word.pick, period.days) if word.pick else ()
    if not word.recurring and any(span.open_end for reading in period.days for span in reading):
        days = tuple(reading[:1] for reading in days)
    return Node("D", days=days, times=period.times, recurring=word.recurring) if days else None


def _range_within(nodes: Sequence[Node], context: Context) -> list[Node] | None:
    """ "quinta" + "a" + "sexta" + "da" + "semana que vem"."""
    first, last = (_within(word, nodes[-1]) for word in nodes[:-1] if word.code == "W")
    return _range([first, last], context) if first and last else None


def _range(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """From the first day to the last, both in it."""
    first, last = named(nodes)
    spans = [_from_to(reading[0], last) for reading in first.days]
    known = tuple((span,) for span in spans if span)
    pick = partial(_stretch_within, first, last) if first.pick and last.following else None
    return [Node("D", days=known[:1] if last.code == "W" and len(known) > 1 else known, pick=pick)] if known else None


def _from_to(first: Span, last: Node) -> Span | None:
    end = last.days[0][-1]
    if last.following and end.first < first.first:
        end = last.following(first.first)
    if end.until <= first.first:
        first = _begun(first, end)
    if end.until <= first.first:
        return None
    if end.until - first.first > A_YEAR:
        first = _of_the_year_told_last(first, end)
    grain = first.grain if first.grain is end.grain else Grain.DAY
    return Span(first.first, end.until, grain)


def _begun(first: Span, end: Span) -> Span:
    """On the 27th of December "de 20 de dezembro a 5 de janeiro" has begun, though a 20th of December is still to come."""
    earlier = Span(later_by_months(first.first, -12), later_by_months(first.last, -12) + DAY, first.grain)
    return earlier if end.until - earlier.first <= HALF_A_YEAR else first


def _of_the_year_told_last(first: Span, end: Span) -> Span:
    """ "10 de janeiro a 12 de fevereiro de 2028": both are of that year."""
    later = 12 * ((end.until - first.first).days // A_YEAR.days)
    return Span(later_by_months(first.first, later), later_by_months(first.last, later) + DAY, first.grain)


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


def _not_this_one(nodes: Sequence[Node], _context: Context) -> list[Node]:
    """ "essa segunda" + "não" + "na outra"."""
    after = tuple(_after(span) for span in nodes[0].days[-1])
    return [replace(nodes[0], code="D", days=(after,), pick=None)]


def _after(span: Span) -> Span:
    if span.grain is Grain.MONTH:
        return month_of(span.first, 1)
    if span.grain is Grain.YEAR:
        return year_of(span.first.year + 1)
    return span.shifted(7)


def _following(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """ "segunda" + "depois do" + "feriado"; "segunda" + "antes do" + "Natal"."""
    word, named = nodes[0], nodes[-1]
    if nodes[-2].code == "Z":
        pick = word.pick
        days = chosen(lambda span: pick(Span(span.first - WEEK, span.first)) if pick else (), named.days)
        return [Node("D", days=days)] if days else None
    if word.following is None:
        return None
    follow = word.following
    return [Node("D", days=tuple((follow(reading[-1].until),) for reading in named.days))]


def _of_another_week(nodes: Sequence[Node], _context: Context) -> list[Node] | None:
    """ "sexta" + "da outra semana" + "não" + "dessa semana"."""
    word, refused, other = nodes[0], nodes[2], nodes[-1]
    never_then, then = _within(word, refused), _within(word, other)
    return [replace(never_then, code="X", excludes=True), then] if never_then and then else None


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


def _stretch_within(first: Node, last: Node, span: Span) -> tuple[Span, ...]:
    """ "De segunda a sexta" of a week that is told beside it."""
    begins = first.pick(span) if first.pick else ()
    if not begins or not last.following:
        return ()
    end = last.following(begins[0].first)
    return (Span(begins[0].first, end.until),) if end.until <= span.until else ()


ELSE: Final = "(?=[CGO+MVtkbYwlvaup]|$)"

STEPS: Final[tuple[Step, ...]] = (
    step(r"(?<=G)H(?=XH|[CG](?!O).*H)|H.*GH(?=[CG]?$)", lasting_instead),
    step(r"(?:XH?)n|nF?X", now_or_filler),
    step(r"(?<=[SAZUBTFO])n|n(?=[TUO])", now_itself),
    step(r"XF?d|dC?X", dotted),
    step(r"XC?e|eC?X", hours_beside_a_day),
    step(r"[de]", a_date),
    step(r"(?<=X)h|(?<=[FONCU])h|^h$|h(?=[FC]?X)|^h(?=\+?$)", _part),
    step(r"(?<![DWRH])T|T(?!F*[DWRHP])", drop),
    step(r"W(?:[OC]+W)+", _all_recurring),
    step(r"[WP]A(?:X)", _following),
    step(r"[W]Z(?:X)", _following),
    step(r"WC[AZ]X(?!N)", _following),
    step(r"P[FC]*X", _pick),
    step(r"P[AZ]X", _following),
    *PAST_STEPS,
    step(r"WFDNC?D", _of_another_week),
    step(r"W[TU]F*WFD", _range_within),
    step(r"(?:W[OC])*WFD", _picks),
    step(r"W[DW](?=[TU])|(?<=[TU])W[DW]|(?<=[TU]F)W[DW]", agreed),
    step(r"[BS]?F*X[TU]+F*X|BF*XOF*X", _range),
    step(r"[BS]?F*H[TU]+F*H|BF*HO[BF]*H", _hours_range),
    INSTEAD,
    step(r"HxX(?=[CG][^DWR]*H[^DWR]*$)", refused_first),
    step(r"HxX(?!H)", refused_only),
    step(r"x", refusing),
    step(r"(?<!X)H[OC]H|H[OC]H(?!F?X)", _either_hour),
    step(r"X[NY][CGO]{0,3}E", _not_this_one),
    step(r"XOE", _next_one),
    step(r"[SF]*[DWRH]I", bounded_after),
    step(r"[ZU]F*XH(?!F?X)", until_that_hour),
    step(r"[SAZU]F*(?:X|H)", bounded),
    step(r"nC?H|Hn", from_now_on),
    step(r"n", now_itself),
    step(r"HO?H", both_bounds),
    step(r"(?<=N)h", _part),
    step(r"XHN(?=[CG][^DWR]*H[^DWR]*$)", refused_hour),
    step(r"NF?(?:(?:X|H)(?:[OC](?=(?:X|H)(?:[OC]|$)))?O?(?=X|H))*(?:X|H)", never),
    step(rf"(?:XH?|H)N{ELSE}", never),
    step(r"WC?(?:[DW])|X[CF]?X", agreed),
    step(r"D[CGF]{0,3}(?:W[OC])*W|DH[CF]{1,2}(?:W[OC])*W", _picks_after),
    step(r"D[CGF]{1,3}D", stretch_within),
    step(r"(?:W[OC])*WD", _picks),
    step(r"(?<![DWR]C)X[CF]?X|XHC?X", narrowed),
)
"""In this order: what stands closer together is joined first."""
