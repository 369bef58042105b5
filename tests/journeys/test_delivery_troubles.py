"""Whaticket away, slow of memory or full of lies: the answer arrives once, or a person is told that it did not."""

from __future__ import annotations

import json

import httpx2
import pytest

from ops.sandbox.handle import Gemini, Whaticket
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import House, Line

ATTEMPTS = 6


async def climb_the_ladder(house: House, lines: list[Line]) -> None:
    """Every wait of the ladder is cut short as soon as the attempt before it has failed."""
    for attempt in range(1, ATTEMPTS):
        for line in lines:
            failed = "select 1 from public.jobs where tenant_id = $1 and failures = $2 and state = 'pending'"
            await house.until(failed, line.tenant, attempt)
        await house.hurry()
    for line in lines:
        await house.until("select 1 from public.jobs where tenant_id = $1 and state = 'dead'", line.tenant)
        await house.calm(line.tenant)


async def failed_once(house: House, tenant: int) -> None:
    await house.until("select 1 from public.jobs where tenant_id = $1 and failures = 1 and state = 'pending'", tenant)


async def outcomes(house: House, line: Line) -> list[str]:
    sql = (
        "select outcome from delivery_log d join outgoing o on o.id = d.outgoing_id join conversations c"
        " on c.id = o.conversation_id where c.connection_id = $1 order by d.id"
    )
    return [row["outcome"] for row in await house.rows(sql, line.connection, tenant=line.tenant)]


async def test_what_whaticket_refused_to_the_end_is_listed_and_sent_when_somebody_retries_it(
    house: House, whaticket: Whaticket, gemini: Gemini
):
    lines = [house.open_company("Clínica Escada"), house.open_company("Clínica Degrau")]
    ana, bia = customers = [Customer(whaticket, line.sandbox, new_phone()) for line in lines]
    for one in customers:
        await whaticket.plant(one.line, "status", status=503)
        await one.says("oi #late1")
    await climb_the_ladder(house, lines)
    assert await outcomes(house, lines[0]) == ["FAILED_TEMPORARY"] * ATTEMPTS + ["FAILED_PERMANENT"]
    for one in customers:
        assert await one.everything_heard() == []
        await whaticket.clear_faults(one.line)
    assert house.stop("worker") == 0  # a new worker knows nothing of the breakers that opened
    house.start("worker")

    [first] = [d for d in json.loads(house.command("dead-letters", "list", "--json")) if d["tenant"] == lines[0].tenant]
    house.command("dead-letters", "retry", str(first["id"]))
    async with httpx2.AsyncClient(base_url=house.url, trust_env=False) as operator:
        letters = {"url": "/api/dead-letters", "headers": {"Authorization": f"Bearer {house.service_token}"}}
        assert (await operator.get("/api/dead-letters")).status_code == 401
        [second] = (await operator.get(**letters, params={"tenant": lines[1].tenant})).json()["dead_letters"]
        retried = await operator.post(f"/api/dead-letters/{second['id']}/retry", headers=letters["headers"])
        assert retried.status_code == 202

    for one in (ana, bia):
        assert "#late1" in (await one.hears())[0]
    for line in lines:
        await house.calm(line.tenant)
        assert await house.rows("select id from public.jobs where tenant_id = $1", line.tenant) == []
    assert [len(await one.everything_heard()) for one in customers] == [1, 1]


@pytest.mark.parametrize("dialect", ["saas-classic", "codatende", "press-ticket", "community"])
async def test_an_answer_that_arrived_although_nobody_said_so_is_found_and_not_sent_again(
    house: House, line: Line, whaticket: Whaticket, gemini: Gemini, dialect: str
):
    own = house.connect(line.tenant, dialect=dialect)
    ana = Customer(whaticket, own.sandbox, new_phone())
    await whaticket.plant(own.sandbox, "lost_answer", count=1)

    await ana.says("oi #lost1")
    assert "#lost1" in (await ana.hears())[0]
    await failed_once(house, line.tenant)
    await house.hurry()
    await house.calm(line.tenant)

    assert await outcomes(house, own) == ["UNKNOWN", "RECONCILED"]
    assert len(await ana.everything_heard()) == 1


@pytest.mark.parametrize("dialect", ["ticketz", "envelope-b"])
async def test_where_nobody_can_look_it_is_left_to_a_person_and_not_sent_twice(
    house: House, line: Line, whaticket: Whaticket, gemini: Gemini, dialect: str
):
    own = house.connect(line.tenant, dialect=dialect)
    ana = Customer(whaticket, own.sandbox, new_phone())
    await whaticket.plant(own.sandbox, "lost_answer", count=1)

    await ana.says("oi #doubt1")
    await ana.hears()
    await failed_once(house, line.tenant)
    await house.hurry()
    await house.calm(line.tenant)

    assert await outcomes(house, own) == ["UNKNOWN", "UNKNOWN"]
    assert len(await ana.everything_heard()) == 1
    dead = "select distinct actor from public.jobs where tenant_id = $1 and state = 'dead'"
    assert await house.rows(dead, line.tenant) == [{"actor": "delivery.send"}]


async def test_an_answer_lost_before_it_arrived_is_sent_again(
    house: House, line: Line, whaticket: Whaticket, gemini: Gemini
):
    own = house.connect(line.tenant)
    ana = Customer(whaticket, own.sandbox, new_phone())
    await whaticket.plant(own.sandbox, "drop", count=1)

    await ana.says("oi #drop1")
    await failed_once(house, line.tenant)
    assert await ana.everything_heard() == []
    await house.hurry()

    assert "#drop1" in (await ana.hears())[0]
    await house.calm(line.tenant)
    assert len(await ana.everything_heard()) == 1


async def test_later_answers_wait_behind_one_that_is_tried_again(
    house: House, line: Line, whaticket: Whaticket, gemini: Gemini
):
    own = house.connect(line.tenant)
    ana = Customer(whaticket, own.sandbox, new_phone())
    await whaticket.plant(own.sandbox, "status", status=503, count=1)
    await ana.says("primeira #queue1")
    await failed_once(house, line.tenant)
    await ana.says("segunda #queue2")
    await house.until("select 1 from outgoing where text like '%#queue2%'", tenant=line.tenant)
    assert await ana.everything_heard() == []

    await house.hurry()

    first, second = await ana.hears(2)
    assert "#queue1" in first
    assert "#queue2" in second


async def test_a_number_without_whatsapp_is_not_tried_again_and_disturbs_nobody(
    house: House, line: Line, whaticket: Whaticket, gemini: Gemini
):
    own = house.connect(line.tenant)
    ana, bia = (Customer(whaticket, own.sandbox, new_phone()) for _ in range(2))
    await whaticket.plant(own.sandbox, "status", status=400, body='{"error":"ERR_WAPP_INVALID_CONTACT"}', count=1)
    await ana.says("oi #none1")
    await house.until("select 1 from delivery_log where outcome = 'FAILED_PERMANENT'", tenant=line.tenant)

    await bia.says("oi #some1")

    assert "#some1" in (await bia.hears())[0]
    assert await ana.everything_heard() == []
