"""What a reply claims, held against what is so: a false claim never leaves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Protocol

ENDS: Final = re.compile(r"[.!?;](?:\s|$)|: ")
TELLING: Final = 12
"""Characters: a shorter line of the business's own may turn up anywhere."""


@dataclass(frozen=True, slots=True)
class Objection:
    """`reason` is a short fixed word. `truth` is told to the model, that it may say it better; `instead` is what is said
    where it does not. Where nothing is true that helps, `person_wanted`.
    """

    reason: str
    truth: str
    instead: str
    person_wanted: bool = False


@dataclass(frozen=True, slots=True)
class HeldClaim:
    """A reply that did not leave as the model wrote it; `instead` is what left."""

    reason: str
    text: str
    instead: str
    rewritten: bool


class Truth(Protocol):
    async def objection(self, text: str) -> Objection | None:
        """None where all that the text claims is so."""


def not_quoted(text: str, published: str) -> str:
    """The text without what the business itself tells everybody: "temos plantão aos domingos às 10h" is theirs to say."""
    lines = (line.strip() for line in published.splitlines())
    parts = {part.strip() for line in lines for part in (line, *ENDS.split(line))}
    for part in sorted(parts, key=len, reverse=True):
        if len(part) >= TELLING:
            text = text.replace(part, " ")
    return text
