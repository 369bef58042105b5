"""How many of those who were expected came."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Presence:
    """How many came and how many did not, of those it is known of."""

    kept: int = 0
    missed: int = 0

    @property
    def rate(self) -> float | None:
        """None where nothing is known yet."""
        known = self.kept + self.missed
        return self.kept / known if known else None
