"""What somebody means who answers a reminder: yes, no, another time, call it off; or something that must be asked back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Final
from unicodedata import normalize

from domain.assistant.plain import plain
from domain.reminders.answer_words import (
    ASKED_TO_CANCEL,
    CANCEL,
    FILLERS,
    MOVE,
    NEGATED,
    NO,
    PUT_OFF,
    QUESTION,
    SHORT,
    SIGNS,
    SPELT_RIGHT,
    SURE,
    TYPED_WRONG,
    UNPROMISING,
    YES,
)

LONGEST: Final = 300
"""Who writes more than that tells a story: the model reads it."""

SHORT_QUESTION: Final = 3
CLAUSE: Final = re.compile(r"([^,.!;\n?]*)([,.!;\n?]+|$)")
JOINED: Final = re.compile(r"\b(?:mas|porem|so que|e)\b")
ACCENTED_IS: Final = re.compile(r"\b[éÉ]\b")
IS: Final = re.compile(r"(?<=\bnao )e\b")
"""Without its accent "é" is "and"; after a "não" it is surely the verb."""

NEITHER: Final = re.compile(r"[^a-z0-9:/?,.!;\n -]")
LAUGHS: Final = re.compile(r"^(?:k{2,}|(?:ha|rs|he){1,}h?)$")


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
    SURE = "sure"
    AGREED = "agreed"
    NO = "no"
    MOVE = "move"
    CANCEL = "cancel"
    PUT_OFF = "put_off"
    QUESTION = "question"
    OTHER = "other"
    EMPTY = "empty"


EXPLICIT: Final = re.compile(r"\bconfirm|\bestarei\b|\bcomparec|\bpresenca\b|\bremarc|\breagend|\bcancel|\bdesmarc")


@dataclass(frozen=True, slots=True)
class Piece:
    """So much as can be meant at once; `asks`: it ends in a question mark."""

    words: str
    asks: bool


def read_answer(text: str) -> Read:
    """Safe where it is ambiguous: two meanings that contradict each other are asked back, never weighed."""
    typed = as_words(text)
    if len(typed) > LONGEST:
        return Read(Meaning.OTHER)
    if not any(sign.isalnum() for sign in typed):
        return Read(Meaning.UNSURE if "?" in typed or "🙏" in typed else Meaning.OTHER)
    words = corrected(typed)
    parts = frozenset(_part(piece.words, asks=piece.asks) for piece in pieces_of(words)) - {_Part.EMPTY}
    return _weighed(parts, explicit=EXPLICIT.search(words) is not None)


def as_words(text: str) -> str:
    """With the signs that stand for a word told as one."""
    return "".join(SIGNS.get(sign, sign) for sign in text)


def corrected(typed: str) -> str:
    """Plain, and spelt as our patterns are."""
    return IS.sub("eh", _corrected(plain(ACCENTED_IS.sub("eh", normalize("NFC", typed)))))


def pieces_of(words: str) -> list[Piece]:
    found = [
        Piece(" ".join(piece.split()), "?" in clause[2])
        for clause in CLAUSE.finditer(words)
        for piece in JOINED.split(clause[1])
    ]
    return [piece for piece in found if piece.words]


def _weighed(parts: frozenset[_Part], *, explicit: bool) -> Read:
    more = bool(parts & {_Part.QUESTION, _Part.OTHER})
    if _Part.MOVE in parts:
        return Read(Meaning.MOVE, more, explicit)
    if _Part.CANCEL in parts:
        return Read(Meaning.CANCEL, more, explicit)
    going = bool(parts & {_Part.SURE, _Part.AGREED})
    if _Part.PUT_OFF in parts or (going and _Part.NO in parts):
        return Read(Meaning.UNSURE, more, explicit)
    if _Part.NO in parts:
        return Read(Meaning.NO, more, explicit)
    if _Part.SURE in parts or (_Part.AGREED in parts and _Part.OTHER not in parts):
        return Read(Meaning.YES, more, explicit)
    return Read(Meaning.OTHER)


def _part(piece: str, *, asks: bool) -> _Part:
    said = NEGATED.sub(lambda found: "vou" if found[1] in ("faltar", "cancelar", "desmarcar") else "", piece).strip()
    if PUT_OFF.search(said):
        return _Part.PUT_OFF
    if QUESTION.search(said) and not MOVE.search(said):
        return _Part.QUESTION
    if MOVE.search(said):
        return _Part.MOVE
    if CANCEL.search(said):
        return _asked_to_cancel(said) if asks else _Part.CANCEL
    rest = beside_fillers(said)
    if not rest:
        return _Part.EMPTY
    if asks:
        return _Part.QUESTION
    return _plain_answer(rest)


def beside_fillers(said: str) -> str:
    """What is left without the words that change no meaning; nothing of a laugh."""
    rest = " ".join(FILLERS.sub(" ", said).split())
    return "" if LAUGHS.fullmatch(rest) else rest


def _asked_to_cancel(said: str) -> _Part:
    """ "Pode cancelar?" asks us to; "posso cancelar?" may want only to know."""
    if ASKED_TO_CANCEL.search(said):
        return _Part.CANCEL
    return _Part.PUT_OFF if len(said.split()) <= SHORT_QUESTION else _Part.QUESTION


def _plain_answer(rest: str) -> _Part:
    if NO.search(rest):
        return _Part.NO
    if YES.fullmatch(rest) and not UNPROMISING.fullmatch(rest):
        return _Part.SURE if SURE.search(rest) else _Part.AGREED
    return _Part.OTHER


def _corrected(words: str) -> str:
    return re.sub(r"[^\s,.!;?]+", lambda word: _word(NEITHER.sub("", word[0])), words)


def _word(word: str) -> str:
    for spelling, meant in SHORT:
        if spelling.fullmatch(word):
            return meant
    squeezed = re.sub(r"([a-z])\1{2,}", r"\1", word)
    if len(squeezed) < 6 or SPELT_RIGHT.search(squeezed):
        return squeezed
    close = get_close_matches(squeezed, TYPED_WRONG, 1, 0.87)
    return close[0] if close and close[0][0] == squeezed[0] else squeezed
