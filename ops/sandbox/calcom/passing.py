"""Meetings begin and end as time passes, or as the clock is put forward; whoever asked to be told is told of each once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Final

from litestar import Litestar

from ops.sandbox.calcom import telling
from ops.sandbox.calcom.world import World

BEAT: Final = 0.5  # seconds


async def strike(world: World) -> bool:
    """Tell of the meetings that have begun or ended by now, whoever came or did not; whether there were any.

    One at a time: whoever waits for this knows that all of them are told of.
    """
    struck = False
    async with world.striking:
        now = world.now()
        for one in [each for each in world.bookings.values() if each.status == "accepted" and not each.ended]:
            if not one.started and one.start <= now:
                struck = one.started = True
                await telling.tell_flat(world, "MEETING_STARTED", one)
            if one.end <= now:
                struck = one.ended = True
                await telling.tell_flat(world, "MEETING_ENDED", one)
    return struck


def as_time_passes(
    world: World, remember: Callable[[], None]
) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def while_it_runs(_: Litestar) -> AsyncIterator[None]:
        beating = asyncio.create_task(beat())
        yield
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating

    async def beat() -> None:
        while True:
            await asyncio.sleep(BEAT)
            if await strike(world):
                remember()

    return while_it_runs
