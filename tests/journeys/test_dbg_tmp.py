import asyncio
from tests.journeys.house import *
from tests.journeys.customer import *
async def test_dbg(house, line, whaticket, gemini):
    own = house.connect(line.tenant, dialect="whapiv4")
    ana = Customer(whaticket, own.sandbox, new_phone())
    await whaticket.plant(own.sandbox, "lost_answer", count=1)
    await ana.says("oi #lost1")
    await ana.hears()
    await house.until("select 1 from public.jobs where failures = 1 and state = 'pending'")
    await house.hurry()
    await house.calm(line.tenant)

    import httpx2
    c = await whaticket.connection(own.sandbox)
    [t] = await whaticket.tickets(own.sandbox)
    for p in ("/tickets?page=1&limit=100", f"/tickets/{t['id']}/messages?page=1"):
        r = httpx2.get(f"{house.whaticket.url}/c/{own.sandbox}/api/v1{p}", headers={"Authorization": "Bearer " + c.token})
        print(r.status_code, r.text)
