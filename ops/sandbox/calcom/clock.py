"""Meetings begin and end by themselves: whoever listens is told, without anybody asking or setting the clock."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final

from litestar import Litestar

from ops.sandbox.calcom import telling
from ops.sandbox.calcom.world import World

EVERY: Final = 0.5  # seconds


async def strike(world: World) -> bool:
    """Tell of the meetings that have begun or ended by now, each once, whoever came or did not. Whether there were any."""
    async with world.striking:
        now, told = world.now(), False
        for one in list(world.bookings.values()):
            if one.status == "accepted" and not one.started and one.start <= now:
                one.started = told = True
                await telling.tell_flat(world, "MEETING_STARTED", one)
            if one.status == "accepted" and not one.ended and one.end <= now:
                one.ended = told = True
                await telling.tell_flat(world, "MEETING_ENDED", one)
        return told


def ticking(world: World, remember: Callable[[], None]) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """For as long as the application lives; `remember` is called when something was told."""

    async def tick() -> None:
        while True:
            if await strike(world):
                remember()
            await asyncio.sleep(EVERY)

    @asynccontextmanager
    async def living(_: Litestar) -> AsyncIterator[None]:
        task = asyncio.create_task(tick())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    return living
