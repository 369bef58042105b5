"""Days by their number: "dia 15", "15/12", "15 de dezembro", "2026-12-01", "de 10 a 15 de dezembro"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from domain.scheduling.counting import DAY, Span, day_or_none, month_of, months, one_day
from domain.scheduling.grammar import Context, Hours, Node, Rule, during, on, rule
from domain.scheduling.vocabulary import MONTHS, ORDINALS, WEEKDAYS
from domain.scheduling.wish import Grain

MONTH: Final = "|".join(MONTHS)
ORDINAL: Final = "|".join(word for word in ORDINALS if word.endswith("o"))
DAY_NUMBER: Final = rf"(?:\d{{1,2}}o?|{ORDINAL})"
OF: Final = r"(?: ?/ ?| ?- ?| ?\. ?| d[eo] | )"
YEAR: Final = (
    r"(?:(?: ?, ?| ?/ ?| d[eo] (?:ano (?:de )?)?|-| )(?P<year>\d{4}|(?<=[/-])\d{2}"
    r"|[4-9]\d(?! ?(?:[:/%]|h|min|reais|anos|dias)))"
    r"|,? d[eo] (?P<next>ano que vem|proximo ano))?"
)
FOUR_YEARS_AND_MORE: Final = 9
"""A 29 February may be eight years away."""

BEFORE_HOURS: Final = (
    r"(?=,? (?:(?:as?|la pelas|pelas|umas|das|depois das|a partir das|antes das|ate as) \d|\d{1,2} ?(?:h|:)"
    r"|de (?:manha|tarde|noite)|a (?:tarde|noite)|pela (?:manha|tarde)|cedo))"
)
"""What follows the number of a day, not that of an hour."""

YEARS_AHEAD: Final = 30
"""Beyond them a year in two digits was one of the last century: "10/04/87" is a birthday."""

EARLIEST, LATEST, LAST_HOUR = 6, 20, 24
"""Hours at which people are seen: a number between the first two is one rather than a far day's."""

NO_HOUR: Final = r"(?! ?(?:h|:|/|\.\d|,\d|min|[ap]m|e meia|em ponto|d[ae] (?:manha|tarde|noite)| [a-z]+[aoe]s\b))"


def iso(found: re.Match[str], _context: Context) -> Node:
    return on(day_or_none(int(found["year"]), int(found["month"]), int(found["day"])))


def day_and_month(found: re.Match[str], context: Context) -> Node | None:
    day, month, year = _number(found["day"]), _month(found["month"]), _year(found, context)
    if year is not None:
        return on(day_or_none(year, month, day))
    return on(_coming(day, month, context.today))


def numbers(found: re.Match[str], context: Context) -> Node | None:
    """ "15/12", but "24/7" is no day and "12/2026" is a month; "12/25/2026" was written by an American phone."""
    if found["year"] is None and (int(found["month"]) == 0 or found[0] == "24/7"):
        return None
    if found["year"] and len(found["year"]) == 4 and int(found["day"]) <= 12 < int(found["month"]):
        return on(day_or_none(int(found["year"]), int(found["day"]), int(found["month"])))
    return day_and_month(found, context)


def day_of_the_month(found: re.Match[str], context: Context) -> Node:
    """ "dia 15": the next one, or that of the month that is named beside it."""
    number = _number(found["day"] or found["late"])
    day = coming_day(number, context.today)
    if day is None:
        return Node("!")
    return Node("W", days=((one_day(day),),), pick=partial(_day_within, number))


def dotted(found: re.Match[str], context: Context) -> Node | None:
    """ "28.01" is a day; "15.01" is one unless it stands beside a day, where it is an hour."""
    day, month = int(found["day"]), int(found["month"])
    node = on(_coming(day, month, context.today))
    if node.code == "!" or day > LAST_HOUR:
        return node
    minutes = day * 60 + month
    return Node("d", days=node.days, times=((Hours(minutes, minutes + 1, Grain.MINUTE),),))


def day_or_hours(found: re.Match[str], context: Context) -> Node | None:
    """ "8-12" alone: the 8th of December, or from eight to twelve; nobody can tell."""
    first, second = int(found["day"]), int(found["month"])
    day = on(_coming(first, second, context.today)) if 1 <= second <= 12 else None
    if not EARLIEST <= first < second <= LATEST or found["day"].startswith("0") or found["month"].startswith("0"):
        return day
    hours = Node("H", times=((Hours(first * 60, second * 60, Grain.PART),),))
    return replace(day, code="e", otherwise=hours) if day and day.days else hours


def days_or_hours(found: re.Match[str], context: Context) -> Node | None:
    """ "De 10 a 12 tá ótimo" where nothing else is told: those days, or those hours."""
    first, last = int(found["first"]), int(found["last"])
    if TIME_BESIDE.search(found.string[: found.start()]) or TIME_BESIDE.search(found.string[found.end() :]):
        return None
    day = coming_day(first, context.today)
    end = day and coming_day(last, day)
    if not day or not end or not EARLIEST < first < last <= LATEST:
        return None
    hours = Node("H", times=((Hours(first * 60, last * 60, Grain.PART),),))
    return replace(during(Span(day, end + DAY), code="e"), otherwise=hours)


def several_days(found: re.Match[str], context: Context) -> Node:
    """ "dias 24 e 25", "dia 15 ou 16 de dezembro"."""
    wanted = [int(number) for number in re.findall(r"\d+", found["days"])]
    if found["month"]:
        days = [_coming(number, _month(found["month"]), context.today) for number in wanted]
    else:
        days = [coming_day(number, context.today) for number in wanted]
    known = tuple(one_day(day) for day in days if day is not None)
    if len(known) < len(wanted):
        return Node("!")
    return Node("W", days=(known,), pick=lambda span: _all_within(wanted, span))


def from_day_to_day(found: re.Match[str], context: Context) -> Node | None:
    """ "de 10 a 15 de dezembro", "do dia 24 ao dia 27"."""
    first, last = int(found["first"]), int(found["last"])
    if found["month"]:
        year = _year(found, context)
        month = _month(found["month"])
        end = _coming(last, month, context.today) if year is None else day_or_none(year, month, last)
        start = end and day_or_none(end.year, end.month, first)
    else:
        start = coming_day(first, context.today)
        end = start and coming_day(last, start)
    if not start or not end:
        return Node("!")
    return during(Span(start, end + DAY)) if start <= end else None


def month(found: re.Match[str], context: Context) -> Node:
    """ "dezembro": this one while it lasts, else the next."""
    number, year = _month(found["month"]), _year(found, context)
    if year is None:
        year = context.today.year + (number < context.today.month)
        if found["past"] or found["ago"]:
            year = context.today.year - (number >= context.today.month)
        elif found["before"] and number == context.today.month:
            year += 1
    return _months_of(year, number)


def month_and_year(found: re.Match[str], _context: Context) -> Node | None:
    number = int(found["month"] or found["iso_month"])
    return _months_of(int(found["year"] or found["iso_year"]), number) if 1 <= number <= 12 else None


def _months_of(year: int, number: int) -> Node:
    return during(months(year, number)) if day_or_none(year, number, 1) else Node("!")


def _number(word: str) -> int:
    return ORDINALS[word] if word in ORDINALS else int(word.removesuffix("o"))


def _month(word: str) -> int:
    return MONTHS.index(word) + 1 if word in MONTHS else int(word)


def _year(found: re.Match[str], context: Context) -> int | None:
    named = found.groupdict()
    if named.get("next"):
        return context.today.year + 1
    year: str | None = named.get("year")
    if year is None:
        return None
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if 2000 + int(year) <= context.today.year + YEARS_AHEAD else 1900)


def _coming(day: int, month: int, today: date) -> date | None:
    """The next time the calendar has that day."""
    if not 1 <= month <= 12:
        return None
    years = range(today.year, today.year + FOUR_YEARS_AND_MORE)
    return next((one for year in years if (one := day_or_none(year, month, day)) and one >= today), None)


def coming_day(day: int, today: date) -> date | None:
    spans = (month_of(today, ahead) for ahead in range(3))
    days = (day_or_none(span.first.year, span.first.month, day) for span in spans)
    return next((one for one in days if one and one >= today), None)


def _day_within(number: int, span: Span) -> tuple[Span, ...]:
    return _all_within([number], span)


def _all_within(numbers: list[int], span: Span) -> tuple[Span, ...]:
    return tuple(one_day(day) for day in _candidates(span) if day.day in numbers)


def _candidates(span: Span) -> Iterator[date]:
    return span.days() if span.grain is not Grain.YEAR else iter(())


def every_month(found: re.Match[str], context: Context) -> Node:
    """ "todo dia 10", "todo mês no dia 5"."""
    number = int(found["day"] or found["told"])
    spans = (month_of(context.today, ahead) for ahead in range(8))
    days = (day_or_none(span.first.year, span.first.month, number) for span in spans)
    known = tuple(one_day(day) for day in days if day and day >= context.today)
    return Node("D", days=(known,), recurring=True) if known else Node("!")


def every_year(found: re.Match[str], context: Context) -> Node:
    """ "todo ano, dia 10 de maio"."""
    number, month, year = int(found["day"]), _month(found["month"]), context.today.year
    days = (day_or_none(one, month, number) for one in range(year, year + FOUR_YEARS_AND_MORE))
    known = tuple(one_day(day) for day in days if day and day >= context.today)
    return Node("D", days=(known,), recurring=True) if known else Node("!")


MONTHLY: Final = r"(?:tod[oa]s? (?:os )?mes(?:es)?|mensalmente)"
YEARLY: Final = r"(?:tod[oa]s? (?:os )?anos?|anualmente)"
TIME_BESIDE: Final = re.compile(
    rf"\d|\b(?:hoje|amanha|{'|'.join(WEEKDAYS)}|{MONTH}|semana|mes|dia|manha|tarde|noite|h|anos?)\b"
)
ALONE: Final = r"(?:(?<=^)|(?<=[,#] )|(?<=para )|(?<=ser )|(?<=tem )|(?<=em )|(?<=no )|(?<=esta ))"
"""Where two numbers with a dash between them are nobody's score, size or telephone."""

DATE_RULES: Final[tuple[Rule, ...]] = (
    rule(r"(?P<year>(?:19|20|21)\d\d) ?[-/.] ?(?P<month>\d{1,2}) ?[-/.] ?(?P<day>\d{1,2})(?:t(?=\d))?", iso),
    rule(rf"(?:dia )?(?P<day>{DAY_NUMBER}){OF}(?:mes )?(?P<month>{MONTH}){YEAR}", day_and_month),
    rule(rf"dia (?P<day>\d{{1,2}}) d[eo] (?:mes )?(?P<month>\d{{1,2}}){YEAR}", day_and_month),
    rule(rf"(?<!as )(?P<day>\d{{1,2}}) do (?P<month>0?[1-9]|1[0-2])(?P<year>(?!))?{NO_HOUR}", day_and_month),
    rule(r"(?P<day>\d{1,2})(?:/| de )(?P<month>\d{1,2})(?:, ?| de | )(?P<year>(?:19|20|21)\d\d)", numbers),
    rule(rf"(?P<month>{MONTH}),? (?:dia )?(?P<day>\d{{1,2}}){NO_HOUR}(?:,? (?P<year>(?:19|20|21)\d\d))?", day_and_month),
    rule(r"(?:dia )?(?P<day>\d{1,2})(?P<sep>[/.-])(?P<month>\d{1,2})(?P=sep)(?P<year>(?:19|20|21)\d\d|\d\d)", numbers),
    rule(r"(?:dia )?(?P<day>\d{1,2}) ?/ ?(?P<month>\d{1,2})(?P<year>(?!))?", numbers),
    rule(r"dia (?P<day>\d{1,2})-(?P<month>\d{1,2})(?P<year>(?!))?", numbers),
    rule(r"(?P<day>0[1-9]|[12]\d|3[01])\.(?P<month>0[1-9]|1[0-2])(?! ?(?:h|min)\b|[.,/:]?\d)", dotted),
    rule(rf"{ALONE}(?P<day>\d{{1,2}}) ?- ?(?P<month>\d{{1,2}})"
         r"(?! ?(?:h|:|/|[.,]\d|-|%|[a-z]+[aoe]s\b|mil|min|kg|cm))", day_or_hours),
    rule(r"de (?P<first>\d{1,2}) a (?P<last>\d{1,2})(?= (?:#|ta|esta|fica|ficaria|serve|pode|seria|da|tem)\b)", days_or_hours),
    rule(r"dia (?P<day>\d{1,2}o?|primeiro)(?P<late>(?!))?", day_of_the_month),
    rule(r"(?:para o|no) (?P<day>\d{1,2})(?P<late>(?!))?(?= ?(?:$|[,#]))", day_of_the_month),
    rule(rf"(?:(?:para o|no) (?P<day>\d{{1,2}})|(?P<late>2[5-9]|3[01])){BEFORE_HOURS}", day_of_the_month),
    rule(rf"dias? (?P<days>\d{{1,2}}(?:(?:,| ?/| ou| e|, ou|, e) (?:dia )?\d{{1,2}})+)(?: de (?P<month>{MONTH}))?"
         r"(?! ?(?:h|:|/|da manha|da tarde|da noite|dias?\b|semanas?\b))", several_days),
    rule(rf"(?:(?:de |do |a partir d[eo] |desde (?:o )?|entre (?:os? )?)?(?:dias? )?)"
         rf"(?P<first>\d{{1,2}})(?: ?- ?| (?:a|ao|ate|ate o"
         rf"|e) )(?:o )?(?:dia )?"
         rf"(?P<last>\d{{1,2}})(?: de | ?/ ?| )(?P<month>{MONTH}|\d{{1,2}}(?!\d|h)){YEAR}", from_day_to_day),
    rule(r"(?:do|entre (?:os|o)?|entre|de|dos) ?dias? (?P<first>\d{1,2}) (?:a|ao|ate|ate o|e|-) (?:dia |o dia )?"
         r"(?P<last>\d{1,2})(?P<month>(?!))?(?! ?(?:h|:|/))", from_day_to_day),
    rule(rf"(?P<month>{MONTH}) (?P<first>\d{{1,2}})(?: ?- ?| a | ate )(?P<last>\d{{1,2}}){NO_HOUR}{YEAR}", from_day_to_day),
    rule(rf"(?:(?P<before>proximo )|(?P<ago>ultimo ))?(?:mes de )?(?P<month>{MONTH})(?P<past> passado)?{YEAR}", month),
    rule(r"(?:mes )?(?P<month>\d{1,2})/(?P<year>(?:19|20|21)\d\d)|(?P<iso_year>(?:19|20"
         r"|21)\d\d)[-/.](?P<iso_month>1[0-2]|0?[1-9])", month_and_year),
    rule(r"todo (?:o )?dia (?P<day>\d{1,2})(?P<told>(?!))?(?: (?:do|de (?:cada|todo)) mes)?", every_month),
    rule(rf"{MONTHLY},? (?:n?o )?dia (?P<day>\d{{1,2}})"
         rf"|(?:n?o )?dia (?P<told>\d{{1,2}}),? (?:de )?(?:cada mes|{MONTHLY})", every_month),
    rule(rf"(?:{YEARLY},? (?:n?o )?(?:dia )?|todo (?:dia )?)(?P<day>\d{{1,2}})o?(?: de |/)"
         rf"(?P<month>{MONTH}|\d{{1,2}})", every_year),
    rule(rf"(?:n?o )?(?:dia )?(?P<day>\d{{1,2}})o? de (?P<month>{MONTH}),? (?:de )?(?:cada ano|{YEARLY})", every_year),
)  # fmt: skip
