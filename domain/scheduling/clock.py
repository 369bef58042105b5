"""Hours of the clock: "às 15h", "15:30", "3 e meia da tarde", "quinze para as três", "das 14 às 16"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from domain.scheduling.grammar import MIDNIGHT, NOON, Context, Hours, Node, Rule, Times, rule
from domain.scheduling.wish import Grain

HALF_DAY: Final = NOON
LATE, EARLY = 18 * 60, 6 * 60
"""A stretch from the one to the other goes through the night."""

LONGEST: Final = 5
"""Hours: what takes longer is told as an hour of the day."""
PART: Final = (
    r"(?: ?,? ?(?P<part>(?:d[ae]|n?a|pela) (?:parte da |noite de )?(?:manha|tarde|noite|madrugada)"
    r"|[ap]m))?"
)
AT: Final = (
    r"(?P<at>(?:(?:as|umas|tipo(?: as| umas)?|la (?:pel[ao]s|para as)|pel[ao]s|por volta d[aeo]s?|perto d[aeo]s?|"
    r"mais ou menos (?:as )?|"
    r"aproximadamente(?: as)?|cerca d[ae]s?|das|no horario d[aeo]s?|horario d[aeo]s?) )*)(?:ao? |d?o )?"
)
ROUGH: Final = re.compile(r"umas|tipo|la p|pelas|por volta|perto|mais ou menos|aprox|cerca")
OF_THE_DAY: Final = r"(?<=[7-9]h)|(?<=[12]\dh)|(?<=[7-9] h)|(?<=[12]\d h)|(?<=:\d\d)|(?<=[12]\dh\d\d)|(?<=[7-9]h\d\d)"
""" "16h mechas": what ends so is an hour, whatever follows."""

PEOPLE: Final = (
    rf"(?:{OF_THE_DAY}|(?! (?!mais|depois|antes|nos|nas|dos|das|horas|segundas|tercas|quartas|quintas|sextas|sabados"
    r"|domingos)[a-z]+[aoe]s\b))"
)
CLOCK: Final = (
    r"(?P<hour>\d{1,2})(?:(?P<colon> ?[:h] ?)(?P<minute>\d{2})(?: ?:\d{2})?(?: ?(?:h|min)\b|m\b)?"
    r"|\.(?P<dotted>[0-5]\d)(?:(?P<doth> ?h\b)|(?![\d/.]))|(?P<mark> ?h\b))?"
    r"(?: e (?P<half>meia|(?:05|10|15|20|25|30|35|40|45|50|55|5)(?: min)?(?! ?(?:h|:|/|de \w+bro|\d))|[0-5]?\d min\b))?"
    r"(?P<odd> e (?:pouc[oa]|pouquinho|poucos|tanto|alguma coisa|uns quebrados))?(?P<sharp> em ponto|(?= d[oe] dia \d))?"
)
ONE: Final = (
    r"(?P<{0}>\d{{1,2}})(?:(?: ?[:h] ?)(?P<{0}m>\d{{2}})(?: ?(?:h|min)\b|m\b)?"
    r"|(?P<{0}h> ?h\b))?(?P<{0}e> e (?:meia|15|30|45))?"
)


def clock(found: re.Match[str], _context: Context) -> Node | None:
    """One instant; None where a number stands alone and may be anything; "15.30" is also a price, and counts beside a day."""
    minute = _minute(found)
    if not (found["at"] or found["mark"] or minute is not None or found["part"] or _told_as_hour(found)):
        return None
    bare = found["dotted"] and not (found["at"] or found["doth"])
    if bare and found["part"] and _is_a_date(found):
        return None
    bare = bare and not found["part"]
    hour, minute = int(found["hour"]), minute or 0
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return Node("!")
    plainly = bool(found["colon"] and ":" in found["colon"] and hour > 6) or found["hour"].startswith("0")
    grain = Grain.HOUR if not minute and not found["minute"] else Grain.MINUTE
    about = bool(found["odd"] or ROUGH.search(found["at"]))
    times = instants(hour * 60 + minute, found["part"] or "", plainly=plainly, grain=grain, about=about)
    return Node("h" if bare else "H", times=times, length=_length(found, hour, minute))


def _length(found: re.Match[str], hour: int, minute: int) -> timedelta | None:
    """ "1h", "1h30", "2 horas" may be how long something takes."""
    told_by_h = found["mark"] or (found["colon"] and "h" in found["colon"])
    if found["at"] or found["part"] or not told_by_h or not 0 < hour <= LONGEST:
        return None
    return timedelta(hours=hour, minutes=minute)


def _is_a_date(found: re.Match[str]) -> bool:
    """ "08.12 de manhã": nobody comes at twelve past eight."""
    return 0 < int(found["dotted"]) <= 12 and int(found["dotted"]) % 5 != 0


def _told_as_hour(found: re.Match[str]) -> bool:
    """ "7 em ponto", "9 e pouco", "sete do dia 15"."""
    return found["sharp"] is not None or found["odd"] is not None


def _minute(found: re.Match[str]) -> int | None:
    if found["minute"] or found["dotted"]:
        return int(found["minute"] or found["dotted"])
    half = found["half"]
    return None if half is None else 30 if half == "meia" else int(half.split()[0])


def instants(minutes: int, part: str, *, grain: Grain, plainly: bool = False, about: bool = False) -> Times:
    """Readings of a clock's face. From one to six nobody says which half of the day they mean: it is asked."""
    size = 60 if grain is Grain.HOUR else 1

    def at(start: int, *, or_later: bool = False) -> tuple[Hours, ...]:
        return (Hours(start, start + size, grain, about=about, or_later=or_later),)

    if part:
        return (at(_in_part(minutes, part)),)
    if minutes == MIDNIGHT:
        return (at(MIDNIGHT), at(0))
    if plainly or minutes >= NOON or minutes < 60:
        return (at(minutes),)
    if minutes < 7 * 60:
        return (at(minutes + HALF_DAY), at(minutes))
    return (at(minutes, or_later=True),)


def _in_part(minutes: int, part: str) -> int:
    """ "3 da tarde" is 15h, "12 da noite" the end of the day, "1 da noite" already tomorrow's first hour."""
    noon = NOON <= minutes < NOON + 60
    if part.endswith(("tarde", "pm")):
        return minutes + HALF_DAY if minutes < NOON else minutes
    if part.endswith("noite"):
        return minutes + HALF_DAY if 4 * 60 <= minutes < NOON or noon else minutes
    if part.endswith(("madrugada", "am")):
        return minutes - NOON if noon else minutes
    return minutes


def before_the_hour(found: re.Match[str], _context: Context) -> Node | None:
    """ "quinze para as três", "10 pras 11"; nobody counts the minutes one by one without saying that they are such."""
    early, hour = int(found["early"]), int(found["hour"])
    if not (0 < early < 60 and 0 < hour <= 24) or (early % 5 and "min" not in found[0] and "falta" not in found[0]):
        return None
    part = found["part"] or ""
    readings = instants(hour * 60, part, grain=Grain.HOUR)
    times = tuple(
        tuple(Hours(one.start - early, one.start - early + 1, Grain.MINUTE, or_later=one.or_later) for one in reading)
        for reading in readings
        if reading[0].start >= early
    )
    return Node("H", times=times)


def stretch(found: re.Match[str], _context: Context) -> Node | None:
    """ "das 14 às 16", "entre 2 e 4 da tarde", "14h-16h"; "de 2 a 4" only beside a day."""
    plainly = _is_of_hours(found)
    if not plainly and not re.match(r"(?:de|entre) \d", found[0]):
        return None
    start, end = _told(found, "one"), _told(found, "two")
    if start is None or end is None:
        return Node("!") if plainly and int(found["one"]) <= 24 else None
    pairs = _sensible(start, end, found["part"] or "")
    if not pairs:
        return None
    may_be_later = len(pairs) == 1 and not found["part"]
    return Node(
        "H" if plainly else "h",
        times=tuple((Hours(first, last, Grain.PART, or_later=may_be_later and last <= NOON),) for first, last in pairs),
    )


def _is_of_hours(found: re.Match[str]) -> bool:
    return bool(
        re.match(r"das |entre as |entre a ", found[0])
        or found["part"]
        or any(found[name] for name in ("onem", "twom", "oneh", "twoh", "onee", "twoe", "onehalf"))
        or found["to"].endswith("as")
    )


def _told(found: re.Match[str], name: str) -> int | None:
    hour, minute = int(found[name]), int(found[f"{name}m"] or 0)
    extra = (found[f"{name}e"] or "").removeprefix(" e ")
    minute += 30 if extra == "meia" else int(extra or 0)
    if name == "one" and found["onehalf"]:
        hour = _in_part(hour * 60, found["onehalf"]) // 60
    return hour * 60 + minute if minute < 60 and hour * 60 + minute <= MIDNIGHT else None


def _sensible(start: int, end: int, part: str) -> list[tuple[int, int]]:
    """The ways both hands can be taken so that the end comes after the start, the day's half first."""
    if part:
        last = _in_part(end, part)
        first = _in_part(start, part)
        return [(first if first < last else start, last)] if min(first, start) < last else []
    if start >= LATE and end <= EARLY:
        return [(start, end + MIDNIGHT)]
    if start >= NOON or end > NOON or start >= 7 * 60 or start < 60:
        last = end if end > start else end + HALF_DAY
        first = (
            start + HALF_DAY
            if start < 7 * 60 and start >= 60 and start + HALF_DAY < last and end > NOON + 60
            else start
        )
        return [(first, last)] if first < last <= MIDNIGHT else []
    if end <= start:
        return []
    return [(start + HALF_DAY, end + HALF_DAY), (start, end)]


def any_of(found: re.Match[str], _context: Context) -> Node | None:
    """ "às 9, 10 ou 11"."""
    hours = [int(number) for number in re.findall(r"\d+", found["hours"])]
    if max(hours) > 24 or not (found["at"] or found["mark"]):
        return None
    return any_hour([Node("H", times=instants(hour * 60, found["part"] or "", grain=Grain.HOUR)) for hour in hours])


def any_hour(nodes: Sequence[Node]) -> Node:
    """All of them, read the same way: "às 3 ou 4" are of the same half of the day."""
    ways = max(len(node.times) for node in nodes)
    times = tuple(
        tuple(hours for node in nodes for hours in node.times[min(way, len(node.times) - 1)]) for way in range(ways)
    )
    return Node("H", times=times)


CLOCK_RULES: Final[tuple[Rule, ...]] = (
    rule(rf"(?<!entre ){AT}{CLOCK}{PEOPLE}{PART}", clock),
    rule(rf"{AT}(?P<hours>\d{{1,2}}(?:, ?(?:as )?\d{{1,2}})*,? (?:ou|e) (?:as )?\d{{1,2}})(?P<mark> ?h\b)?(?! ?(?:h|:"
         rf"|/|de \w+bro|%|min)){PEOPLE}{PART}", any_of),
    rule(rf"(?:(?:as|faltam?|faltando) )?(?P<early>\d{{1,2}})(?: min)? para (?:as? |o "
         rf"|(?=1(?:$|[,#]| d[ae] )))(?P<hour>\d{{1,2}})(?: ?h\b)?{PART}", before_the_hour),
    rule(rf"(?:as? )?(?P<hour>\d{{1,2}}) menos (?P<early>5|10|15|20|25){PART}", before_the_hour),
    rule(rf"(?:entre (?:as? |os? )?|d[aeo]s? )?(?:(?:umas|pelas) )?{ONE.format('one')}(?P<onehalf> ?[ap]m)?"
         rf"(?P<to> ?- ?| as| a| e as| e a| e| ate(?: as| o| a)?| ao)"
         rf" ?{ONE.format('two')}{PEOPLE}(?! ?(?:min|kg|cm|%|/|mil|reais)){PART}", stretch),
)  # fmt: skip
