"""A part of a period: its first Monday, its third working day, its end, its second half, the day before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from domain.scheduling.counting import (
    DAY,
    WEEK,
    Span,
    month_of,
    months,
    moved,
    one_day,
    week_of,
    weekend_of,
    within_reach,
)
from domain.scheduling.grammar import Context, Node, Pick, Rule, picking, rule
from domain.scheduling.periods import MONTHS_IN
from domain.scheduling.vocabulary import ORDINALS, WEEKDAYS
from domain.scheduling.weekdays import MANY, NAMES, weekdays_within, working
from domain.scheduling.wish import Grain

COUNT: Final = rf"(?P<count>{'|'.join(ORDINALS)}|ultim[ao]|penultim[ao]|\d{{1,2}}[ao])"
OF_WHAT: Final = r"(?= (?:de|do|da|em|deste|desta|desse|dessa|d?n?est[ea]|no|na|que vem) )"
EDGE: Final = (
    r"(?P<edge>comec(?:o|inho)|inicio|principio|meio|meados?|metade|fim|final|fin[zs]inho|ultimos dias|primeiros dias)"
)
START, MIDDLE, END = range(3)
SIZES: Final = {"mes": 1} | MONTHS_IN


def nth(found: re.Match[str], context: Context) -> Node:
    """ "primeira segunda de dezembro", "quinto dia útil", "última semana do ano"."""
    count = _count(found["count"])
    return picking(lambda span: _chosen(_each(found["what"], context)(span), count))


def nth_of_every_month(found: re.Match[str], context: Context) -> Node | None:
    """ "toda última sexta do mês", "primeiro sábado de cada mês"."""
    each, count = _each(found["what"] or found["what_of_all"], context), _count(found["count"] or found["of_all"])
    picked = (span for ahead in range(MANY) for span in _chosen(each(month_of(context.today, ahead)), count))
    days = tuple(span for span in picked if span.until > context.today)
    return Node("D", days=(days,), recurring=True) if days else None


def _count(word: str) -> int:
    if word.startswith(("ultim", "penultim")):
        return -1 if word.startswith("u") else -2
    return ORDINALS[word] if word in ORDINALS else int(word[:-1])


def _chosen(spans: tuple[Span, ...], count: int) -> tuple[Span, ...]:
    at = count if count < 0 else count - 1
    return (spans[at],) if -len(spans) <= at < len(spans) and count else ()


def _each(what: str, context: Context) -> Pick:
    name = what.split()[0].split("-")[0]
    if name in WEEKDAYS:
        return partial(weekdays_within, WEEKDAYS.index(name))
    if what in SIZES:
        return partial(_months, SIZES[what])
    return {
        "dia util": lambda span: working(span, context),
        "dia": lambda span: tuple(map(one_day, span.days())),
        "semana": _weeks,
        "quinzena": halves,
    }.get(what, _weekends)


def _weeks(span: Span) -> tuple[Span, ...]:
    """Those that lie for the greater part inside."""
    thursdays = weekdays_within(3, span)
    return tuple(week_of(thursday.first) for thursday in thursdays)


def _months(size: int, span: Span) -> tuple[Span, ...]:
    """Of a year; of nothing shorter, where "último mês" is another's business."""
    year = span.first.year
    return tuple(months(year, month, size) for month in range(1, 13, size)) if span.grain is Grain.YEAR else ()


def _weekends(span: Span) -> tuple[Span, ...]:
    return tuple(weekend_of(saturday.first) for saturday in weekdays_within(5, span))


def halves(span: Span) -> tuple[Span, ...]:
    """Of a month: to the 15th, and from the 16th."""
    middle = span.first + 15 * DAY
    if span.grain is not Grain.MONTH:
        return ()
    return (Span(span.first, middle, Grain.WEEK), Span(middle, span.until, Grain.WEEK))


def edge(found: re.Match[str], _context: Context) -> Node:
    """ "começo de março", "meados de maio", "fim da semana que vem", "final do ano"."""
    word = found["edge"]
    where = MIDDLE if word.startswith("me") else END if word.startswith(("fi", "ult")) else START
    return picking(lambda span: _edge_of(span, where))


def _edge_of(span: Span, where: int) -> tuple[Span, ...]:
    cut = EDGES.get(span.grain)
    return (cut(span, where),) if cut else (span,)


def _of_week(span: Span, where: int) -> Span:
    first, until = ((0, 2), (1, 4), (3, 5))[where]
    return Span(span.first + first * DAY, span.first + until * DAY)


def _of_month(span: Span, where: int) -> Span:
    first, second = span.first + 10 * DAY, span.first + 20 * DAY
    return ((Span(span.first, first)), Span(first, second), Span(second, span.until))[where]


def _of_year(span: Span, where: int) -> Span:
    year = span.first.year
    return (months(year, 1), months(year, 6, 2), months(year, 12))[where]


EDGES: Final[dict[Grain, Callable[[Span, int], Span]]] = {
    Grain.WEEK: _of_week,
    Grain.MONTH: _of_month,
    Grain.YEAR: _of_year,
}


def eve(found: re.Match[str], _context: Context) -> Node:
    days = 2 if found[0].startswith(("ante", "ha 2")) else 1
    return picking(lambda span: (one_day(span.first - days * DAY),))


def day_after(_found: re.Match[str], _context: Context) -> Node:
    return picking(lambda span: (one_day(span.until),))


def counted(found: re.Match[str], _context: Context) -> Node:
    """ "3 dias antes do Natal", "duas semanas depois do feriado", "1 semana e 2 dias depois de sexta"."""
    count, more, way = int(found["count"]), int(found["more"] or 0), -1 if found["way"] == "antes" else 1

    def pick(span: Span) -> tuple[Span, ...]:
        start = span.first if way < 0 else span.last
        if not within_reach(count + more, 366, start):
            return ()
        return (one_day(moved(moved(start, way * count, found["unit"]), way * more, found["more_unit"] or "dias")),)

    return picking(pick)


def working_after(_found: re.Match[str], context: Context) -> Node:
    """ "dia útil depois do feriado"."""
    return picking(lambda span: working(span, context), lambda day: working(Span(day, day + 3 * WEEK), context)[0])


def few(found: re.Match[str], context: Context) -> Node:
    """ "nas duas primeiras semanas de janeiro", "últimos 3 dias do mês": one stretch."""
    count = int(found["count"])
    each = _each(found["unit"].removesuffix("s").removesuffix("e"), context)

    def pick(span: Span) -> tuple[Span, ...]:
        parts = each(span)
        chosen = parts[:count] if found["way"].startswith("prim") else parts[-count:]
        return (Span(chosen[0].first, chosen[-1].until),) if chosen and count else ()

    return picking(pick)


def days_of_a_month(found: re.Match[str], _context: Context) -> Node:
    """ "de 4 a 22" of what month follows."""
    first, last = int(found["first"]), int(found["last"])

    def pick(span: Span) -> tuple[Span, ...]:
        start, end = ((span.first + (number - 1) * DAY) for number in (first, last))
        return (Span(start, end + DAY),) if span.first <= start <= end < span.until else ()

    return picking(pick)


def week_by_number(found: re.Match[str], _context: Context) -> Node:
    """ "semana 3 de 2027": the first one holds the 4th of January."""
    week = int(found["count"])
    return picking(lambda span: (week_of(span.first + 3 * DAY + (week - 1) * WEEK),) if 0 < week <= 53 else ())


A_DAY: Final = rf"dia util|fi(?:m|nal) de semana|(?:{NAMES})(?:[ -]feira)?"
FEW: Final = r"(?P<unit>dias|semanas|meses)(?= (?:de|do|da|deste|desta|desse|dessa) )"
OF_A_YEAR: Final = r"(?=(?: d[eo]| deste| desse)? (?:ano|proximo ano|(?:19|20|21)\d\d))"
OF_A_MONTH: Final = r"(?= (?:d[eo] |d?est[ea] |d?ess[ea] )(?:proximo )?mes)"

WITHIN_RULES: Final[tuple[Rule, ...]] = (
    rule(rf"{COUNT} (?P<what>dia util|dia|semana|quinzena|fi(?:m|nal) de semana|(?:{NAMES})(?:[ -]feira)?){OF_WHAT}", nth),
    rule(rf"(?:tod[ao] )?{COUNT} (?P<what>{A_DAY})(?: (?:de|em) (?:cada|todo) mes| de todos os meses)"
         rf"|tod[ao] {COUNT.replace('count', 'of_all')} (?P<what_of_all>{A_DAY}) do mes", nth_of_every_month),
    rule(rf"{COUNT} (?P<what>mes|bimestre|trimestre|semestre){OF_A_YEAR}", nth),
    rule(rf"(?:n?[ao]s )?(?P<way>primeir|ultim)[ao]s (?P<count>\d{{1,2}}) {FEW}", few),
    rule(rf"(?:n?[ao]s )?(?P<count>\d{{1,2}}) (?P<way>primeir|ultim)[ao]s {FEW}", few),
    rule(rf"(?:de |desde (?:o )?|entre (?:os? )?|d?os )?(?:dias? )?(?P<first>\d{{1,2}})"
         rf"(?: ?- ?| ao? | ate (?:o )?| e (?:o )?)(?:dia )?(?P<last>\d{{1,2}}){OF_A_MONTH}", days_of_a_month),
    rule(r"semana (?P<count>\d{1,2})(?= d[eo] (?:ano|proximo ano|(?:19|20|21)\d\d))", week_by_number),
    rule(rf"{EDGE}(?= d[aeo]s? | d?n?est[ea] | d?n?ess[ea] )", edge),
    rule(r"(?:na |a )?(?:ante)?vespera(?= d[aeo] )|(?:n?o )?dia anterior ao?|(?:n?[oa] )?(?:dia|noite) antes(?= d[aeo] )", eve),
    rule(r"(?:n?o )?dia (?:seguinte a[o]?|depois(?= d[aeo] ))", day_after),
    rule(r"(?P<count>\d{1,3}) (?P<unit>dias?|semanas?|mes(?:es)?|anos?)"
         r"(?: e (?P<more>\d{1,3}) (?P<more_unit>dias?|semanas?|mes(?:es)?))? (?P<way>antes|depois|a partir|a contar)"
         r"(?= d(?:[aeo]s?|est[ea]|ess[ea]) )", counted),
    rule(r"(?:n?o )?(?:primeiro )?dia util(?= depois)", working_after),
)  # fmt: skip
