"""A line of the menu that puts somebody onto a waiting list, or takes them off it: meant only where nothing else is said."""

from __future__ import annotations

import re
from typing import Final

from domain.agenda.choice_words import ARTICLES, LEAVING, TITLES
from domain.agenda.choices import Option, words_of

SMALL: Final = frozenset((*ARTICLES, *TITLES, "por", "favor", "pfv", "sim", "pode", "me", "eu", "meu", "nome"))
WISHES: Final = frozenset({"quero", "queria", "gostaria"})
VERB: Final = re.compile(LEAVING)
ENOUGH: Final = 2
"""One word of "Entrar na lista de espera" may mean anything: "espera" alone asks for a moment."""


def beside_leaving(text: str) -> str:
    """What is left to tell one list from another."""
    return " ".join(word for word in words_of(text).split() if word not in SMALL and not VERB.fullmatch(word))


def asks_to_leave(text: str, line: Option) -> bool:
    """By what is waited for, or a word for leaving beside it: "limpeza", "quero sair da limpeza"."""
    said = set(words_of(text).split())
    verbs = {word for word in said if VERB.fullmatch(word)}
    return _nothing_beside(text, said - verbs - (WISHES if verbs else set()), line.label.partition(",")[0])


def asks_to_wait(text: str, line: Option) -> bool:
    said, label = set(words_of(text).split()), words_of(line.label).split()
    told = said & (set(label) - SMALL)
    return (label[0] in told or len(told) >= ENOUGH) and _nothing_beside(text, said - WISHES, line.label)


def _nothing_beside(text: str, said: set[str], label: str) -> bool:
    return "?" not in text and not said - SMALL - set(words_of(label).split())
