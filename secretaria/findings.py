"""What an examination of an installation finds: one sentence about one part, and what helps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    FINE = "fine"
    ODD = "odd"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one part; `mend` says what helps where it is not fine."""

    state: State
    what: str
    mend: str = ""


def fine(what: str) -> list[Finding]:
    return [Finding(State.FINE, what)]


def wrong(what: str, mend: str) -> list[Finding]:
    return [Finding(State.WRONG, what, mend)]


def brief(error: Exception) -> str:
    """The kind of error only: its text may repeat a URL with a password."""
    return type(error).__name__
