"""More than one question of ours stands open, and a short answer comes: what it may be the answer to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.agenda.choices import agrees_to_book
from domain.assistant.clauses import as_words, beside_fillers, corrected, pieces_of
from domain.follow_ups.replies import read_reply
from domain.reminders.answers import Meaning, read_answer
from domain.reminders.choice import Candidate, says_otherwise, tells_a_time
from domain.reminders.notices import Asked, OpenNotice
from domain.reminders.offer_answers import read_offer_answer

LONGEST: Final = 120
"""Whoever writes more has said what it is about."""


class About(StrEnum):
    PRESENCE = "presence"
    PLACE = "place"
    MENU = "menu"
    """What the menu asked them, before we asked something unasked."""
    FOLLOW_UP = "follow_up"


ABOUT: Final[Mapping[Asked, About]] = {
    Asked.REMINDER: About.PRESENCE,
    Asked.SURE: About.PRESENCE,
    Asked.OFFER: About.PLACE,
    Asked.FOLLOW_UP: About.FOLLOW_UP,
}
"""What a yes, a no or a word of praise can be the answer to."""

PRESENCE: Final = frozenset({Asked.REMINDER, Asked.WHICH, Asked.INSTEAD, Asked.SURE})


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """`key` names it in one talk, `label` tells it; `told`: what it is about, by the company's wall clock, where known."""

    key: str
    about: About
    label: str
    told: Candidate | None = None


BARE: Final = re.compile(
    r"(?:(?:sim|nao|ok|certo|blz|beleza|claro|isso|uhum|aham|combinado|fechado|positivo|negativo|confirmado|pode(?: ser)?"
    r"|ta|(?:ta )?bom|(?:com )?certeza|yes|eh)(?: |$))+"
)
WANTS: Final = r"\bquer|\bmarc[ao]r?\b|\bmarque\b|\bagend[ae]r?\b|\breserv"
NAMES: Final[Mapping[About, re.Pattern[str]]] = {
    About.PRESENCE: re.compile(r"\bpresenc|\bcomparec|\bestarei\b|\blembrete\b|\bconfirm"),
    About.PLACE: re.compile(
        rf"{WANTS}|\bvagas?\b|\baceit|\b(?:fico|ficar) com\b|\bpass(?:o|ar?)\b|\bencaix|\bespera\b"
    ),
    About.MENU: re.compile(rf"{WANTS}|^(?:pode )?confirm\w+$"),
    About.FOLLOW_UP: re.compile(r"\batendi|\bfoi\b|\bfui\b|\bgostei\b|\badorei\b|\bamei\b"),
}
ALL: Final = re.compile(
    r"(?:\b(?:para|pra|com|em|a) )?\b(?:(tod[oa]s)(?: eles| elas)?|(amb[oa]s|[oa]s (?:dois|duas))|([oa]s tr[eê]s))\b",
    re.IGNORECASE,
)
COUNTS: Final = (None, 2, 3)


def bare(text: str) -> bool:
    """A yes or a no and nothing else: "sim", "ok", 👍."""
    pieces = pieces_of(corrected(as_words(text[:LONGEST])))
    said = [rest for piece in pieces if (rest := beside_fillers(piece.words))]
    return bool(said) and all(BARE.fullmatch(each) for each in said)


def means_all(text: str, questions: Sequence[object]) -> bool:
    """ "Os dois" of three are not all of them."""
    found = ALL.search(text[:LONGEST])
    count = COUNTS[(found.lastindex or 1) - 1] if found else 0
    return count is None or count == len(questions)


def without_all(text: str) -> str:
    """The answer itself, of one that was said to all of them."""
    return " ".join(ALL.sub(" ", text).split())


def all_one(questions: Sequence[OpenQuestion]) -> bool:
    """Which of several reminders is meant is the reminders' own question."""
    return len({each.about if each.about is About.PRESENCE else each.key for each in questions}) <= 1


def asks_this(notice: OpenNotice, question: OpenQuestion) -> bool:
    """Whoever listens to one reminder listens to all of them, and to what was asked back about them."""
    if question.about is About.PRESENCE:
        return notice.kind in PRESENCE
    return str(notice.id) == question.key


def may_answer(text: str, questions: Sequence[OpenQuestion], now: datetime) -> list[OpenQuestion]:
    """Those that it fits; of these only the ones that it names, where it names any. `now` by the company's wall clock."""
    fitting = [each for each in questions if _fits(text, each, now)]
    words = corrected(as_words(text))
    if tells_a_time(words):
        fitting = [each for each in fitting if each.told is None or not says_otherwise(words, each.told)]
    named = [each for each in fitting if NAMES[each.about].search(words)]
    return named or fitting


def without_what_is_not_asked(text: str, notices: Sequence[OpenNotice]) -> list[OpenNotice]:
    """ "Ok" is no answer to "como foi?" while something else is open that asks for a yes."""
    asks = any(each.fresh and ABOUT.get(each.kind) in (About.PRESENCE, About.PLACE) for each in notices)
    return [each for each in notices if not (asks and each.kind is Asked.FOLLOW_UP and bare(text))]


def _fits(text: str, question: OpenQuestion, now: datetime) -> bool:
    match question.about:
        case About.PRESENCE:
            return read_answer(text).meaning in (Meaning.YES, Meaning.NO)
        case About.PLACE:
            return (
                question.told is not None and read_offer_answer(text, question.told, now).meaning is not Meaning.OTHER
            )
        case About.MENU:
            return agrees_to_book(text) is not None
        case About.FOLLOW_UP:
            return read_reply(text) is not None and not bare(text)
