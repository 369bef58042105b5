"""Questions that are asked often, as people type them: ways to ask on one side, the answer on the other."""

from __future__ import annotations

import re
from typing import Final

from domain.assistant.persona import Faq
from domain.shared.errors import Invalid

MOST_ENTRIES: Final = 40
MOST_WAYS: Final = 20
LONGEST_QUESTION: Final = 300
LONGEST_ANSWER: Final = 1_000
BETWEEN: Final = re.compile(r"[,;\n]")


class HalfAnEntry(Invalid):
    """A question without an answer, or an answer to nothing."""


def read_entry(question: str, answer: str, *, field: str) -> Faq | None:
    """ "horário, que horas abre" and its answer; None where nothing is typed at all. Raises Invalid."""
    ways = tuple(dict.fromkeys(way for part in BETWEEN.split(question) if (way := " ".join(part.split()))))
    told = "\n".join(line.rstrip() for line in answer.strip().splitlines())
    if not ways and not told:
        return None
    if not ways or not told:
        raise HalfAnEntry("a question needs an answer, and an answer its question", field=field)
    if len(ways) > MOST_WAYS or len(question) > LONGEST_QUESTION or len(told) > LONGEST_ANSWER:
        raise Invalid(f"at most {LONGEST_QUESTION} and {LONGEST_ANSWER} characters", field=field)
    if "\0" in question + told:
        raise Invalid("text that can be read", field=field)
    return Faq(ways, told)


def as_typed(entry: Faq) -> tuple[str, str]:
    return ", ".join(entry.keywords), entry.answer
