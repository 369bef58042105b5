"""A suspended company over real processes: one fixed text and no question to the model, until it is resumed."""

from __future__ import annotations

import asyncio

import httpx2
import pytest

from application.access.texts import RESTS
from application.assistant.texts import ASSISTANT_RESTS
from ops.sandbox.handle import Gemini, Whaticket
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import House, Line

PASSWORD = "tranquila e longa"


@pytest.fixture
def resting(house: House) -> Line:
    """A company that has rested since before anybody wrote."""
    line = house.open_company("Clínica que Descansa")
    house.command("company", "suspend", str(line.tenant))
    return line


async def test_customers_of_a_suspended_company_get_the_fixed_text_and_are_answered_after_it_is_resumed(
    resting: Line, whaticket: Whaticket, gemini: Gemini, house: House
):
    ana = Customer(whaticket, resting.sandbox, new_phone())
    await ana.says("oi, tudo bem? #rest1")
    assert await ana.hears() == [ASSISTANT_RESTS]
    await ana.says("alguém aí? #rest2")
    await house.calm(resting.tenant)

    assert await ana.everything_heard() == [ASSISTANT_RESTS]
    assert (await gemini.requests()).requests == []

    house.command("company", "resume", str(resting.tenant))
    async with asyncio.timeout(60):  # workers remember for some seconds how a company stands
        while not await answered(Customer(whaticket, resting.sandbox, new_phone())):
            pass
    await ana.says("e agora? #rest3")
    assert "#rest3" in (await ana.hears())[-1]


async def answered(customer: Customer) -> bool:
    await customer.says("oi #back1")
    return "#back1" in (await customer.hears())[0]


async def test_its_people_come_in_and_are_told_why_and_strangers_are_told_nothing(house: House):
    line = house.open_company("Clínica de Portas Abertas")
    words = ["--email", "dona@portas.example", "--name", "Dona", "--role", "owner", "--password", PASSWORD]
    house.command("user", "add", *words, "--company", str(line.tenant))
    house.command("company", "suspend", str(line.tenant))
    with httpx2.Client(base_url=house.url, timeout=15, trust_env=False) as client:
        mine = client.post("/api/auth/login", json={"email": "dona@portas.example", "password": PASSWORD})
        wrong, nobody = (
            client.post("/api/auth/login", json={"email": email, "password": "não é esta"})
            for email in ("dona@portas.example", "ninguem@portas.example")
        )
        await house.rows("update public.tenants set state = 'closing' where id = $1", line.tenant)
        closing = client.post("/api/auth/login", json={"email": "dona@portas.example", "password": PASSWORD})
        page = client.post(
            "/painel/entrar",
            data={"email": "dona@portas.example", "senha": PASSWORD},
            headers={"origin": house.url},
        )
        await house.rows("update public.tenants set state = 'suspended' where id = $1", line.tenant)

    assert (mine.status_code, mine.json()["notice"]) == (200, RESTS)
    told = [{name: one.json()[name] for name in ("status", "detail", "type")} for one in (wrong, nobody)]
    assert told[0] == told[1]
    assert closing.status_code == 403
    assert closing.headers["content-type"] == "application/problem+json"
    assert closing.json()["detail"].startswith("Esta empresa está sendo fechada")
    assert (page.status_code, "Esta empresa está sendo fechada" in page.text) == (422, True)
