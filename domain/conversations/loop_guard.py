"""Two machines can talk to each other for ever; this notices, from the shape of the talk alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

QUICK: Final = timedelta(seconds=6)
"""A person reads, thinks and types; eight answers in a row this quick, and alike, are no person's."""

ROUNDS: Final = 8
FEW_TEXTS: Final = 3
MOST_ANSWERS: Final = 60
PERIOD: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation, oldest first in any sequence; `ours` when the assistant said it.

    An answer in several parts is one line, said when the last of them was.
    """

    ours: bool
    text: str
    at: datetime


def looks_like_a_machine(lines: Sequence[Line], *, now: datetime) -> bool:
    """True when the contact answers at once and in few texts, or was answered more than anybody could read."""
    answers = sum(1 for line in lines if line.ours and now - line.at <= PERIOD)
    return answers >= MOST_ANSWERS or _parrots(lines)


def _parrots(lines: Sequence[Line]) -> bool:
    """A machine may react to each part of an answer: only its first line after one tells how quick it is."""
    rounds, texts = 0, set[str]()
    for before, line in zip(reversed(lines[:-1]), reversed(lines[1:]), strict=True):
        if line.ours:
            continue
        texts.add(" ".join(line.text.casefold().split()))
        if before.ours:
            rounds += 1
            if line.at - before.at > QUICK:
                return False
        if rounds == ROUNDS or len(texts) > FEW_TEXTS:
            break
    return rounds == ROUNDS and len(texts) <= FEW_TEXTS
