"""What somebody answers who is told that they were missed: they want another time, were there after all, or say why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.agenda.choices import Intent, intent_of
from domain.assistant.clauses import beside_fillers, corrected, pieces_of
from domain.assistant.plain import plain
from domain.conversations.questions import bare
from domain.follow_ups.replies import AGAIN
from domain.reminders.answers import Meaning, read_answer

LONGEST: Final = 1_000


class Kind(StrEnum):
    AGAIN = "again"
    """They want another time."""
    CAME = "came"
    """They say that they were there."""
    WHY = "why"


@dataclass(frozen=True, slots=True)
class Excuse:
    """`told`: there are words in it for people to read. `rest`: what was said beside the wish to come another time."""

    kind: Kind
    told: bool
    rest: str = ""


CAME: Final = re.compile(
    r"(?<!nao )(?<!nao eu )\b(?:compareci\b|fui(?: eu)?(?: (?:sim|la|ai|ate|na hora|no horario|na consulta|ao|atendid[oa])\b|$)"
    r"|est(?:ive|ava)(?: sim)? (?:la|ai|presente|na (?:sala|recepcao|clinica)|no (?:horario|local))\b)"
)
MOVING: Final = re.compile(
    r"\b(?:(?:eu|quero|queria|gostaria de|preciso|pode|podemos|vamos|da para|tem como|consegue|posso) )*"
    r"(?:remarc|reagend|remarq|transfer|adia|antecip)\w*"
    r"|\b(?:mudar|trocar|alterar)\b(?= .{0,20}\b(?:hora|dia|data))"
)
ELSEWHERE: Final = frozenset({Intent.CANCEL, Intent.MINE, Intent.WAIT, Intent.LEAVE, Intent.HOME})


def read_excuse(text: str) -> Excuse | None:
    """None where it is about something else, or is a yes or a no that could be to either of the two things we said."""
    said = corrected(text[:LONGEST])
    pieces = [piece for piece in pieces_of(said) if beside_fillers(piece.words)]
    if not pieces or bare(text):
        return None
    if _wants_another(text):
        told = [each for each in pieces if not each.asks and not _wants_another(each.words)]
        rest = " ".join(MOVING.sub(" ", plain(text[:LONGEST])).split())
        return Excuse(Kind.AGAIN, any(not bare(each.words) for each in told), rest)
    if intent_of(text) in ELSEWHERE or "?" in text:
        return None
    return Excuse(Kind.CAME if CAME.search(said) else Kind.WHY, told=True)


def _wants_another(text: str) -> bool:
    if read_answer(text).meaning is Meaning.MOVE or intent_of(text) in (Intent.BOOK, Intent.MOVE):
        return True
    return AGAIN.search(" ".join(re.findall(r"[a-z]+", plain(text)))) is not None
