"""A part of a month's price, to the cent: parts that cover the month add up to its price, however it is cut.

Each part is the difference of two running totals, so what one part loses by rounding the next one gains.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.billing.cycle import Cycle

MICROSECOND = timedelta(microseconds=1)


def used_until(price_cents: int, cycle: Cycle, moment: datetime) -> int:
    """The cents of the price that the time up to `moment` has used: 0 before the cycle, all of it after."""
    whole = (cycle.ends - cycle.begins) // MICROSECOND
    passed = (min(max(moment, cycle.begins), cycle.ends) - cycle.begins) // MICROSECOND
    return price_cents * passed // whole


def part(price_cents: int, cycle: Cycle, since: datetime, until: datetime) -> int:
    return used_until(price_cents, cycle, until) - used_until(price_cents, cycle, since)


def rest(price_cents: int, cycle: Cycle, moment: datetime) -> int:
    """What is left of the price at that moment."""
    return price_cents - used_until(price_cents, cycle, moment)
