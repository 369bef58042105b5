"""How many letters somebody who is logged in may have sent: no address is flooded, and nobody floods many."""

from __future__ import annotations

from dataclasses import dataclass

from application.access.proofs import Attempts, Guessed


@dataclass(frozen=True, slots=True)
class LetterLimit:
    """Counted by who asks and by who is written to; whoever asks is known, so their network does not matter."""

    attempts: Attempts

    async def __call__(self, to: str, by: str) -> None:
        """Raises TooOften or Unavailable."""
        await self.attempts.take(Guessed.LETTER_BY, by, "")
        await self.attempts.take(Guessed.LETTER_TO, to, "")
