"""One company's flood is its own affair: its neighbour's customers hear at once."""

from __future__ import annotations

import asyncio
import time

from ops.load.webhooks import text_message
from ops.sandbox.handle import Gemini, Whaticket
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import House, Line

FLOOD = 600


async def flood(whaticket: Whaticket, line: Line) -> None:
    async def one(number: int) -> None:
        body = text_message(phone=new_phone(), message_id=f"FLOOD{number}", text=f"oi {number}", at=time.time())
        assert (await whaticket.post(line.sandbox, raw=body.decode())).status == 202

    for start in range(0, FLOOD, 50):
        await asyncio.gather(*(one(number) for number in range(start, start + 50)))


async def test_a_flood_at_one_company_leaves_the_answers_of_another_prompt(
    house: House, line: Line, whaticket: Whaticket, gemini: Gemini
):
    loud = house.open_company("Clínica Barulhenta")
    behind_the_flood, ana = (Customer(whaticket, where.sandbox, new_phone()) for where in (loud, line))
    house.kill("worker")
    await flood(whaticket, loud)
    house.start("worker")

    await behind_the_flood.says("oi #loud1")
    await ana.says("oi #calm1")

    assert "#calm1" in (await ana.hears())[0]
    overtaken = FLOOD - len(await house.rows("select from outgoing where state = 'sent'", tenant=loud.tenant))
    assert overtaken > FLOOD // 4
    assert "#loud1" in (await behind_the_flood.hears(seconds=60))[0]
    await house.calm(loud.tenant, seconds=60)
    answered = await house.rows("select count(*) from outgoing where state = 'sent'", tenant=loud.tenant)
    assert answered == [{"count": FLOOD + 1}]
