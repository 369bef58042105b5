"""Which of several appointments somebody means: "o segundo", "a de sexta", "das 15h", "a limpeza", "os dois"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.assistant.plain import plain
from domain.shared.ids import AppointmentId


@dataclass(frozen=True, slots=True)
class Candidate:
    """`starts` is by the wall clock of the company, as the contact was told it."""

    id: AppointmentId
    starts: datetime
    service: str
    professional: str


ALL: Final = re.compile(r"\b(?:tod[oa]s|amb[oa]s|(?:o|a)s? (?:dois|duas|tres|quatro)|(?:o|a) e (?:o|a)|tudo)\b")
ORDINALS: Final = (
    re.compile(r"\b(?:primeir[oa]|1[oaº]?)\b(?!\s*(?:h|:|/))"),
    re.compile(r"\b(?:segundo|2[oaº]?|segunda opcao)\b(?!\s*(?:h|:|/))"),
    re.compile(r"\b(?:terceir[oa]|3[oaº]?)\b(?!\s*(?:h|:|/))"),
    re.compile(r"\b(?:quart[oa] opcao|4[oaº]?)\b(?!\s*(?:h|:|/))"),
)
COMMON: Final = frozenset({"com", "para", "das", "dos", "dra", "consulta"})
LAST: Final = re.compile(r"\bultim[oa]\b")
HOUR: Final = re.compile(r"\b(?:(?:a|as|das)\s+)?(\d{1,2})(?:(?:h|hs|:)(\d{2})?|\s*horas)\b|\b(?:as|das)\s+(\d{1,2})\b")
DAY: Final = re.compile(r"\bdia\s+(\d{1,2})\b|\b(\d{1,2})/(\d{1,2})\b")
WEEKDAYS: Final = tuple(
    re.compile(rf"\b{day}\b(?! opcao)")
    for day in ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo")
)


def choose(text: str, candidates: Sequence[Candidate]) -> tuple[AppointmentId, ...]:
    """Empty where it does not say, or says it of several: then it is asked. `candidates` in the order they were listed."""
    said = plain(text[:200]).replace(" e meia", ":30")
    if ALL.search(said):
        return tuple(each.id for each in candidates)
    named = [each.id for each in candidates if _named(said, each, candidates)]
    if len(named) == 1:
        return tuple(named)
    if named or tells_a_time(said):
        return ()
    return _by_place(said, candidates)


def says_otherwise(text: str, candidate: Candidate) -> bool:
    """A day or an hour is told, and it is not this one's."""
    said = plain(text[:200]).replace(" e meia", ":30")
    return not all((*_hours(said, candidate.starts), *_days(said, candidate.starts)))


def _by_place(said: str, candidates: Sequence[Candidate]) -> tuple[AppointmentId, ...]:
    places = {place for place, ordinal in enumerate(ORDINALS) if ordinal.search(said)}
    if LAST.search(said):
        places.add(len(candidates) - 1)
    here = [place for place in places if place < len(candidates)]
    return (candidates[here[0]].id,) if len(here) == len(places) == 1 else ()


def tells_a_time(said: str) -> bool:
    return bool(HOUR.search(said) or DAY.search(said) or any(day.search(said) for day in WEEKDAYS))


def _named(said: str, candidate: Candidate, among: Sequence[Candidate]) -> bool:
    """Something is said that tells it, and nothing that contradicts it."""
    clues = [*_hours(said, candidate.starts), *_days(said, candidate.starts), *_names(said, candidate, among)]
    return bool(clues) and all(clues)


def _hours(said: str, starts: datetime) -> list[bool]:
    return [
        int(found[1] or found[3]) in {starts.hour, starts.hour - 12} and int(found[2] or starts.minute) == starts.minute
        for found in HOUR.finditer(said)
    ]


def _days(said: str, starts: datetime) -> list[bool]:
    dates = [
        int(found[1] or found[2]) == starts.day and int(found[3] or starts.month) == starts.month
        for found in DAY.finditer(said)
    ]
    weekdays = [place == starts.weekday() for place, day in enumerate(WEEKDAYS) if day.search(said)]
    return dates + weekdays


def _names(said: str, candidate: Candidate, among: Sequence[Candidate]) -> list[bool]:
    words = _words(said) - COMMON
    clues = []
    for own, all_of_them in (
        (candidate.service, [each.service for each in among]),
        (candidate.professional, [each.professional for each in among]),
    ):
        spoken = words & _words(" ".join(all_of_them))
        if spoken:
            clues.append(spoken <= _words(own))
    return clues


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", plain(text)))
