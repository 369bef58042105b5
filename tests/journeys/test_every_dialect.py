"""Eight Whatickets, many bodies, several ways to prove a webhook: a customer of each is answered."""

from __future__ import annotations

from typing import Any

import pytest

from domain.companies.connection import Dialect
from ops.sandbox.handle import Gemini, Whaticket
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import House, Line

WAYS: dict[str, dict[str, Any]] = {
    **{dialect.value: {"dialect": dialect.value} for dialect in Dialect},
    "the seeds' simple body": {"family": "seeds"},
    "a wrapped Baileys message": {"family": "baileys-wrapped"},
    "a Whazing event": {"family": "whazing"},
    "AutoAtende's node": {"dialect": "autoatende", "family": "flow-node"},
    "a secret in a header": {"auth": "header"},
    "a secret in the path": {"auth": "path"},
    "a token beside the signature": {"options": ["--webhook-token"]},
}


@pytest.fixture(scope="module")
def lines(shared_house: House) -> dict[str, Line]:
    tenant = shared_house.open_company("Clínica Babel").tenant
    return {way: shared_house.connect(tenant, **setup) for way, setup in WAYS.items()}


@pytest.mark.parametrize("way", WAYS)
async def test_a_customer_is_answered_through(
    house: House, lines: dict[str, Line], whaticket: Whaticket, gemini: Gemini, way: str
):
    caio = Customer(whaticket, lines[way].sandbox, new_phone(), name="Caio")

    said = await caio.says("Bom dia, tudo bem? #dia1")

    assert [one.status for one in said.webhooks] == [202]
    assert "#dia1" in (await caio.hears())[0]


async def test_the_node_of_autoatende_that_signs_the_body_alone_is_believed(
    house: House, lines: dict[str, Line], whaticket: Whaticket, gemini: Gemini
):
    line = lines["AutoAtende's node"]
    await whaticket.change(line.sandbox, auth="flow")
    caio = Customer(whaticket, line.sandbox, new_phone(), name="Caio")

    await caio.says("Bom dia! #flo1")

    assert "#flo1" in (await caio.hears())[0]
