"""How much one reply may cost: seconds, calls, tokens and characters. Reaching a limit ends the reply, never the talk."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

CHARACTERS_PER_TOKEN: Final = 3.0
"""Portuguese runs at 3.5 to 4.5 characters a token; three errs towards asking less."""

LEAST_USEFUL: Final = 1.0
"""Seconds: with less than this left no model is asked, the contact gets the fixed answer instead."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` for the whole reply; the main model has `main_seconds` of them, its own retries included, so that the
    smaller one still has time to answer. Tokens are estimated before the call and counted after it."""

    seconds: float = 20.0
    main_seconds: float = 12.0
    history_tokens: int = 2_000
    output_tokens: int = 800
    message_characters: int = 4_000
    reply_characters: int = 1_800
    tool_rounds: int = 6
    """So often the model may use tools for one reply; then it must speak."""
    tool_calls: int = 4
    """In one round; what it asks beyond that is not done, and it is told so."""

    def share(self, elapsed: float, *, first: bool) -> float:
        """Seconds that the next model may take; 0 when it is too late to ask."""
        left = self.seconds - elapsed
        granted = min(left, self.main_seconds) if first else left
        return granted if granted >= LEAST_USEFUL else 0.0


def estimated_tokens(text: str) -> int:
    return math.ceil(len(text) / CHARACTERS_PER_TOKEN)
