"""What a cycle will have used when it ends, if the rest of it goes on like the days so far.

The rule: what was used, by the time that has passed, for the length of the whole cycle. Nothing is foretold in a cycle's
first day, and a cycle that is over used what it used.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from domain.billing.cycle import Cycle

TOO_EARLY: Final = timedelta(days=1)
"""Before that a projection would only repeat a few hours."""


def projected(used: int, cycle: Cycle, now: datetime) -> int | None:
    """Rounded to the nearest, half goes up; None while the cycle is too young to say."""
    passed = min(now, cycle.ends) - cycle.begins
    if passed < TOO_EARLY:
        return None
    tick = timedelta.resolution
    whole, gone = (cycle.ends - cycle.begins) // tick, passed // tick
    return (2 * used * whole + gone) // (2 * gone)
