"""Of those who were expected, how many came."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Presence:
    kept: int
    missed: int

    @property
    def rate(self) -> float | None:
        """From 0 to 1; None while nobody was expected. Who cancelled in time was not."""
        expected = self.kept + self.missed
        return self.kept / expected if expected else None
