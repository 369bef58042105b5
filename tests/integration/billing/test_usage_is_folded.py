"""Counters stay few and their sums stay exact, whatever was counted on whichever day and however many count at once."""

from __future__ import annotations

import asyncio
import random
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from adapters.postgres.usage import PostgresUsage
from domain.billing.cycle import Cycle
from domain.quotas.allowance import Use
from tests.integration.billing.conftest import counted
from tests.integration.pipeline.conftest import Pipeline

FIRST = date(2026, 1, 1)
NOTHING = {"messages": 0, "calls": 0, "input_tokens": 0, "output_tokens": 0, "cost": 0}


async def use(pipeline: Pipeline, day: date, amount: Use) -> None:
    async with pipeline.queue.open_work(pipeline.tenant) as work:
        await work.counters.add(day, amount, watch=False)
        await work.commit()


async def rows(pipeline: Pipeline) -> list[tuple[date, int]]:
    found = await pipeline.queue.pool.fetch(
        "select day, shard from public.usage where tenant_id = $1 order by day, shard", pipeline.tenant
    )
    return [tuple(row) for row in found]


def some_use(chance: random.Random) -> Use:
    return Use(*(chance.randrange(10**each) for each in (1, 1, 4, 4, 9)))


async def test_days_that_are_over_become_one_row_each_and_every_sum_stays(pipeline: Pipeline):
    chance, truth = random.Random(7), {}
    for number in range(40):
        day = FIRST + timedelta(days=number)
        uses = [some_use(chance) for _ in range(6)]
        await asyncio.gather(*(use(pipeline, day, each) for each in uses))
        truth[day] = sum(uses, Use())

    found = await rows(pipeline)
    last = FIRST + timedelta(days=39)
    assert [each for each in found if each[0] < last] == [(FIRST + timedelta(days=n), 100) for n in range(39)]
    async with pipeline.queue.pool.acquire() as connection:
        usage = PostgresUsage(connection, pipeline.tenant)
        cycle = Cycle(FIRST, FIRST + timedelta(days=40), ZoneInfo("America/Sao_Paulo"))
        assert dict(await usage.by_day(cycle)) == truth
        assert await usage.within(cycle) == sum(truth.values(), Use())


async def test_a_turn_that_began_before_midnight_counts_on_its_day_and_is_folded_too(pipeline: Pipeline):
    today = FIRST + timedelta(days=1)
    await use(pipeline, FIRST, Use(messages=3))
    await use(pipeline, today, Use(messages=1))

    await use(pipeline, FIRST, Use(messages=4))
    await use(pipeline, today + timedelta(days=1), Use(messages=1))

    found = await pipeline.queue.pool.fetch("select day, messages from public.usage order by day")
    assert [tuple(row) for row in found] == [(FIRST, 7), (today, 1), (today + timedelta(days=1), 1)]


async def test_a_row_that_somebody_counts_in_is_passed_over_and_nobody_waits(pipeline: Pipeline):
    await use(pipeline, FIRST, Use(messages=3))
    async with pipeline.queue.pool.acquire() as other, other.transaction():
        await other.execute("update public.usage set messages = messages + 1 where day = $1", FIRST)
        async with asyncio.timeout(5):
            await use(pipeline, FIRST + timedelta(days=1), Use(messages=1))
        assert len(await rows(pipeline)) == 2

    await use(pipeline, FIRST + timedelta(days=2), Use(messages=1))

    assert [shard for _, shard in await rows(pipeline)][:2] == [100, 100]
    assert (await counted(pipeline))["messages"] == 6


async def test_what_is_long_past_is_one_row_a_year(pipeline: Pipeline):
    days = [FIRST + timedelta(days=each) for each in range(0, 1_500, 3)]
    for day in days:
        await use(pipeline, day, Use(messages=1, cost=10))

    found = await rows(pipeline)
    assert len(found) <= 16 + 16 + 400 // 3 + 1 + 4
    assert found[:2] == [(date(2026, 1, 1), 100), (date(2027, 1, 1), 100)]
    assert await counted(pipeline) == NOTHING | {"messages": len(days), "cost": 10 * len(days)}


async def test_those_who_begin_the_day_together_fold_once_and_lose_nothing(pipeline: Pipeline):
    for number in range(5):
        await use(pipeline, FIRST + timedelta(days=number), Use(messages=1))

    await asyncio.gather(*(use(pipeline, FIRST + timedelta(days=9), Use(messages=1)) for _ in range(24)))
    await use(pipeline, FIRST + timedelta(days=10), Use(messages=1))

    assert (await counted(pipeline))["messages"] == 30
    past = [each for each in await rows(pipeline) if each[0] < FIRST + timedelta(days=10)]
    assert [shard for _, shard in past] == [100] * 6
