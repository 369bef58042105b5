"""A short answer as its clauses: spelt as our patterns are, each with what joins it to the one before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final
from unicodedata import normalize

from domain.assistant.clause_words import (
    DOUBT,
    DOUBTS_ANOTHER_THING,
    FILLERS,
    LAUGHS,
    SHORT,
    SIGNS,
    SPELT_RIGHT,
    TURNED,
    TYPED_WRONG,
)
from domain.assistant.plain import plain

CLAUSE: Final = re.compile(r"([^,.!;\n?]*)([,.!;\n?]+|$)")
JOINED: Final = re.compile(r"\b(mas|porem|contudo|so que|e)\b")
AND: Final = "e"
ACCENTED_IS: Final = re.compile(r"\b[éÉ]\b")
IS: Final = re.compile(r"(?<=\bnao )e\b")
"""Without its accent "é" is "and"; after a "não" it is surely the verb."""

NUM: Final = re.compile(r"\bnum(?= (?:vou|vo|posso|consigo|quero|vai|da|tem|rola|sei)\b)")
""" "Num vou" is how a "não" is said in a hurry; before a noun it is "em um"."""

SIR: Final = re.compile(r"\b[sS][ôÔ]\b")
""" "Sô" closes a sentence in Minas, and without its accent it would be an "only"."""

NEITHER: Final = re.compile(r"[^a-z0-9:/?,.!;\n -]")


@dataclass(frozen=True, slots=True)
class Piece:
    """So much as can be meant at once; `asks`: it ends in a question mark; `but`: it is set against the one before."""

    words: str
    asks: bool
    but: bool = False


def as_words(text: str) -> str:
    """With the signs that stand for a word told as one."""
    return "".join(SIGNS.get(sign, sign) for sign in text)


def corrected(typed: str) -> str:
    """Plain, and spelt as our patterns are."""
    composed = SIR.sub(" ", ACCENTED_IS.sub("eh", normalize("NFC", typed)))
    return IS.sub("eh", _corrected(NUM.sub("nao", plain(composed))))


def pieces_of(words: str) -> list[Piece]:
    found: list[Piece] = []
    for clause in CLAUSE.finditer(words):
        but = False
        for part in JOINED.split(clause[1]):
            if JOINED.fullmatch(part):
                but = but or part != AND
            elif part.split():
                found.append(Piece(" ".join(part.split()), "?" in clause[2], but))
                but = False
    return found


def settled(words: str) -> str:
    """What is left of it when somebody corrects themselves."""
    return TURNED.split(words)[-1]


def beside_fillers(said: str) -> str:
    """What is left without the words that change no meaning; nothing of a laugh."""
    return " ".join(FILLERS.sub(" ", said).split())


def doubts(piece: str) -> bool:
    """Whether it leaves open what was asked, and not something else."""
    return DOUBT.search(piece) is not None and DOUBTS_ANOTHER_THING.search(piece) is None


def _corrected(words: str) -> str:
    return re.sub(r"[^\s,.!;?]+", lambda word: _word(NEITHER.sub("", word[0])), words)


def _word(word: str) -> str:
    if LAUGHS.fullmatch(word):
        return ""
    for spelling, meant in SHORT:
        if spelling.fullmatch(word):
            return meant
    squeezed = re.sub(r"([a-z])\1{2,}", r"\1", word)
    if len(squeezed) < 6 or SPELT_RIGHT.search(squeezed):
        return squeezed
    close = get_close_matches(squeezed, TYPED_WRONG, 1, 0.87)
    return close[0] if close and close[0][0] == squeezed[0] else squeezed
