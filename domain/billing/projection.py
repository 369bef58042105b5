"""What a cycle will have used when it ends, if the rest of it goes on like the days so far."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from domain.billing.cycle import Cycle

TOO_EARLY: Final = timedelta(days=1)
"""Before that a projection would only repeat a few hours."""


def projected(used: int, cycle: Cycle, now: datetime) -> int | None:
    """Rounded to the nearest; None while the cycle is too young to say."""
    passed = min(now, cycle.ends) - cycle.begins
    if passed < TOO_EARLY:
        return None
    return round(used * ((cycle.ends - cycle.begins) / passed))
