"""A house for the stories of this folder: one per test process for most of them, whole again before each story."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from ops.sandbox.handle import Gemini, Whaticket
from secretaria.embedded.postgres import Postgres
from tests.conftest import _new_database
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import PARTS, House, Line, Servers

PASSWORD = "um segredo bem comprido 7"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.journey)


def servers_of(postgres: Postgres, database_url: str, redis_url: str) -> Servers:
    database = urlsplit(database_url).path
    return Servers(database_url, redis_url, urlsplit(postgres.superuser_url)._replace(path=database).geturl())


@pytest.fixture(scope="session")
def shared_house(
    postgres_server: Postgres, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with _new_database(postgres_server) as url, House(folder, servers_of(postgres_server, url, redis_url)) as house:
        house.start(*PARTS)
        yield house


@pytest.fixture
def house(shared_house: House) -> House:
    """All parts run and the model is well, whatever an earlier story did to them."""
    httpx2.post(f"{shared_house.gemini.url}/_sandbox/reset", json={}, trust_env=False).raise_for_status()
    shared_house.start(*PARTS)
    shared_house.wait_until_well()
    return shared_house


@pytest.fixture(scope="module")
def line(shared_house: House, request: pytest.FixtureRequest) -> Line:
    """A company of the module's own; its line speaks the most common dialect."""
    return shared_house.open_company(f"Clínica {request.module.__name__.rpartition('.')[2]}")


@pytest.fixture
async def whaticket(house: House) -> AsyncIterator[Whaticket]:
    async with Whaticket(house.whaticket.url) as client:
        yield client


@pytest.fixture
async def gemini(house: House) -> AsyncIterator[Gemini]:
    async with Gemini(house.gemini.url) as client:
        yield client


@pytest.fixture
def in_flight(gemini: Gemini) -> Callable[[], Awaitable[None]]:
    """Until the model has been asked and has not answered yet."""

    async def asked() -> None:
        async with asyncio.timeout(15):
            while not (await gemini.stats())["in_flight"]:
                await asyncio.sleep(0.02)

    return asked


@pytest.fixture
def desk(house: House, line: Line) -> Iterator[httpx2.Client]:
    """The company's owner at the API."""
    email = f"dona-{secrets.token_hex(4)}@journey.example"
    person = ["--name", "Ana Souza", "--role", "owner", "--company", str(line.tenant), "--password", PASSWORD]
    house.command("user", "add", "--email", email, *person)
    with httpx2.Client(base_url=house.url, timeout=15, trust_env=False) as client:
        login = client.post("/api/auth/login", json={"email": email, "password": PASSWORD})
        client.headers["authorization"] = f"Bearer {login.json()['access_token']}"
        client.cookies.clear()
        yield client


@pytest.fixture
def ana(whaticket: Whaticket, gemini: Gemini, line: Line) -> Customer:
    """A customer nobody has heard of before, on the module's line."""
    return Customer(whaticket, line.sandbox, new_phone())
