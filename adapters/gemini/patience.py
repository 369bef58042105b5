"""How long Gemini is waited for, how often it is asked, and when it is left alone."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from adapters.gemini.errors import Trouble


@dataclass(frozen=True, slots=True)
class Patience:
    """Up to `attempts` calls, none longer than `attempt_seconds`, with growing pauses between them.

    With less than `least` seconds left it is not worth asking. A server that wants a longer wait than there is time for
    is believed at once. After `failures_to_open` failures in a row a key and model rest for `open_seconds`.
    """

    attempts: int = 3
    attempt_seconds: float = 9.0
    first_pause: float = 0.3
    least: float = 0.8
    failures_to_open: int = 5
    open_seconds: float = 8.0

    def pause(self, trouble: Trouble, *, attempt: int, left: float) -> float | None:
        """Seconds before the next attempt, or None when there is no point in one."""
        growing = self.first_pause * 2 ** (attempt - 1) * random.uniform(0.8, 1.2)  # noqa: S311 - only to spread
        pause = max(growing, trouble.wait or 0.0)
        worth_it = trouble.again and attempt < self.attempts and left - pause >= self.least
        return pause if worth_it else None


PATIENT: Final = Patience()
