"""What nobody asks for and must be done now and then, above all companies; companies' own work of that kind is jobs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from adapters.telemetry.log import info, warning

Chore = Callable[[], Awaitable[int]]
"""Says how much there was to do."""


@dataclass(frozen=True, slots=True)
class Housework:
    """Each chore once every `seconds`, the first time at once. Two of it are harmless, as chores find only what is left."""

    chores: Mapping[str, Chore]
    seconds: float

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            for name, chore in self.chores.items():
                await _done(name, chore)
            with suppress(TimeoutError):
                async with asyncio.timeout(self.seconds):
                    await stop.wait()


async def _done(name: str, chore: Chore) -> None:
    """One that fails holds up no other, and is tried again in its time."""
    try:
        done = await chore()
    except Exception as error:  # noqa: BLE001 - the next round may go well
        warning("housework", chore=name, outcome="failed", exception=error)
        return
    if done:
        info("housework", chore=name, outcome="done", count=done)
