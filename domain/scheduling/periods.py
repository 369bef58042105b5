"""Weeks, months, half-months, quarters, seasons and years, near this moment or by their name."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from domain.scheduling.counting import (
    DAY,
    WEEK,
    Span,
    fortnight_of,
    month_of,
    months,
    week_of,
    weekend_of,
    year_of,
)  # fmt: skip
from domain.scheduling.grammar import Context, Days, Node, Rule, during, picking, rule
from domain.scheduling.weekdays import MANY, working
from domain.scheduling.wish import Grain

UNIT: Final = r"(?P<unit>fi(?:m|nal) de semana|semana|mes|ano|quinzena|trimestre|semestre|bimestre)"
NEXT: Final = r"que vem|proxim[ao]|seguinte|que entra|vindour[ao]"
LAST: Final = r"passad[ao]|anterior|que passou"
SEASONS: Final = {
    "verao": (12, 21, 3, 20),
    "outono": (3, 20, 6, 21),
    "inverno": (6, 21, 9, 22),
    "primavera": (9, 22, 12, 21),
}
"""South of the equator; the first day, and the first of the next."""

MONTHS_IN: Final = {"bimestre": 2, "trimestre": 3, "semestre": 6}
COUNTS: Final = {"primeir": 1, "1": 1, "segund": 2, "2": 2, "terceir": 3, "3": 3, "quart": 4, "4": 4, "ultim": -1}


def near(found: re.Match[str], context: Context) -> Node:
    """ "semana que vem", "este mês", "ano passado", "próximo fim de semana"."""
    words = f"{found['before'] or ''} {found['after'] or ''}"
    unit = found["unit"]
    if "outr" in words:
        return Node("D", days=(_unit(unit, 1, context.today), _unit(unit, 2, context.today)))
    ahead = _ahead(words)
    if unit.endswith("de semana") and ahead == 1:
        return Node("D", days=_next_weekend(context.today))
    return Node("D", days=(_unit(unit, ahead, context.today),))


def current(found: re.Match[str], context: Context) -> Node:
    """ "primeira sexta do mês": this month's, or the next one's where it is over."""
    unit = found["unit"]
    return Node("D", days=(_unit(unit, 0, context.today),), following=lambda day: _span(unit, 0, day))


def _ahead(words: str) -> int:
    if re.search(r"retrasad", words):
        return -2
    if re.search(LAST, words) or "ultim" in words:
        return -1
    return 1 if re.search(NEXT, words) else 0


def _unit(unit: str, ahead: int, today: date) -> tuple[Span, ...]:
    return (_span(unit, ahead, today),)


def _span(unit: str, ahead: int, today: date) -> Span:
    if unit == "semana":
        return week_of(today + ahead * WEEK)
    if unit.endswith("de semana"):
        return weekend_of(today + ahead * WEEK)
    if unit == "mes":
        return month_of(today, ahead)
    if unit == "ano":
        return year_of(today.year + ahead)
    return _part_of_a_year(unit, ahead, today)


def _part_of_a_year(unit: str, ahead: int, today: date) -> Span:
    if unit == "quinzena":
        span = fortnight_of(today)
        for _ in range(abs(ahead)):
            span = fortnight_of(span.until if ahead > 0 else span.first - DAY)
        return span
    size = MONTHS_IN[unit]
    count = (today.year * 12 + today.month - 1) // size + ahead
    return months(count * size // 12, count * size % 12 + 1, size)


def _next_weekend(today: date) -> Days:
    """Before it has begun, "o próximo" is this one to some and the one after to others."""
    this = weekend_of(today)
    later = this.shifted(7)
    return ((later,),) if today >= this.first else ((this,), (later,))


def a_weekend(_found: re.Match[str], context: Context) -> Node:
    span = weekend_of(context.today)
    return Node("W", days=((span,),), pick=_weekends_within, following=weekend_of)


def every_weekend(_found: re.Match[str], context: Context) -> Node:
    days = (weekend_of(context.today + count * WEEK) for count in range(MANY))
    return Node("W", days=(tuple(days),), pick=_weekends_within, recurring=True)


def _weekends_within(span: Span) -> tuple[Span, ...]:
    days = [day for day in span.days() if day.weekday() == 5]
    return tuple(weekend_of(day) for day in days)


def season(found: re.Match[str], context: Context) -> Node:
    """This one while it lasts, else the next; or that of a year."""
    year = context.today.year
    if found["year"]:
        return during(_season(found["name"], int(found["year"])))
    spans = [_season(found["name"], one) for one in (year - 2, year - 1, year, year + 1)]
    if found["past"]:
        return during(next(span for span in reversed(spans) if span.until <= context.today))
    return during(next(span for span in spans if span.until > context.today))


def _season(name: str, year: int) -> Span:
    month, day, next_month, next_day = SEASONS[name]
    return Span(date(year, month, day), date(year + (next_month < month), next_month, next_day), Grain.SEASON)


def whole_year(found: re.Match[str], _context: Context) -> Node:
    return during(year_of(int(found["year"])))


def nth_part_of_a_year(found: re.Match[str], context: Context) -> Node:
    """ "primeiro semestre de 2027", "segundo trimestre"."""
    size = MONTHS_IN[found["unit"]]
    count = _count(found["count"])
    parts = 12 // size
    number = parts if count < 0 else min(count, parts)
    year = int(found["year"]) if found["year"] else context.today.year + (found["next"] is not None)
    span = months(year, (number - 1) * size + 1, size)
    if not found["year"] and not found["next"] and span.until <= context.today:
        span = months(year + 1, (number - 1) * size + 1, size)
    return during(span)


def _count(word: str) -> int:
    return next(count for stem, count in COUNTS.items() if word.startswith(stem))


def next_business_day(_found: re.Match[str], context: Context) -> Node:
    tomorrow = context.today + DAY
    return during(working(Span(tomorrow, tomorrow + 3 * WEEK), context)[0])


def week_around(_found: re.Match[str], _context: Context) -> Node:
    """ "semana do Natal", "semana do dia 10"; "semana depois do Carnaval"."""
    return picking(lambda span: (week_of(span.first),), lambda day: week_of(week_of(day - DAY).until))


PERIOD_RULES: Final[tuple[Rule, ...]] = (
    rule(rf"(?P<before>d?n?ess[ea]|d?n?est[ea]|d?n?aquel[ea]|proxim[ao]|(?:n?[ao] )?outr[ao]"
         rf"|ultim[ao]|passad[ao]|anterior) {UNIT}(?P<after>(?!))?", near),
    rule(rf"(?P<before>n?ess[ea]|n?est[ea]) {UNIT} (?P<after>{NEXT})", near),
    rule(rf"(?P<before>(?!))?{UNIT} (?P<after>{NEXT}|{LAST}|atual|corrente|retrasad[ao])", near),
    rule(r"sem ser (?:n?ess[ae]|n?est[ae]) (?P<unit>semana|mes"
         r"|fim de semana),? (?:mas )?(?:n?[ao] )?(?P<before>proxim[ao]|outr[ao])"
         r"(?P<after>(?!))?", lambda found, context: Node("D", days=(_unit(found["unit"], 1, context.today),))),
    rule(r"(?:(?<=do )|(?<=da ))(?P<unit>mes|ano|semana)", current),
    rule(r"(?:(?<=desse )|(?<=deste )|(?<=dessa )|(?<=desta ))(?P<before>(?!))?(?P<unit>mes|ano|semana)(?P<after>(?!))?",
         near),
    rule(r"(?:n?o )?fi(?:m|nal) de semana", a_weekend),
    rule(r"(?:tod[ao]s? )?(?:[an]?os )?(?:fins|final) de semana|todo fi(?:m|nal) de semana", every_weekend),
    rule(r"(?P<name>verao|outono|inverno|primavera)(?: que vem)?(?P<past> passad[ao])?(?:(?: d[eo])? (?P<year>(?:19|20"
         r"|21)\d\d))?", season),
    rule(r"(?:(?:n?o )?ano de |em |de )?(?<![a-z])(?P<year>(?:19|20|21)\d\d)(?! ?(?:h|reais|:|/))", whole_year),
    rule(r"(?P<count>primeir[oa]|1o|segund[oa]|2o|terceir[oa]|3o|quart[oa]|4o|ultimo) (?P<unit>bimestre|trimestre|semestre)"
         r"(?:(?: d[eo])? (?:ano de )?(?:(?P<year>(?:19|20|21)\d\d)|(?P<next>ano que vem|proximo ano)))?", nth_part_of_a_year),
    rule(r"(?:n?o )?(?:proximo|primeiro) dia util(?! d[eo])", next_business_day),
    rule(r"(?:na |a )?semana(?= (?:d[aeo]s?|depois|em que) )", week_around),
)  # fmt: skip
