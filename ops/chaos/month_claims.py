"""What a text says is so, read by rules of the oracle's own: they know a sentence by what people would take it for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

SAO_PAULO: Final = ZoneInfo("America/Sao_Paulo")
TITLES: Final = re.compile(r"\b(Dra?)\.")
SENTENCES: Final = re.compile(r"(?<=[.!?;])\s+|\n")
WHEN: Final = re.compile(
    r"(?:(?P<day>\d{2})/(?P<month>\d{2})\)?|(?P<today>\bhoje))\s*,?\s*(?:às|ao|à)\s*"
    r"(?:(?P<noon>meio-dia)|(?P<hour>\d{1,2})(?:h|:)(?P<minute>\d{2})?)"
)
LISTED: Final = re.compile(r"^\s*(?:-|\*?\d\*?(?:\)|\.| -))\s")
NOTHING: Final = re.compile(r"(?i)n[ãa]o (?:há|encontrei|tem) nenhum hor[áa]rio marcado")


class Kind(StrEnum):
    STANDS = "stands"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    MISSED = "missed"
    FREE = "free"
    NOTHING = "nothing"


HEADS: Final = (
    (
        re.compile(r"(?i)seus hor[áa]rios(?: marcados)?:|hor[áa]rios marcados:|est[áa] marcado para voc[êe]"),
        Kind.STANDS,
    ),
    (re.compile(r"(?i)\blivres\b[^:]*:|livres que encontrei:"), Kind.FREE),
)
SAID: Final = (
    (re.compile(r"(?i)n[ãa]o registramos a sua presen[çc]a"), Kind.MISSED),
    (re.compile(r"(?i)presen[çc]a confirmada"), Kind.CONFIRMED),
    (re.compile(r"(?i)cancelei|(?:est[áa]|foi|ficou) (?:cancelad|desmarcad)[oa]"), Kind.CANCELLED),
    (
        re.compile(
            r"(?i)lembrar do seu hor[áa]rio|marquei|agendei|reservei|remarquei|hor[áa]rio [ée] seu|mudou para|passou para"
            r"|novo hor[áa]rio [ée]|agora [ée]"
            r"|(?:est[áa]|foi|ficou|j[áa]) (?:marcad|agendad|reservad|remarcad|confirmad|garantid)[oa]"
        ),
        Kind.STANDS,
    ),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """`when` None: said without a time. `words` are the sentence."""

    kind: Kind
    when: datetime | None
    words: str


def claims_in(text: str, now: datetime) -> Iterator[Claim]:
    """`now` by the month's clock, for "hoje" and the year."""
    under: Kind | None = None
    for line in TITLES.sub(r"\1", text.replace("*", "")).split("\n"):
        head = next((kind for pattern, kind in HEADS if pattern.search(line)), None)
        if head is not None:
            under = head
            yield from _timed(head, line, now)
        elif under is not None and LISTED.match(line):
            yield from _timed(under, line, now)
        else:
            under = under if not line.strip() else None
            yield from _sentences(line, now)


def _sentences(line: str, now: datetime) -> Iterator[Claim]:
    for sentence in SENTENCES.split(line):
        if NOTHING.search(sentence):
            yield Claim(Kind.NOTHING, None, sentence)
        elif not sentence.rstrip().endswith("?") and "ainda não foi" not in sentence:
            kind = next((kind for pattern, kind in SAID if pattern.search(sentence)), None)
            if kind is not None:
                found = list(_timed(kind, sentence, now))
                yield from found or [Claim(kind, None, sentence)]


def _timed(kind: Kind, words: str, now: datetime) -> Iterator[Claim]:
    for found in WHEN.finditer(words):
        yield Claim(kind, _moment(found, now), words)


def _moment(found: re.Match[str], now: datetime) -> datetime:
    local = now.astimezone(SAO_PAULO)
    day, month = (local.day, local.month) if found["today"] else (int(found["day"]), int(found["month"]))
    hour, minute = (12, 0) if found["noon"] else (int(found["hour"]), int(found["minute"] or 0))
    return datetime(local.year, month, day, hour, minute, tzinfo=SAO_PAULO)
