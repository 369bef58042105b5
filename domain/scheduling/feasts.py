"""Feasts people know by name, whether or not they are holidays, and the company's holidays, whatever their name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from domain.assistant.plain import plain
from domain.scheduling.counting import DAY, Span, easter, on_or_after, one_day
from domain.scheduling.grammar import Context, Node, Rule, during, on, rule
from domain.scheduling.vocabulary import WEEKDAYS

YearsDay = Callable[[int], Span]
SEARCHED: Final = 400
"""Days ahead: every yearly holiday comes in them."""

LONGEST_RUN: Final = 7 * DAY


def _fixed(month: int, day: int, length: int = 1) -> YearsDay:
    return lambda year: Span(date(year, month, day), date(year, month, day) + length * DAY)


def _from_easter(days: int, length: int = 1) -> YearsDay:
    return lambda year: Span(easter(year) + days * DAY, easter(year) + (days + length) * DAY)


def _nth(month: int, weekday: int, count: int, later: int = 0) -> YearsDay:
    return lambda year: one_day(on_or_after(date(year, month, 1), weekday) + (7 * (count - 1) + later) * DAY)


FEASTS: Final[dict[str, YearsDay]] = {
    r"vespera d[eo] (?:dia d[eo] )?natal|noite de natal": _fixed(12, 24),
    r"(?:dia d[eo] )?natal": _fixed(12, 25),
    r"reveillon|vespera d[eo] (?:ano novo|reveillon)|virada do ano|virada(?! d)|noite de ano novo|sao silvestre": _fixed(
        12, 31
    ),
    r"(?:dia d[eo] )?ano[ -]novo|confraternizacao universal|dia da paz": _fixed(1, 1),
    r"dia de reis": _fixed(1, 6),
    r"dia (?:internacional )?da mulher": _fixed(3, 8),
    r"(?:segunda(?:[ -]feira)? de )carnaval": _from_easter(-48),
    r"terca(?:[ -]feira)? (?:de carnaval|gorda)": _from_easter(-47),
    r"(?:feriado de )?carnaval": _from_easter(-50, 4),
    r"quarta(?:[ -]feira)? de cinzas|dia de cinzas|cinzas": _from_easter(-46),
    r"domingo de ramos": _from_easter(-7),
    r"semana santa": _from_easter(-7, 7),
    r"quinta(?:[ -]feira)? santa": _from_easter(-3),
    r"sexta(?:[ -]feira)? (?:santa|da paixao)|paixao de cristo": _from_easter(-2),
    r"sabado (?:de aleluia|santo)": _from_easter(-1),
    r"(?:domingo de )?pascoa": _from_easter(0),
    r"pentecostes": _from_easter(49),
    r"corpus christi": _from_easter(60),
    r"tiradentes": _fixed(4, 21),
    r"descobrimento do brasil": _fixed(4, 22),
    r"dia d[aeo] (?:mentira|1 de abril)": _fixed(4, 1),
    r"dia d[eo]s? (?:trabalho|trabalhador|trabalhadores)": _fixed(5, 1),
    r"dia das maes": _nth(5, 6, 2),
    r"dia d[eo]s? namorados": _fixed(6, 12),
    r"santo antonio": _fixed(6, 13),
    r"(?:festa de |noite de |dia de )?sao joao": _fixed(6, 24),
    r"dia de sao pedro": _fixed(6, 29),
    r"dia d[eo]s? pais": _nth(8, 6, 2),
    r"dia dos avos": _fixed(7, 26),
    r"(?:dia da )?independencia(?: do brasil)?": _fixed(9, 7),
    r"dia das criancas|(?:dia de )?nossa senhora aparecida|padroeira do brasil": _fixed(10, 12),
    r"dia d[eo]s? professor(?:es)?": _fixed(10, 15),
    r"halloween|dia das bruxas": _fixed(10, 31),
    r"todos os santos": _fixed(11, 1),
    r"(?:dia de )?finados": _fixed(11, 2),
    r"proclamacao da republica": _fixed(11, 15),
    r"dia da bandeira": _fixed(11, 19),
    r"(?:dia da )?consciencia negra|dia de zumbi|zumbi dos palmares": _fixed(11, 20),
    r"(?:acao de gracas|thanksgiving)": _nth(11, 3, 4),
    r"black friday": _nth(11, 3, 4, later=1),
    r"cyber monday": _nth(11, 3, 4, later=4),
}
BEFORE: Final = (
    r"(?:(?:o )?(?:dia|feriado|festa|feriadao) d[aeo]s? )?(?:(?P<way>proxim[ao]|ultim[ao]|ess[ea]|est[ea]) )?"
)
YEAR: Final = r"(?:(?: d[eo])? (?:(?P<year>(?:19|20|21)\d\d)|(?P<next>ano que vem|proximo ano)|(?P<past>ano passado)))?"
AFTER: Final = r"(?P<after> que vem| passado| passada)?"


NAMES: Final = "|".join(f"(?P<feast{number}>{name})" for number, name in enumerate(FEASTS))
DAYS: Final = tuple(FEASTS.values())


OF_A_THING: Final = re.compile(
    rf"\b(?!(?:{'|'.join(WEEKDAYS)}|feira|dia|feriado|feriadao|vespera|antevespera|semana|mes|noite|manha|tarde|madrugada|fim"
    r"|final|comeco|inicio|meio|meados|epoca|periodo|recesso|ferias|folga|ceia|almoco|jantar|festa|antes|depois|perto|partir"
    r"|volta|proximo|proxima|horario|h|vaga|alem)s? )[a-z]{3,} de $|\bsobre (?:[ao]s? )?$"
)
""" "Ovo de Páscoa", "unha de Natal": a thing, and no day."""


def feast(found: re.Match[str], context: Context) -> Node | None:
    """ "Natal", "o próximo Carnaval", "Páscoa de 2028", "Dia das Mães do ano que vem"."""
    if OF_A_THING.search(found.string[: found.start()]):
        return None
    years_day = next(day for number, day in enumerate(DAYS) if found[f"feast{number}"])
    year = context.today.year
    if found["year"]:
        return during(years_day(int(found["year"])))
    if found["next"] or found["past"]:
        return during(years_day(year + (1 if found["next"] else -1)))
    if "passad" in (found["after"] or "") or (found["way"] or "").startswith("ultim"):
        return during(next(span for span in map(years_day, (year, year - 1)) if span.until <= context.today))
    return during(next(span for span in map(years_day, (year, year + 1)) if span.until > context.today))


def holiday(found: re.Match[str], context: Context) -> Node | None:
    """ "o feriado", "o feriado de quinta", "feriadão": the company's next one."""
    day = next_holiday(context)
    if day is None:
        return None
    return during(_long(day, context)) if found["long"] else during(_run(day, context))


def holiday_on(found: re.Match[str], context: Context) -> Node | None:
    """ "o feriado de sexta": the next one that falls on that weekday."""
    number = WEEKDAYS.index(found["name"])
    return next((on(day) for day, _ in _holidays(context) if day.weekday() == number), None)


def named_holiday(found: re.Match[str], context: Context) -> Node | None:
    """ "aniversário da cidade", "feriado de São Sebastião": looked for among the company's holidays by its words."""
    words = set(re.findall(r"[a-z]{4,}", found["name"])) - {"feriado", "municipal", "estadual", "nacional"}
    return next(
        (on(day) for day, name in _holidays(context) if words and words <= set(re.findall(r"[a-z]+", plain(name)))),
        None,
    )


def next_holiday(context: Context) -> date | None:
    return next((day for day, _ in _holidays(context)), None)


def _holidays(context: Context) -> list[tuple[date, str]]:
    days = (context.today + count * DAY for count in range(SEARCHED))
    return [(day, name) for day in days if (name := context.holidays(day))]


def _long(day: date, context: Context) -> Span:
    """With the free days that touch it, and the Monday or Friday in between that nobody works."""
    first, last = day - DAY if day.weekday() == 1 else day, day + DAY if day.weekday() == 3 else day
    while _free(first - DAY, context):
        first -= DAY
    while _free(last + DAY, context):
        last += DAY
    return Span(first, last + DAY)


def _run(day: date, context: Context) -> Span:
    """With the holidays that follow on it: who says "depois do feriado" means none of them."""
    last = day
    while last - day < LONGEST_RUN and context.holidays(last + DAY):
        last += DAY
    return Span(day, last + DAY)


def _free(day: date, context: Context) -> bool:
    return day.weekday() >= 5 or bool(context.holidays(day))


FEAST_RULES: Final[tuple[Rule, ...]] = (
    rule(rf"{BEFORE}(?:{NAMES}){YEAR}{AFTER}", feast),
    rule(r"(?:proximo |ess[ea] |est[ea] )?feriado(?! d[eo] (?:dia )?\d)(?: prolongado)?(?: que vem"
         r"| seguinte)?(?P<long>(?!))?", holiday),
    rule(r"(?P<long>(?:proximo |ess[ea] |est[ea] )?(?:feriadao|feriado prolongado))", holiday),
    rule(rf"feriado d[aeo] (?P<name>{'|'.join(WEEKDAYS)})(?: feira)?(?! santa)", holiday_on),
    rule(r"feriado (?:municipal |estadual |nacional )?d[aeo]s? (?P<name>[a-z]+(?: [a-z]+){0,3})", named_holiday),
    rule(r"(?P<name>aniversario d[aeo] (?:cidade|estado|[a-z]+(?: [a-z]+)?))", named_holiday),
)  # fmt: skip
