"""(d) How much longer quiet companies wait while one floods, beside one queue for all.

The queue for all is the same system with everybody's contacts in one company: same code, same load, no
fairness.
"""

from __future__ import annotations

from collections.abc import Sequence

from ops.load.answering import overheads, warm_up
from ops.load.figures import Figure, quantile
from ops.load.ground import Ground
from ops.load.orders import Order
from ops.load.webhooks import Target

FLOOD = 2_000
QUIET_RATE = 10.0


def measure(ground: Ground, seconds: float) -> list[Figure]:
    noisy, quiet = ground.targets[:1], ground.targets[1:]
    calm = waits(ground, noisy, quiet, seconds, flood=0)
    fair = waits(ground, noisy, quiet, seconds, flood=FLOOD)
    shared = waits(ground, noisy, noisy, seconds, flood=FLOOD)
    return [
        row("p50", calm, fair, shared, 0.5, aim=None),
        row("p99", calm, fair, shared, 0.99, aim=50.0),
    ]


def waits(
    ground: Ground, noisy: Sequence[Target], quiet: Sequence[Target], seconds: float, *, flood: int
) -> list[float]:
    """Milliseconds that quiet contacts' messages took besides the model, right behind a flood."""
    ground.clear()
    with ground.running("api", "relay", "worker"):
        warm_up(ground)
        if flood:
            ground.generator(
                Order(tuple(noisy), 60, run="", contacts=flood, warmup=0.0, rate=2_000, limit=flood)
            ).outcome()
        load = ground.generator(Order(tuple(quiet), seconds, run="", contacts=500, rate=QUIET_RATE, warmup=0.0))
        load.outcome()
        return overheads(ground, load.shots(), 90)


def row(
    which: str,
    calm: Sequence[float],
    fair: Sequence[float],
    shared: Sequence[float],
    part: float,
    *,
    aim: float | None,
) -> Figure:
    usual = quantile(calm, part)
    added = quantile(fair, part) - usual
    return Figure(
        f"quiet companies' added wait while one floods, {which}",
        added,
        "ms",
        "" if aim is None else f"<= {aim:.0f} ms",
        met=None if aim is None else added <= aim,
        peer="one queue for all",
        beside=quantile(shared, part) - usual,
        note=f"{usual:.0f} ms in calm; {FLOOD} messages at once",
    )
