"""Thanks, goodbyes and greetings with nothing else beside them: no riddle, and no wish either."""

from __future__ import annotations

import re
from typing import Final

from domain.agenda.choice_words import AGREED, HAIL, NO_SIGNS
from domain.agenda.choices import words_of

GOODBYE: Final = r"(?:tchau|ate (?:logo|mais|la|breve|amanha)|abracos?|beijos?|bjs?|bom dia|boa (?:tarde|noite))"
THANKS: Final = re.compile(
    r"(?:muit[ao] |mto )?(?:obrigad\w+|obg|obgd|brigad\w+|grat[ao]|agradec\w+|valeu|vlw)"
    rf"(?: (?:muito|demais|mesmo|viu|a voces?|pel[ao] \w+|por (?:tudo|avisar)|{GOODBYE}))*"
    rf"|(?:tchau|ate (?:logo|mais|la|breve|amanha)|abracos?)(?: {GOODBYE})*"
)
HELLO: Final = re.compile(rf"{HAIL}(?: (?:gente|pessoal|{HAIL}))*")
AGREEING: Final = re.compile(rf"(?:{AGREED} )*")
DECLINES: Final = re.compile(
    r"(?:(?:nao|n|nn|nope|negativo|agora nao|por enquanto|nada|mais nada|(?:(?:e|eh|era) )?so isso(?: mesmo)?)(?: |$))+"
)


def thanks(text: str) -> bool:
    """Or says goodbye, or that it was all; "ok, obrigada" and "não, obrigada" do so too."""
    said = words_of(text)
    agreed, declined = AGREEING.match(said), DECLINES.match(said)
    rests = [said, *(said[found.end() :].strip() for found in (agreed, declined) if found)]
    return any(THANKS.fullmatch(each) for each in rests) or (
        declines(text) and re.search(r"\bso\b|\bnada\b", said) is not None
    )


def declines(text: str) -> bool:
    """A no, or "só isso", and nothing of what it is about."""
    said = words_of(text)
    return DECLINES.fullmatch(said) is not None or (not said and NO_SIGNS.search(text) is not None)


def greets(text: str) -> bool:
    return HELLO.fullmatch(words_of(text)) is not None
