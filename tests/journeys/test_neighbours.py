"""One company's flood is its own affair: its neighbour's customers hear at once."""

from __future__ import annotations

import asyncio
import time

from ops.load.webhooks import text_message
from ops.sandbox.handle import Gemini, Whaticket
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import House, Line

FLOOD = 600
PROMPT = 4.0
"""Seconds on a machine that is busy with the flood itself; alone it is well below one."""


async def flood(whaticket: Whaticket, line: Line) -> None:
    async def one(number: int) -> None:
        body = text_message(phone=new_phone(), message_id=f"FLOOD{number}", text=f"oi {number}", at=time.time())
        assert (await whaticket.post(line.sandbox, raw=body.decode())).status == 202

    for start in range(0, FLOOD, 50):
        await asyncio.gather(*(one(number) for number in range(start, start + 50)))


async def test_a_flood_at_one_company_leaves_the_answers_of_another_prompt(
    house: House, line: Line, whaticket: Whaticket, gemini: Gemini
):
    await gemini.set_latency(300)
    loud = house.open_company("Clínica Barulhenta")
    ana = Customer(whaticket, line.sandbox, new_phone())
    raging = asyncio.create_task(flood(whaticket, loud))
    waited = []
    try:
        for number in range(5):
            await asyncio.sleep(0.2)
            asked = time.monotonic()
            await ana.says(f"oi #calm{number}")
            assert f"#calm{number}" in (await ana.hears())[0]
            waited.append(time.monotonic() - asked)
    finally:
        await gemini.set_latency(0)
        await raging

    assert max(waited) < PROMPT, waited
    await house.calm(loud.tenant, seconds=60)
    answered = await house.rows("select count(*) from outgoing where state = 'sent'", tenant=loud.tenant)
    assert answered == [{"count": FLOOD}]
