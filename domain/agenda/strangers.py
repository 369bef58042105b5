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
MINE: Final = r"(?!\w*,? (?i:minha|meu)\b)"
"""Who is theirs comes to be attended, and attends nobody."""

TITLE: Final = rf"(?i:{'|'.join(TITLES)})\b\.? *(?:(?i:d[aeo]s?) )?"
CAPITAL: Final = r"(?=[A-ZÀ-Ý])"
TITLED: Final = re.compile(rf"\b(?i:d[aeo]|pel[ao]) ({TITLE}{CAPITAL}({NAME})){MINE}")
WITH_TITLED: Final = re.compile(rf"\b(?i:com)(?: (?i:[ao]))? ({TITLE}({NAME})){MINE}")
WITH: Final = re.compile(rf"\b(?i:com) ((?i:[ao]) {CAPITAL}({NAME})){MINE}")
"""A capital letter tells a name from "com a dentista" where no title does."""

PAYS: Final = re.compile(r"\b(?:pag|parcel|cust|convenio|plano)\w*")
NO_PEOPLE: Final = frozenset(
    (
        *("unimed", "amil", "bradesco", "sulamerica", "hapvida", "notredame", "intermedica", "cassi", "geap", "ipsemg"),
        *("porto", "golden", "prevent", "allianz", "itau", "odontoprev", "saude", "convenio", "plano", "sus"),
        *(
            "pix",
            "cartao",
            "dinheiro",
            "boleto",
            "credito",
            "debito",
            "nubank",
            "picpay",
            "caixa",
            "visa",
            "mastercard",
        ),
    )
)
"""Who pays, and with what."""

NO_NAMES: Final = frozenset(
    (
        *("hoje", "logo", "cedo", "sempre", "mesmo", "mesma", "dele", "dela", "que", "me", "nao", "esta", "ta", "vai"),
        *("atende", "tem", "pode", "por", "pelo", "pela", "la", "ai", "se", "ja", "so", "ou", "mais", "sim", "meu"),
        *("minha", "seu", "sua", "ele", "ela", "hora", "dia"),
        *("preciso", "posso", "consigo", "bom", "boa", "tudo", "obrigado", "obrigada", "muito"),
    )
)


def stranger(text: str, names: Iterable[str], *, known: Iterable[str] = ()) -> str | None:
    """The name that was asked for, where none of `names` has it; None where nobody was named, or somebody who is there.

    `known`: what else may be called so, as a service may be.
    """
    here = {word for name in (*names, *known) for word in words_of(name).split()}
    said = text[:LONGEST]
    paying = PAYS.search(words_of(said)) is not None
    shouted = said.isupper()
    told = [WITH_TITLED, *([] if shouted else [TITLED]), *([] if shouted or paying else [WITH])]
    asked = [found for pattern in told for found in pattern.finditer(said)]
    called = [(found[1], name) for found in asked if _is_name(name := words_of(found[2]))]
    if any(name in here for _, name in called):
        return None
    return next((_as_told(whole) for whole, _ in called), None)


def _is_name(word: str) -> bool:
    """ "Com a dra amanhã" names nobody."""
    return word not in SMALL | NO_NAMES | NO_PEOPLE and corrected(word) not in KNOWN


def _as_told(whole: str) -> str:
    return whole[0].upper() + whole[1:]
