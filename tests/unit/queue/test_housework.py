"""Chores are done over and over until the stop, and one that fails holds up no other."""

from __future__ import annotations

import asyncio

from adapters.queue.housework import Housework


async def test_every_chore_has_its_turn_again_and_again_also_behind_one_that_fails():
    done, stop = [], asyncio.Event()

    async def fails() -> int:
        raise OSError("the database is away")

    async def goes_well() -> int:
        done.append("a round")
        if len(done) == 3:
            stop.set()
        return 1

    async with asyncio.timeout(10):
        await Housework({"fails": fails, "goes_well": goes_well}, seconds=0.001).run(stop)

    assert len(done) == 3


async def test_a_stop_ends_the_waiting():
    stop, begun = asyncio.Event(), asyncio.Event()

    async def chore() -> int:
        begun.set()
        return 0

    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        tasks.create_task(Housework({"chore": chore}, seconds=3600).run(stop))
        await begun.wait()
        stop.set()
