"""Rolls the workers of a `secretaria supervise` from the first second to the last, whatever else is falling over.

By turns one of its workers is asked to end, and starts again under it; or it is asked itself, drains all it has, and is
started again. A worker counts once it was at work, was asked by SIGTERM, and has ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Final

import psutil

from ops.chaos.supervisor import Supervisor
from ops.load.processes import family

SUPERVISE: Final = "supervise"
WORKERS: Final = 2
"""Under it: one drains while the other works on."""

MOST: Final = 100
WHOLE_RUN: Final = 240.0
"""So many restarts in a run of so many seconds; a shorter run has its share."""

LOOK: Final = 0.1
ENDED_WITHIN: Final = 45.0
"""Longer than a worker may drain, and than what stands between it and being killed for it."""


def wanted(seconds: float) -> int:
    return min(MOST, max(WORKERS, round(MOST * seconds / WHOLE_RUN)))


@dataclass(slots=True)
class Rolling:
    """`at_work` is the port that a worker connects to as soon as it serves. `rolled` counts the restarts."""

    supervisor: Supervisor
    at_work: int
    wanted: int
    say: Callable[[str], None]
    rolled: int = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Until all that are wanted were rolled, or `stop`."""
        for turn in count():
            workers = await self._workers(stop)
            if stop.is_set() or self.rolled >= self.wanted:
                return
            asked = workers if turn % 2 else workers[:1]
            self._ask(asked, all_at_once=len(asked) == len(workers))
            self.rolled += await self._ended(asked)
            self.say(f"         rolled {self.rolled} workers of {self.wanted}")

    async def _workers(self, stop: asyncio.Event) -> list[psutil.Process]:
        """All that are wanted, once every one of them is at work; or whoever is, when the run is over."""
        while True:
            found = [one for one in family(self.supervisor.running[SUPERVISE].pid)[1:] if self._is_at_work(one)]
            if len(found) >= WORKERS or stop.is_set():
                return found
            await asyncio.sleep(LOOK)

    def _is_at_work(self, process: psutil.Process) -> bool:
        with contextlib.suppress(psutil.Error):
            return any(one.raddr and one.raddr.port == self.at_work for one in process.net_connections())
        return False

    def _ask(self, workers: list[psutil.Process], *, all_at_once: bool) -> None:
        if all_at_once:
            self.supervisor.terminate(SUPERVISE)
            return
        for worker in workers:
            with contextlib.suppress(psutil.NoSuchProcess):
                worker.terminate()

    async def _ended(self, workers: list[psutil.Process]) -> int:
        """How many are gone in time; who stays longer is no restart."""
        deadline = time.monotonic() + ENDED_WITHIN
        while True:
            left = sum(map(_runs, workers))
            if not left or time.monotonic() > deadline:
                return len(workers) - left
            await asyncio.sleep(LOOK)


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
