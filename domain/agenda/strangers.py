"""Whom somebody asks for: one of those who attend, or a name that nobody here has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from domain.agenda.choice_words import TITLES
from domain.agenda.choices import SMALL, words_of
from domain.scheduling.typos import KNOWN, corrected

LONGEST: Final = 300
NAME: Final = r"[^\W\d_][\w'’-]*"
TITLED: Final = re.compile(rf"\b(?i:{'|'.join(TITLES)})\b\.? *(?:(?i:d[aeo]s?) )?({NAME})")
WITH: Final = re.compile(rf"\b(?i:com) (?i:[ao]) ([A-ZÀ-Ý]{NAME})")
"""A capital letter tells a name from "com a dentista" where no title does."""

NO_NAMES: Final = frozenset(
    (
        *("hoje", "logo", "cedo", "sempre", "mesmo", "mesma", "dele", "dela", "que", "me", "nao", "esta", "ta", "vai"),
        *("atende", "tem", "pode", "por", "pelo", "pela", "la", "ai", "se", "ja", "so", "ou", "mais", "sim", "meu"),
        *("minha", "seu", "sua", "ele", "ela", "hora", "dia"),
    )
)


def stranger(text: str, names: Iterable[str], *, known: Iterable[str] = ()) -> str | None:
    """The name that was asked for, where none of `names` has it; None where nobody was named, or somebody who is there.

    `known`: what else may be called so, as a service may be.
    """
    here = {word for name in (*names, *known) for word in words_of(name).split()}
    said = text[:LONGEST]
    asked = [found for pattern in (TITLED, WITH) for found in pattern.finditer(said)]
    called = [(found[0], name) for found in asked if _is_name(name := words_of(found[1]))]
    if any(name in here for _, name in called):
        return None
    return next((_as_told(whole) for whole, _ in called), None)


def _is_name(word: str) -> bool:
    """ "Com a dra amanhã" names nobody."""
    return word not in SMALL and word not in NO_NAMES and corrected(word) not in KNOWN


def _as_told(whole: str) -> str:
    told = re.sub(r"^(?i:com) ", "", whole.strip())
    return told[0].upper() + told[1:]
