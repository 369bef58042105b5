"""Counting from now: "daqui a 3 dias", "há duas semanas", "nos próximos 3 dias", "a cada 15 dias"."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

from domain.scheduling.counting import (
    DAY,
    UNIT_DAYS,
    WEEK,
    Span,
    later_by_months,
    month_of,
    moved,
    on_or_after,
    one_day,
    week_of,
    within_reach,
    year_of,
)  # fmt: skip
from domain.scheduling.grammar import Context, Hours, Node, Rule, during, on, rule
from domain.scheduling.vocabulary import WEEKDAYS
from domain.scheduling.weekdays import MANY, NAMES, working
from domain.scheduling.wish import HORIZON, Grain

UNIT: Final = r"(?P<unit>min|h|dias? uteis|dia util|dias?|semanas?|quinzenas?|mes(?:es)?|anos?)"
SOME: Final = r"(?:uns |umas |mais ou menos |cerca de )?"
COUNT: Final = rf"{SOME}(?P<count>\d{{1,3}}|meia|meio|alguns|algumas) ?"
HALF: Final = r"(?P<half> e (?:meia?|30(?: min)?))?"

MORE: Final = (
    r"(?: e (?:mais )?(?P<more>\d{1,3}) ?(?P<more_unit>min|dias?|semanas?|mes(?:es)?)"
    r"|(?<=h) ?(?:e )?(?P<over>[0-5]\d)(?! ?h)(?: ?min|m)?)?"
)
""" "Daqui a 2 semanas e 3 dias", "em uma hora e 20 minutos", "daqui a 1h20"."""

SOME_FEW: Final = 3
"""What "os próximos dias" are."""

FEW_UNITS: Final = r"(?P<unit>dias?|semanas?|mes(?:es)?|anos?)"
COMING: Final = r"que vem|que vierem|seguintes|a seguir|proxim[ao]s"
GONE: Final = r"ultim[ao]s?|passad[ao]s|anteriores|previ[ao]s"

OF_A_THING: Final = "".join(
    rf"(?<!{word} )"
    for word in (
        "partir",
        "depois",
        "antes",
        "volta",
        "perto",
        "cerca",
        "mais",
        "menos",
        "h",
        "horario",
        "torno",
        "diante",
    )
)
""" "Limpeza de 1h", but not "a partir de 1h"."""

COUNTED_WITH_TODAY: Final = {8: 7, 15: 14}


def ahead(found: re.Match[str], context: Context) -> Node | None:
    return _moved(found, context, 1)


def ago(found: re.Match[str], context: Context) -> Node | None:
    return _moved(found, context, -1)


def from_today(found: re.Match[str], context: Context) -> Node:
    """ "De hoje a oito" counts both ends: it is this weekday of the next week, and "a quinze" of the one after."""
    count = int(found["count"])
    return on(context.today + timedelta(days=COUNTED_WITH_TODAY.get(count, count)))


def _moved(found: re.Match[str], context: Context, way: int) -> Node | None:
    count, unit = found["count"], found["unit"]
    more, more_unit = _more(found)
    if unit in ("min", "h"):
        return _moment(context.now, way * (_minutes(found) + more)) if more_unit == "min" or not more else None
    if not count.isdigit() or not within_reach(int(count), UNIT_DAYS[unit[0]], context.today):
        return None
    if "ut" in unit:
        return _working_day(int(count), context) if way > 0 else None
    if more_unit == "min" or not within_reach(more, UNIT_DAYS[more_unit[0]], context.today):
        return None
    return on(moved(moved(context.today, way * int(count), unit), way * more, more_unit))


def _more(found: re.Match[str]) -> tuple[int, str]:
    """What is told beyond the whole units, and of which unit it is."""
    named = found.groupdict()
    over = named.get("over")
    return (int(over), "min") if over else (int(named.get("more") or 0), named.get("more_unit") or "dias")


def _minutes(found: re.Match[str]) -> int:
    count = found["count"]
    if found["unit"] == "min":
        return int(count) if count.isdigit() else 1
    whole = int(count) * 60 if count.isdigit() else 30
    return whole + (30 if found["half"] else 0)


def _moment(now: datetime, minutes: int) -> Node:
    """A few hours from now is an instant, to the minute."""
    at = now.replace(tzinfo=None) + timedelta(minutes=minutes)
    start = at.hour * 60 + at.minute
    return Node("D", days=((one_day(at.date()),),), times=((Hours(start, start + 1, Grain.MINUTE),),))


def _working_day(count: int, context: Context) -> Node:
    tomorrow = context.today + DAY
    return during(working(Span(tomorrow, tomorrow + (2 * count + 30) * DAY), context)[max(count, 1) - 1])


def within(found: re.Match[str], context: Context) -> Node | None:
    """ "dentro de 5 dias": from now until then."""
    node = ahead(found, context)
    if node is None or node.code == "!":
        return node
    if node.times:
        return _hours_on(context.now, _minutes(found) + _more(found)[0])
    return during(Span(context.today, node.days[0][0].until, from_now=True))


def next_few(found: re.Match[str], context: Context) -> Node | None:
    """ "próximos 3 dias", "próximas duas semanas": whole ones, after this one."""
    count = int(found["count"] or SOME_FEW)
    first, _ = _whole(found["unit"], 1, context.today)
    if count == 0 or not within_reach(count, UNIT_DAYS[found["unit"][0]], context.today):
        return None
    return during(Span(first.first, _whole(found["unit"], count, context.today)[0].until, first.grain))


def last_few(found: re.Match[str], context: Context) -> Node | None:
    count = int(found["count"] or SOME_FEW)
    if count == 0 or not within_reach(count, UNIT_DAYS[found["unit"][0]], context.today):
        return None
    first, grain = _whole(found["unit"], -count, context.today)
    return during(Span(first.first, _whole(found["unit"], -1, context.today)[0].until, grain))


def _whole(unit: str, ahead: int, today: date) -> tuple[Span, Grain]:
    if unit.startswith("semana"):
        span = week_of(today + ahead * WEEK)
    elif unit.startswith("mes"):
        span = month_of(today, ahead)
    elif unit.startswith("ano"):
        span = year_of(today.year + ahead)
    else:
        span = one_day(today + ahead * DAY)
    return span, span.grain


def hours_around(found: re.Match[str], context: Context) -> Node:
    """ "últimas 24 horas", "próximos 30 minutos", "na próxima hora": up to now, or from now."""
    minutes = int(found["count"] or 1) * (60 if found["unit"] == "h" else 1)
    return _hours_on(context.now - timedelta(minutes=minutes if found["past"] else 0), minutes)


def _hours_on(begin: datetime, minutes: int) -> Node:
    """So many minutes from then."""
    start = begin.replace(tzinfo=None)
    first = start.hour * 60 + start.minute
    hours = Hours(first, first + max(minutes, 1), Grain.PART)
    return Node("D", days=((one_day(start.date()),),), times=((hours,),))


def every_second(found: re.Match[str], context: Context) -> Node:
    """ "um sábado sim, outro não"."""
    first = on_or_after(context.today, WEEKDAYS.index(found["name"]))
    return Node("D", days=(tuple(one_day(first + 2 * count * WEEK) for count in range(MANY)),), recurring=True)


def every_few(found: re.Match[str], context: Context) -> Node | None:
    """ "a cada 15 dias", "de 15 em 15 dias", "dia sim, dia não": counted from today."""
    named = found.groupdict()
    count = int(named.get("count") or (2 if "sim" in found[0] else 1))
    unit = named.get("unit") or "dia"
    if not 0 < count * UNIT_DAYS[unit[0]] <= HORIZON.days:
        return None
    days = (moved(context.today, count * step, unit) for step in range(MANY))
    return Node("D", days=(tuple(map(one_day, days)),), recurring=True)


REGULAR: Final = (
    ("trimes", 0, 3), ("bimes", 0, 2), ("semes", 0, 6), ("mens", 0, 1), ("anu", 0, 12), ("seman", 7, 0), ("quinz", 15, 0),
    ("mes", 0, 1), ("ano", 0, 12), ("dia", 1, 0),
)  # fmt: skip
"""The root of the word, and its step in days or in months."""


def regularly(found: re.Match[str], context: Context) -> Node:
    days_on, months_on = next((days, months) for root, days, months in REGULAR if root in found[0])
    days = (
        later_by_months(context.today, count * months_on) if months_on else context.today + count * days_on * DAY
        for count in range(MANY)
    )
    return Node("D", days=(tuple(map(one_day, days)),), recurring=True)


def lasting(found: re.Match[str], _context: Context) -> Node:
    more, more_unit = _more(found)
    minutes = _minutes(found) + (more if more_unit == "min" else 0) if found["unit"] in ("min", "h") else 0
    days = 0 if minutes else int(found["count"]) * UNIT_DAYS[found["unit"][0]] if found["count"].isdigit() else 0
    return Node("L", length=timedelta(days=days, minutes=minutes))


OFFSET_RULES: Final[tuple[Rule, ...]] = (
    rule(rf"(?:daqui(?: a)?|em|para daqui(?: a)?) {COUNT}{UNIT}{HALF}{MORE}(?! em )", ahead),
    rule(r"de hoje a (?P<count>\d{1,2})(?: dias)?", from_today),
    rule(rf"dentro de {COUNT}{UNIT}{HALF}{MORE}", within),
    rule(rf"(?:ha|faz|fazem) {COUNT}{UNIT}{HALF}{MORE}(?: atras)?", ago),
    rule(rf"{COUNT}{UNIT}{HALF}{MORE} (?:atras|para tras)", ago),
    rule(rf"(?:n?[ao]s )?proxim[ao]s (?P<count>\d{{1,3}})? ?{FEW_UNITS}", next_few),
    rule(rf"(?:n?[ao]s? )?proxim[ao] (?P<count>\d{{1,3}}) {FEW_UNITS}", next_few),
    rule(rf"(?:n?[ao]s )?(?P<count>\d{{1,3}}) (?:proxim[ao]s|{COMING}) {FEW_UNITS}", next_few),
    rule(rf"(?:n?[ao]s )?(?P<count>\d{{1,3}}) {FEW_UNITS} (?:{COMING})", next_few),
    rule(rf"(?:n?[ao]s )?(?:{GONE}) (?P<count>\d{{1,3}}) ?{FEW_UNITS}", last_few),
    rule(r"(?:n?[ao]s )?(?:ultim[ao]s|passad[ao]s)(?P<count>(?!))? (?P<unit>dias|semanas|meses|anos)", last_few),
    rule(rf"(?:n?[ao]s )?(?P<count>\d{{1,3}}) (?:{GONE}) {FEW_UNITS}", last_few),
    rule(rf"(?:n?[ao]s )?(?P<count>\d{{1,3}}) {FEW_UNITS} (?:{GONE})", last_few),
    rule(rf"(?:n?[ao]s )?(?:(?P<past>{GONE})|proxim[ao]s) (?P<count>\d{{1,3}}) ?(?P<unit>h|min)", hours_around),
    rule(rf"(?:n?[ao]s )?(?P<count>\d{{1,3}}) (?:(?P<past>{GONE})|proxim[ao]s) (?P<unit>h|min)", hours_around),
    rule(rf"(?:n?[ao]s )?(?P<count>\d{{1,3}}) (?P<unit>h|min) (?:(?P<past>{GONE})|{COMING})", hours_around),
    rule(r"n?[ao] (?:(?P<past>ultim[ao])|proxim[ao])(?P<count>(?!))? (?P<unit>h|min)", hours_around),
    rule(rf"(?:1 )?(?P<name>{NAMES})s? sim,? (?:e )?(?:1 |outr[ao] )?nao", every_second),
    rule(r"(?:a )?cada (?:(?P<count>\d{1,3}) )?(?P<unit>dias?|semanas?|mes(?:es)?)", every_few),
    rule(r"de (?P<count>\d{1,3}) em \d{1,3} (?P<unit>dias?|semanas?|mes(?:es)?)", every_few),
    rule(r"(?:em )?dias? sim,?(?: e)?(?: outro| dia)? nao|dias alternados", every_few),
    rule(r"diariamente|todo (?:santo )?dia|todos os dias|tod[ao]s? (?:[ao]s )?(?:semanas?|quinzenas?|mes(?:es)?|anos?)"
         r"|(?:semanal|quinzenal|mensal|bimestral|trimestral|semestral|anual)(?:mente)?", regularly),
    rule(rf"{COUNT}(?P<unit>h|min)(?P<half>30| e (?:meia|30))? de (?:duracao|procedimento|sessao|atendimento|servico)", lasting),
    rule(rf"(?:por|durante|duracao de|dur(?:a|am|ar|ou|ara)|lev(?:a|am|ar|ou|ara)|demor(?:a|am|ar|ou|aria)"
         rf"|quanto tempo(?: [a-z]+){{0,3}},?|(?:sessao|consulta|massagem|aula) de)(?: (?:em media|em torno de|ate|quase|so|#))*"
         rf" {COUNT}{UNIT}{HALF}{MORE}", lasting),
    rule(rf"quantas (?P<unit>h)(?: [a-z]+){{0,3}},? {SOME}(?P<count>\d{{1,2}}){HALF}(?! ?[:h/]| d[aeo])", lasting),
    rule(rf"{OF_A_THING}de (?P<count>[1-4](?= ?h)|meia(?= h)|\d{{2,3}}(?= ?min)) ?(?P<unit>h|min){HALF}(?! (?:as?|ate|e) )",
         lasting),
)  # fmt: skip
