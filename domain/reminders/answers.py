"""What somebody means who answers a reminder: yes, no, another time, call it off; or something that must be asked back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.assistant.clause_words import (
    CONDITION,
    CONTINGENCY,
    GIVEN_UP,
    KEPT,
    REASON,
    REFUSAL,
    UNCANCELLED,
    UNMOVED,
    UNMOVED_AFTER,
)
from domain.assistant.clauses import Piece, as_words, beside_fillers, corrected, doubts, pieces_of, settled
from domain.reminders.answer_words import (
    ASKED_TO_CANCEL,
    CANCEL,
    COMES,
    DENIED,
    LATER_MINE,
    MOVE,
    PRESENT,
    QUESTION,
    SUITS,
    SURE,
    UNPROMISING,
    YES,
)

LONGEST: Final = 300
"""Who writes more than that tells a story: the model reads it."""

SHORT_QUESTION: Final = 3


class Meaning(StrEnum):
    YES = "yes"
    NO = "no"
    """They will not come, and have not said what instead."""
    MOVE = "move"
    CANCEL = "cancel"
    UNSURE = "unsure"
    """About whether they come, and nobody can tell: it is asked back."""
    OTHER = "other"
    """Not an answer: the talk goes on."""


@dataclass(frozen=True, slots=True)
class Read:
    """`more`: something else was said with it that wants an answer of its own."""

    meaning: Meaning
    more: bool = False
    explicit: bool = False
    """It names what it wants ("confirmo", "cancelar"): clear also when other things were said in between."""


class _Part(StrEnum):
    COMES = "comes"
    SURE = "sure"
    AGREED = "agreed"
    NO = "no"
    REASON = "reason"
    """Why they would not come, and no more: a yes beside it outweighs it."""
    KEPT = "kept"
    MOVE = "move"
    SUITS = "suits"
    CANCEL = "cancel"
    PUT_OFF = "put_off"
    CONDITION = "condition"
    QUESTION = "question"
    OTHER = "other"
    EMPTY = "empty"


YESES: Final = frozenset({_Part.COMES, _Part.SURE, _Part.AGREED})
EXPLICIT: Final = re.compile(r"\bconfirm|\bestarei\b|\bcomparec|\bpresenca\b|\bremarc|\breagend|\bcancel|\bdesmarc")


def read_answer(text: str) -> Read:
    """Safe where it is ambiguous: two meanings that contradict each other are asked back, never weighed."""
    typed = as_words(text)
    if len(typed) > LONGEST:
        return Read(Meaning.OTHER)
    if not any(sign.isalnum() for sign in typed):
        return Read(Meaning.UNSURE if "?" in typed or "🙏" in typed else Meaning.OTHER)
    words = settled(corrected(typed))
    parts = _after_contrast([(_part(piece), piece.but) for piece in pieces_of(words)]) - {_Part.EMPTY}
    return _weighed(parts, explicit=EXPLICIT.search(words) is not None)


def _after_contrast(read: Sequence[tuple[_Part, bool]]) -> frozenset[_Part]:
    """ "Sim, recebi, mas não posso": the bare yes before the "mas" was to something else."""
    turn = next((place for place, (part, but) in enumerate(read) if but and part is _Part.NO), 0)
    return frozenset(
        part for place, (part, _) in enumerate(read) if place >= turn or part not in (_Part.SURE, _Part.AGREED)
    )


def _weighed(parts: frozenset[_Part], *, explicit: bool) -> Read:
    more = bool(parts & {_Part.QUESTION, _Part.OTHER, _Part.REASON, _Part.SUITS})
    meaning = _wish(parts) or _doubt(parts)
    if meaning is None:
        meaning = _presence(parts)
    return Read(Meaning.OTHER) if meaning is Meaning.OTHER else Read(meaning, more, explicit)


def _wish(parts: frozenset[_Part]) -> Meaning | None:
    """For something else to be done with it."""
    if _Part.MOVE in parts or {_Part.NO, _Part.SUITS} <= parts:
        return Meaning.MOVE
    if _Part.CANCEL in parts:
        return Meaning.UNSURE if parts & {_Part.COMES, _Part.KEPT} else Meaning.CANCEL
    return None


def _doubt(parts: frozenset[_Part]) -> Meaning | None:
    comes, yes = _Part.COMES in parts, bool(parts & YESES)
    asked_back = (
        _Part.PUT_OFF in parts
        or _Part.CONDITION in parts
        or (yes and _Part.NO in parts)
        or (yes and not comes and _Part.SURE not in parts and _Part.REASON in parts)
        or (_Part.KEPT in parts and not yes)
    )
    return Meaning.UNSURE if asked_back else None


def _presence(parts: frozenset[_Part]) -> Meaning:
    if _Part.NO in parts:
        return Meaning.NO
    if parts & {_Part.COMES, _Part.SURE} or (_Part.AGREED in parts and _Part.OTHER not in parts):
        return Meaning.YES
    return Meaning.NO if _Part.REASON in parts and _Part.QUESTION not in parts else Meaning.OTHER


def wishes(piece: str) -> str:
    """Without the thoughts that were given up, what is denied, and what they will see to themselves some day."""
    said = LATER_MINE.sub("", GIVEN_UP.sub("", piece))
    said = DENIED.sub("vou", UNCANCELLED.sub("vou", UNMOVED.sub("", said)))
    return " ".join(PRESENT.sub("vou", said).split())


def _part(piece: Piece) -> _Part:
    said = wishes(piece.words if piece.asks else UNMOVED_AFTER.sub("", piece.words))
    if doubts(said):
        return _Part.PUT_OFF
    moves = MOVE.search(said) is not None
    if CONDITION.search(said) and not moves and not piece.asks:
        return _Part.QUESTION if CONTINGENCY.search(said) else _Part.CONDITION
    if QUESTION.search(said) and not moves:
        return _Part.QUESTION
    if moves:
        return _Part.MOVE
    if KEPT.search(said) and not piece.asks:
        return _Part.COMES if COMES.search(said) and YES.fullmatch(beside_fillers(KEPT.sub(" ", said))) else _Part.KEPT
    if CANCEL.search(said):
        return _asked_to_cancel(said) if piece.asks else _Part.CANCEL
    rest = beside_fillers(said)
    if not rest:
        return _Part.EMPTY
    return _Part.QUESTION if piece.asks else _plain_answer(said, rest)


def _asked_to_cancel(said: str) -> _Part:
    """ "Pode cancelar?" asks us to; "posso cancelar?" may want only to know."""
    if ASKED_TO_CANCEL.search(said):
        return _Part.CANCEL
    return _Part.PUT_OFF if len(said.split()) <= SHORT_QUESTION else _Part.QUESTION


def _plain_answer(said: str, rest: str) -> _Part:
    if REFUSAL.search(rest):
        return _Part.NO
    if YES.fullmatch(rest) and not UNPROMISING.fullmatch(rest):
        if COMES.search(rest):
            return _Part.COMES
        return _Part.SURE if SURE.search(rest) else _Part.AGREED
    if REASON.search(said):
        return _Part.REASON
    return _Part.SUITS if SUITS.search(said) else _Part.OTHER
