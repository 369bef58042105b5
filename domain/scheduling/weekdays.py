"""Weekdays: the coming one, next week's, every one, and the two that nobody can tell apart."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import Final

from domain.scheduling.counting import DAY, WEEK, Span, on_or_after, one_day, week_of
from domain.scheduling.dates import BEFORE_HOURS, EARLIEST, LAST_HOUR, LATEST, coming_day
from domain.scheduling.grammar import Context, Days, Node, Rule, rule
from domain.scheduling.vocabulary import WEEKDAYS
from domain.scheduling.wish import HORIZON

NAMES: Final = "segunda|terca|quarta|quinta|sexta|sabado|domingo"
BEFORE: Final = (
    r"(?P<before>n?ess[ae]|n?est[ae]|proxim[ao]|ultim[ao]|passad[ao]|(?:n?[ao] )?outr[ao]|d?ess[ae]|d?est[ae]) "
)
AFTER: Final = (
    r" (?P<after>que vem|proxim[ao]|seguinte|passad[ao]|retrasad[ao]|agora|sem ser ess[ae],? (?:n?[ao] )?outr[ao])"
)
MANY: Final = 8
"""Occurrences told of something that comes again and again, so that a wish stays small."""

WEEKS_LOOKED_AT: Final = 5


def weekday(found: re.Match[str], context: Context) -> Node:
    """ "sexta", "próxima sexta", "sexta que vem", "sexta passada", "essa sexta"."""
    number = WEEKDAYS.index(found["name"])
    readings = _readings(number, found["before"] or "", found["after"] or "", context.today)
    if found["before"] or found["after"]:
        return Node("D", days=readings, following=partial(_following, number))
    return Node("W", days=readings, pick=partial(weekdays_within, number), following=partial(_following, number))


def _readings(number: int, before: str, after: str, today: date) -> Days:
    coming = on_or_after(today, number)
    if after in ("passado", "passada") or before.startswith(("ultim", "passad")):
        return _only(coming - WEEK)
    if after.startswith("retrasad"):
        return _only(coming - 2 * WEEK)
    if "outr" in before or "outr" in after:
        return _only(coming + WEEK)
    if before[:2] in ("es", "ne", "de") or after == "agora":
        return _only(coming)
    if before or after:
        return _next(coming, today)
    return (*_only(coming), *_only(coming + WEEK)) if coming == today else _only(coming)


def _next(coming: date, today: date) -> Days:
    """ "Sábado que vem", on a Wednesday, is the coming one to some and next week's to others."""
    if coming == today:
        return _only(coming + WEEK)
    in_this_week = coming < week_of(today).until
    return (*_only(coming), *_only(coming + WEEK)) if in_this_week or coming == today + DAY else _only(coming)


def _only(day: date) -> Days:
    return ((one_day(day),),)


def weekdays_within(number: int, span: Span) -> tuple[Span, ...]:
    first = on_or_after(span.first, number)
    return tuple(one_day(first + week * WEEK) for week in range(((span.until - first).days + 6) // 7))


def _following(number: int, day: date) -> Span:
    return one_day(on_or_after(day, number))


def numbered(found: re.Match[str], context: Context) -> Node | None:
    """ "sexta 27", "quinta 26 às 16h": a day where the calendar agrees, or where no clock has such an hour."""
    number, day = WEEKDAYS.index(found["name"]), int(found["day"])
    coming = [on_or_after(context.today, number) + week * WEEK for week in range(WEEKS_LOOKED_AT)]
    agreeing = next((one for one in coming if one.day == day), None)
    if agreeing and (agreeing in coming[:2] or not EARLIEST <= day <= LATEST):
        return Node("D", days=_only(agreeing))
    named = coming_day(day, context.today)
    return Node("D", days=(*_only(named), *_only(coming[0]))) if day > LAST_HOUR and named else None


def every_weekday(found: re.Match[str], context: Context) -> Node:
    """ "toda terça", "às terças", "segundas": the next ones."""
    number = WEEKDAYS.index(found["name"])
    coming = weekdays_within(number, Span(context.today, context.today + HORIZON))
    return Node("W", days=(coming[:MANY],), pick=partial(weekdays_within, number), recurring=True)


def business_days(_found: re.Match[str], context: Context) -> Node:
    days = working(Span(context.today, context.today + 4 * WEEK), context)
    return Node("W", days=(days,), pick=lambda span: working(span, context), recurring=True)


def from_monday_to_friday(_found: re.Match[str], context: Context) -> Node:
    return Node("W", days=(_weekdays(Span(context.today, context.today + 4 * WEEK)),), pick=_weekdays, recurring=True)


def _weekdays(span: Span) -> tuple[Span, ...]:
    return tuple(one_day(day) for day in span.days() if day.weekday() < 5)


def working(span: Span, context: Context) -> tuple[Span, ...]:
    """Its days from Monday to Friday that are no holidays."""
    return tuple(one_day(day) for day in span.days() if day.weekday() < 5 and not context.holidays(day))


WEEKDAY_RULES: Final[tuple[Rule, ...]] = (
    rule(rf"(?:{BEFORE})?(?P<name>{NAMES})(?:[ -]feira)?(?:{AFTER})?", weekday),
    rule(
        rf"(?P<name>{NAMES})(?:[ -]feira)?,? (?P<day>\d{{1,2}})(?:{BEFORE_HOURS}(?! d[ae] )|(?= ?(?:$|[,#])))", numbered
    ),
    rule(rf"(?P<name>{NAMES})(?:[ -]feira)?,? (?P<day>1[3-9]|2\d|3[01])(?= d[ae] (?:manha|tarde|noite))", numbered),
    rule(rf"(?:tod[ao]s?|(?:a )?cada) (?:[ao]s? )?(?P<name>{NAMES})s?(?:[ -]feiras?)?", every_weekday),
    rule(rf"(?:[an]?[ao]s )?(?P<name>{NAMES})s(?:[ -]feiras?)?", every_weekday),
    rule(r"(?:tod[ao]s? )?(?:n?os )?dias? (?:uteis|util)", business_days),
    rule(r"(?:n?os )?dias? de semana|durante a semana", from_monday_to_friday),
)
