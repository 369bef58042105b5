"""The workers that were heard, as figures by pool."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from adapters.telemetry import metrics
from application.provisioning.workers import Heartbeat

POOLS_NAMED: Final = 500
OTHER: Final = "other"

_named: set[str] = set()


def show_workers(heard: Sequence[Heartbeat]) -> None:
    """A pool whose workers have gone stays, with nought: a series that vanished would look like one nobody read."""
    metrics.WORKERS.set(len(heard))
    workers: Counter[str] = Counter(_label(beat.pool) for beat in heard)
    slots: Counter[str] = Counter()
    in_flight: Counter[str] = Counter()
    for beat in heard:
        slots[_label(beat.pool)] += beat.slots
        in_flight[_label(beat.pool)] += beat.in_flight
    for pool in _named:
        metrics.POOL_WORKERS.labels(pool=pool).set(workers[pool])
        metrics.POOL_SLOTS.labels(pool=pool).set(slots[pool])
        metrics.POOL_IN_FLIGHT.labels(pool=pool).set(in_flight[pool])


def _label(pool: str) -> str:
    """The pool's name for the first 500 that this process meets, as for companies."""
    label = pool if pool in _named or len(_named) < POOLS_NAMED else OTHER
    _named.add(label)
    return label
