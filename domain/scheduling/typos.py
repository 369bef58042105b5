"""Words of when with one letter wrong: "qunta", "amahã", "dezenbro", but never "quanta" or "terço"."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Final

from domain.scheduling.vocabulary import DISEMVOWELED, MISTYPED, NUMBERS, ORDINALS, ORDINARY, SHORTENED

KNOWN: Final = frozenset(MISTYPED) | frozenset(NUMBERS) | frozenset(ORDINALS) | frozenset(SHORTENED)
SHORTEST: Final = 5
"""Letters: shorter words have too many honest neighbours."""

REMEMBERED: Final = 4096


@lru_cache(REMEMBERED)
def corrected(word: str) -> str:
    """The word of when that was meant, where it lies one slip away and nothing ordinary does; else the word."""
    if word in KNOWN or word in ORDINARY:
        return word
    if meant := _without_vowels(word):
        return meant
    single = "".join(letter for letter, _ in groupby(word))
    if single != word and (single in KNOWN or single in ("hoje", "agora", "quinta")):
        return single
    if len(word) < SHORTEST - 1:
        return word
    near = [meant for meant in MISTYPED if len(meant) >= SHORTEST and meant[0] == word[0] and one_slip(word, meant)]
    return near[0] if len(set(near)) == 1 else word


def _without_vowels(word: str) -> str:
    """ "Smn", "sgnd", "qrta", "trca": written by its consonants, perhaps with its last letter."""
    consonants = word.rstrip("aeo")
    meant = DISEMVOWELED.get(consonants, "")
    return meant if len(word) - len(consonants) < 2 and meant.endswith(word[len(consonants) :]) else ""


def one_slip(word: str, meant: str) -> bool:
    """Equal but for one letter wrong, missing, too many, or two swapped."""
    if abs(len(word) - len(meant)) > 1 or word == meant:
        return False
    start = next(
        (at for at, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other),
        min(len(word), len(meant)),
    )
    rest, other = word[start:], meant[start:]
    if len(rest) == len(other):
        return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    return rest[1:] == other if len(rest) > len(other) else rest == other[1:]
