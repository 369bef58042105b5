import asyncio
from tests.journeys.house import *
from tests.journeys.customer import *
async def test_dbg(house, line, whaticket, gemini, in_flight, ana):
    await gemini.when("#poison1", {"text": "nunca", "delay": 30}, times=None)
    await ana.says("oi #poison1")
    await in_flight()
    earlier_crashes = "update public.jobs set failures = 5 where actor = 'conversations.take_turn' and tenant_id = $1"
    await house.rows(earlier_crashes, line.tenant)

    house.kill("worker")
    await house.rows("update public.jobs set due_at = now() where state = 'running'")  # its lease has run out
    await house.until("select 1 from public.jobs where state = 'dead' and tenant_id = $1", line.tenant)
    print(await house.rows("select * from public.jobs"))
    house.start("worker")
    await asyncio.sleep(5)
    print(await house.rows("select * from public.jobs"))
    print(await house.rows("select * from conversations", tenant=line.tenant))
    print(await house.rows("select * from outgoing", tenant=line.tenant))
    print(await house.rows("select * from messages", tenant=line.tenant))
    print(house.log_of("worker").read_text()[-3000:])
