"""Staff and assistant share one telephone: whoever of them holds a conversation, the other one is silent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from ops.sandbox.handle import Gemini, Whaticket
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import House, Line


@pytest.fixture(scope="module", params=["whapiv4", "press-ticket"])
def line(shared_house: House, request: pytest.FixtureRequest) -> Line:
    """The dialects that show what our own number sends."""
    return shared_house.open_company(f"Clínica {request.param}", dialect=request.param)


async def holder(house: House, line: Line, customer: Customer) -> str:
    found = await house.rows(
        "select holder from conversations join contacts on contacts.id = contact_id where phone = $1",
        f"+{customer.phone}",
        tenant=line.tenant,
    )
    return str(found[0]["holder"])


async def test_our_own_answer_coming_back_as_an_echo_is_not_taken_for_a_person(ana: Customer, house: House, line: Line):
    await ana.says("oi #echo1")
    await ana.hears()
    await house.calm(line.tenant)
    assert any('"queued":true' in one.body for one in (await ana.whaticket.webhooks(line.sandbox)).webhooks)

    await ana.says("e o preço? #echo2")

    assert "#echo2" in (await ana.hears())[0]
    assert await holder(house, line, ana) == "assistant"


@pytest.mark.parametrize("via", ["panel", "phone"])
async def test_a_person_who_writes_takes_over_and_gives_back_by_closing_the_ticket(
    ana: Customer, house: House, line: Line, via: str
):
    await ana.says("oi #take1")
    await ana.hears()

    await ana.whaticket.staff(line.sandbox, ana.phone, "say", text="Oi, aqui é a Carla", via=via, user="Carla")
    await house.calm(line.tenant)
    await ana.says("obrigada, Carla! #take2", force=True)
    await house.calm(line.tenant)
    assert await holder(house, line, ana) == "person"
    assert len(await ana.everything_heard()) == 1

    if line.dialect == "whapiv4":  # Press-Ticket posts messages only: there the hand-back is by time
        await ana.whaticket.staff(line.sandbox, ana.phone, "close", user="Carla")
        await house.calm(line.tenant)
        await ana.says("mais uma coisa #take3")
        assert "#take3" in (await ana.hears())[0]


async def test_a_silent_person_hands_back_by_time(ana: Customer, house: House, line: Line):
    await ana.says("oi #late1")
    await ana.hears()
    await ana.whaticket.staff(line.sandbox, ana.phone, "say", text="Deixa comigo", via="phone", user="Carla")
    await house.calm(line.tenant)

    ages_ago = "update conversations set staff_at = now() - interval '3 hours', held_since = now() - interval '3 hours'"
    await house.rows(ages_ago, tenant=line.tenant)
    await ana.says("alguém? #late2", force=True)

    assert "#late2" in (await ana.hears())[0]


async def test_a_person_who_steps_in_while_the_model_thinks_is_not_talked_over(
    ana: Customer, house: House, line: Line, gemini: Gemini, in_flight: Callable[[], Awaitable[None]]
):
    await gemini.when("#think1", {"text": "resposta atrasada", "delay": 1.2})
    await ana.says("oi #think1")
    await in_flight()

    await ana.whaticket.staff(line.sandbox, ana.phone, "say", text="Já te ajudo", via="phone", user="Carla")

    await house.calm(line.tenant)
    assert await ana.everything_heard() == []
    assert await holder(house, line, ana) == "person"


async def test_one_persons_customer_does_not_silence_another(
    whaticket: Whaticket, house: House, line: Line, ana: Customer
):
    bia = Customer(whaticket, line.sandbox, new_phone(), name="Bia")
    for one in (ana, bia):
        await one.says("oi #both")
        await one.hears()
    await whaticket.staff(line.sandbox, ana.phone, "say", text="Oi Ana", via="phone", user="Carla")
    await house.calm(line.tenant)

    await bia.says("e eu? #bia1")

    assert "#bia1" in (await bia.hears())[0]
