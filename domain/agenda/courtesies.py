"""Thanks, goodbyes and greetings with nothing else beside them: no riddle, and no wish either."""

from __future__ import annotations

import re
from typing import Final

from domain.agenda.choice_words import HAIL, YES
from domain.agenda.choices import words_of

GOODBYE: Final = r"(?:tchau|ate (?:logo|mais|la|breve|amanha)|abracos?|beijos?|bjs?|bom dia|boa (?:tarde|noite))"
THANKS: Final = re.compile(
    r"(?:muit[ao] |mto )?(?:obrigad\w+|obg|obgd|brigad\w+|grat[ao]|agradec\w+|valeu|vlw)"
    rf"(?: (?:muito|demais|mesmo|viu|a voces?|pel[ao] \w+|por (?:tudo|avisar)|{GOODBYE}))*"
    rf"|(?:tchau|ate (?:logo|mais|la|breve|amanha)|abracos?)(?: {GOODBYE})*"
)
HELLO: Final = re.compile(rf"{HAIL}(?: (?:gente|pessoal|{HAIL}))*")


def thanks(text: str) -> bool:
    """Or says goodbye; "ok, obrigada" does so too."""
    said = words_of(text)
    agreed = YES.match(said)
    return any(THANKS.fullmatch(each) for each in (said, said[agreed.end() :] if agreed else ""))


def greets(text: str) -> bool:
    return HELLO.fullmatch(words_of(text)) is not None
