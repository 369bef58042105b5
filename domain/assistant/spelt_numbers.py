"""Numbers told in words: "três um, nove oito, oito sete" is somebody's telephone as much as its digits are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from domain.assistant.plain import plain

SINGLE: Final = ("zero", "um", "dois", "tres", "quatro", "cinco", "seis", "sete", "oito", "nove")
TEENS: Final = (
    "dez", "onze", "doze", "treze", "quatorze", "quinze", "dezesseis", "dezessete", "dezoito", "dezenove",
)  # fmt: skip
TENS: Final = ("vinte", "trinta", "quarenta", "cinquenta", "sessenta", "setenta", "oitenta", "noventa")
HUNDREDS: Final = (
    "cento", "duzentos", "trezentos", "quatrocentos", "quinhentos", "seiscentos", "setecentos", "oitocentos", "novecentos",
)  # fmt: skip
VALUES: Final = (
    {word: value for value, word in enumerate(SINGLE)}
    | {word: 10 + value for value, word in enumerate(TEENS)}
    | {word: 20 + 10 * value for value, word in enumerate(TENS)}
    | {word: 100 + 100 * value for value, word in enumerate(HUNDREDS)}
    | {"uma": 1, "duas": 2, "meia": 6, "catorze": 14, "cem": 100}
)
SIGNS: Final = frozenset({"ponto", "traco", "hifen", "barra", "espaco"})
AMOUNTS: Final = frozenset(
    {"real", "reais", "hora", "horas", "minutos", "dias", "vezes", "sessoes", "anos", "mil", "h"}
)
"""What is counted is no number of anybody's."""

PIECE: Final = re.compile(r"[a-z]+|\d+|[!?;:()\n]")
LEAST_DIGITS: Final = 8
"""A telephone without its area code; documents and cards have more."""

LEAST_WORDS: Final = 4
LAST_DAY: Final = 31


def spelt_numbers(text: str) -> Iterator[str]:
    """The digits of each long number in words."""
    run: list[int] = []
    joined = False
    for word in (*PIECE.findall(plain(text)), "\n"):
        value = VALUES.get(word)
        if value is not None:
            if joined and not _belongs(run[-1], value):
                run = []  # "nove, dez e onze": an "e" that adds nothing ends a list
            if joined and run:
                run[-1] += value
            else:
                run.append(value)
        elif not (run and word in SIGNS) and word != "e":
            if _long(run) and word not in AMOUNTS:
                yield "".join(map(str, run))
            run = []
        joined = word == "e" and bool(run)


def _belongs(before: int, value: int) -> bool:
    """ "Trinta e um", "cento e vinte", "cento e vinte e três"."""
    return 0 < value < (100 if before % 100 == 0 else 10 if before % 10 == 0 else 0) and before >= 20


def _long(run: list[int]) -> bool:
    """Long enough to be a telephone or a document, and no list: those grow, or are of hours and days."""
    if len(run) < LEAST_WORDS or len("".join(map(str, run))) < LEAST_DIGITS:
        return False
    grows = all(one < other for one, other in pairwise(run))
    return not grows and (max(run) > LAST_DAY or len(run) >= LEAST_DIGITS)
