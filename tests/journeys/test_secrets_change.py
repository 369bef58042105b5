"""Every secret is changed while customers write, and nobody's webhook is turned away for it."""

from __future__ import annotations

import asyncio
import base64
import json
import secrets as dice
from collections.abc import Iterator

import pytest

from ops.sandbox.handle import Gemini, Whaticket
from secretaria.embedded.postgres import Postgres
from tests.conftest import _new_database
from tests.journeys.conftest import servers_of
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import PARTS, House, Line

STALE_SECONDS = 5.0


@pytest.fixture(scope="module")
def shared_house(
    postgres_server: Postgres, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """Of this module alone: its master key is changed."""
    folder = tmp_path_factory.mktemp("secrets")
    with _new_database(postgres_server) as url, House(folder, servers_of(postgres_server, url, redis_url)) as house:
        house.start(*PARTS)
        yield house


def replace_all(house: House) -> None:
    for part in PARTS:
        house.stop(part)
    house.start(*PARTS)


async def status_of(ana: Customer, text: str) -> int | None:
    return (await ana.says(text)).webhooks[0].status


async def test_the_old_webhook_secret_lives_beside_the_new_one_until_it_is_over(
    ana: Customer, house: House, line: Line, whaticket: Whaticket
):
    assert await status_of(ana, "antes #old1") == 202
    told = json.loads(house.command("secrets", "rotate-webhook", line.connection, "--overlap", "0.0020", "--json"))
    assert told["webhook_secret"] != line.secret

    assert await status_of(ana, "com a antiga #old2") == 202
    async with asyncio.timeout(20):
        while await status_of(ana, "ainda com a antiga #old3") != 401:
            await asyncio.sleep(0.3)

    await whaticket.change(line.sandbox, secrets=[told["webhook_secret"]])
    assert await status_of(ana, "com a nova #new1") == 202


async def test_the_new_webhook_secret_is_known_at_once_or_within_seconds(
    house: House, whaticket: Whaticket, gemini: Gemini
):
    line = house.open_company("Clínica da Troca")
    ana = Customer(whaticket, line.sandbox, new_phone())
    assert await status_of(ana, "antes #fast1") == 202
    told = json.loads(house.command("secrets", "rotate-webhook", line.connection, "--json"))

    await whaticket.change(line.sandbox, secrets=[told["webhook_secret"]])

    async with asyncio.timeout(STALE_SECONDS + 3):
        while await status_of(ana, "com a nova #fast2") != 202:
            await asyncio.sleep(0.2)


async def test_the_master_key_is_changed_and_every_customer_is_still_answered(
    house: House, line: Line, whaticket: Whaticket, gemini: Gemini
):
    line = house.open_company("Clínica das Chaves")
    ana = Customer(whaticket, line.sandbox, new_phone())

    async def answered(token: str) -> bool:
        return await status_of(ana, f"oi {token}") == 202 and token in (await ana.hears())[0]

    assert await answered("#key1")
    old = house.settings["SECRETARIA_MASTER_KEY"]
    house.settings["SECRETARIA_MASTER_KEY"] = base64.b64encode(dice.token_bytes(32)).decode()
    house.settings["SECRETARIA_MASTER_KEY_PREVIOUS"] = old
    replace_all(house)
    assert await answered("#key2")

    said = house.command("secrets", "rotate")
    assert "needed no more" in said
    del house.settings["SECRETARIA_MASTER_KEY_PREVIOUS"]
    replace_all(house)

    assert await answered("#key3")


async def test_a_company_opened_by_an_operator_tells_what_the_other_side_needs(
    house: House, whaticket: Whaticket, gemini: Gemini
):
    far = await whaticket.open(profile="saas-classic")
    told = json.loads(
        house.command(
            "company", "open", "--name", "Clínica do Terminal", "--whaticket-url", whaticket.base_url(far.id),
            "--whaticket-token", far.token, "--auth", "path", "--json",
        )
    )  # fmt: skip

    assert {"company", "tenant", "connection", "webhook_url", "webhook_secret", "webhook_token"} <= told.keys()
    await whaticket.change(far.id, webhook_url=told["webhook_url"], auth="path", secrets=[told["webhook_secret"]])
    ana = Customer(whaticket, far.id, new_phone())
    await ana.says("oi #term1")
    assert "#term1" in (await ana.hears())[0]


async def test_a_closed_companys_webhook_is_a_strangers(house: House, whaticket: Whaticket, gemini: Gemini):
    line = house.open_company("Clínica que Fecha")
    ana = Customer(whaticket, line.sandbox, new_phone())
    await ana.says("oi #close1")
    await ana.hears()
    await house.calm(line.tenant)

    house.command("company", "close", str(line.tenant), "--yes")

    async with asyncio.timeout(STALE_SECONDS + 5):
        while (status := await status_of(ana, "tem alguém? #close2")) != 401:
            assert status in (202, 503)
            await asyncio.sleep(0.3)
    schemas = "select 1 from pg_namespace where nspname = $1"
    assert await house.rows(schemas, f"tenant_{line.tenant}") == []
