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
        """From 0 to 1; None where nothing is known yet. Who cancelled in time was not expected."""
        known = self.kept + self.missed
        return self.kept / known if known else None
