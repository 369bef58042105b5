"""Any process may die, stall or be replaced at any moment: every acknowledged message is answered, once."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import pytest

from application.assistant.texts import MODEL_AWAY
from ops.chaos.points import POINTS, Tripwire
from ops.chaos.proxy import Proxy
from ops.chaos.toxics import Link
from ops.sandbox.handle import Gemini, Whaticket
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import House, Line

RECOVERED_WITHIN = 10.0
InFlight = Callable[[], Awaitable[None]]


async def hit(whaticket: Whaticket, line: str) -> None:
    """Until a planted fault of the line was met."""
    async with asyncio.timeout(15):
        while not any(fault.hits for fault in await whaticket.faults(line)):
            await asyncio.sleep(0.02)


@pytest.fixture
def customers(house: House, line: Line, whaticket: Whaticket, gemini: Gemini) -> list[Customer]:
    """Three, each with a line of their own, so that each can have a fault of their own."""
    return [Customer(whaticket, house.connect(line.tenant).sandbox, new_phone()) for _ in range(3)]


async def test_a_worker_killed_in_mid_turn_and_in_mid_send_is_replaced_and_everybody_hears_once(
    customers: list[Customer], house: House, line: Line, whaticket: Whaticket, gemini: Gemini, in_flight: InFlight
):
    thinking, arrived, not_arrived = customers
    await gemini.when("#kill1", {"text": "pensei #kill1", "delay": 3}, times=1)
    await whaticket.plant(arrived.line, "lost_hang", count=1)
    await whaticket.plant(not_arrived.line, "hang", count=1)
    await arrived.says("oi #kill2")
    await not_arrived.says("oi #kill3")
    await hit(whaticket, arrived.line)
    await hit(whaticket, not_arrived.line)
    await thinking.says("oi #kill1")
    await in_flight()

    killed = time.monotonic()
    house.kill("worker")
    house.start("worker")

    for customer, token in zip(customers, ("#kill1", "#kill2", "#kill3"), strict=True):
        assert token in (await customer.hears())[0]
    assert time.monotonic() - killed <= RECOVERED_WITHIN
    await house.calm(line.tenant)
    assert [len(await one.everything_heard()) for one in customers] == [1, 1, 1]


async def test_a_worker_that_was_paused_past_its_lease_repeats_nothing_when_it_wakes(
    customers: list[Customer], house: House, line: Line, whaticket: Whaticket, gemini: Gemini, in_flight: InFlight
):
    thinking, sending, _ = customers
    await gemini.when("#pause1", {"text": "pensei #pause1", "delay": 1}, times=1)
    await whaticket.plant(sending.line, "slow", seconds=1, count=1)
    await sending.says("oi #pause2")
    await hit(whaticket, sending.line)
    await thinking.says("oi #pause1")
    await in_flight()

    house.signal("worker", signal.SIGSTOP)
    house.start("worker-2")
    try:
        assert "#pause1" in (await thinking.hears())[0]
        await house.calm(line.tenant)
    finally:
        house.signal("worker", signal.SIGCONT)

    await thinking.says("mais uma #pause3")
    assert "#pause3" in (await thinking.hears())[0]
    assert house.stop("worker") == 0
    house.stop("worker-2")
    assert len(await thinking.everything_heard()) == 2
    assert len(await sending.everything_heard()) == 1


async def test_a_worker_asked_to_end_finishes_what_it_does_and_leaves_the_rest_to_the_next(
    ana: Customer, house: House, line: Line, gemini: Gemini, in_flight: InFlight
):
    await gemini.when("#term1", {"text": "terminei #term1", "delay": 0.8}, times=1)
    await ana.says("oi #term1")
    await in_flight()

    assert house.stop("worker") == 0
    house.start("worker")

    assert "#term1" in (await ana.hears())[0]
    await house.calm(line.tenant)
    assert len(await ana.everything_heard()) == 1
    assert len((await gemini.requests()).requests) == 1


async def test_a_rolling_deploy_under_way_is_not_noticed_by_the_customers(
    house: House, line: Line, whaticket: Whaticket, gemini: Gemini
):
    house.start("worker-2")
    crowd = [Customer(whaticket, line.sandbox, new_phone()) for _ in range(30)]

    async def talk() -> None:
        for number, one in enumerate(crowd):
            said = await one.says(f"oi #deploy{number:02d}")
            assert said.webhooks[0].status == 202
            await asyncio.sleep(0.1)

    talking = asyncio.create_task(talk())
    for part in ("worker", "worker-2", "relay"):
        await asyncio.sleep(0.3)
        await asyncio.to_thread(house.stop, part)
        house.start(part)
    await talking

    for number, one in enumerate(crowd):
        assert f"#deploy{number:02d}" in (await one.hears())[0]
    await house.calm(line.tenant)
    assert {len(await one.everything_heard()) for one in crowd} == {1}
    house.stop("worker-2")


async def test_without_a_relay_messages_are_taken_and_answered_when_it_is_back(
    ana: Customer, house: House, line: Line, gemini: Gemini
):
    house.kill("relay")
    said = await ana.says("oi #relay1")
    assert said.webhooks[0].status == 202
    await house.until("select 1 from envelopes where state = 'kept'", tenant=line.tenant)

    house.start("relay")

    assert "#relay1" in (await ana.hears())[0]


async def test_an_api_killed_between_keeping_and_acknowledging_does_no_harm_when_the_sender_repeats(
    ana: Customer, house: House, line: Line, gemini: Gemini
):
    url = urlsplit(house.servers.database_url)
    async with Proxy("127.0.0.1", url.port or 0) as wire:

        async def strike(_: Link) -> None:
            house.signal("api", signal.SIGKILL)

        house.kill("api")
        place = f"{url.netloc.rpartition('@')[0]}@127.0.0.1:{wire.port}"
        house.start("api", env={"DATABASE_URL": url._replace(netloc=place).geturl()})
        wire.watchers.append(tripwire := Tripwire(POINTS["kept, not acknowledged"], strike))
        said = await ana.says("oi #ack1")
        assert tripwire.tripped.is_set()
        assert said.webhooks[0].status is None
        house.kill("api")
    house.start("api")

    again = await ana.whaticket.replay(line.sandbox, said.messages[0].id, times=2)

    assert {(one.status, one.body) for one in again.webhooks} == {(202, '{"queued":true}')}
    assert "#ack1" in (await ana.hears())[0]
    await house.calm(line.tenant)
    assert len(await ana.everything_heard()) == 1


async def test_a_message_that_kills_its_worker_again_and_again_is_given_up_and_the_customer_is_told(
    ana: Customer, house: House, line: Line, whaticket: Whaticket, gemini: Gemini, in_flight: InFlight
):
    await gemini.when("#poison1", {"text": "nunca", "delay": 30}, times=None)
    await ana.says("oi #poison1")
    await in_flight()
    earlier_crashes = "update public.jobs set failures = 5 where actor = 'conversations.take_turn' and tenant_id = $1"
    await house.rows(earlier_crashes, line.tenant)

    house.kill("worker")
    await house.rows("update public.jobs set due_at = now() where state = 'running'")  # its lease has run out
    await house.until("select 1 from public.jobs where state = 'dead' and tenant_id = $1", line.tenant)
    house.start("worker")

    assert await ana.hears() == [MODEL_AWAY]
    dead = "select actor, failures, last_error from public.jobs where state = 'dead' and tenant_id = $1"
    [job] = await house.rows(dead, line.tenant)
    assert (job["actor"], job["failures"]) == ("conversations.take_turn", 6)
    assert job["last_error"].startswith("worker lost: ")
    bia = Customer(whaticket, line.sandbox, new_phone())
    await bia.says("oi #fine1")
    assert "#fine1" in (await bia.hears())[0]
