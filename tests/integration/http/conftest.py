"""The door as it stands in production: the API process behind a socket, with one company that may send."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest

from adapters.postgres.migrations import migrate
from domain.access.role import Role
from ops.load.webhooks import signature, text_message
from secretaria.embedded.postgres import Postgres
from tests.builders.building import Building, asking, raised
from tests.builders.desk import Desk
from tests.conftest import _new_database
from tests.journeys.conftest import servers_of
from tests.journeys.customer import new_phone
from tests.journeys.house import House, Line

BODY_LIMIT = 65_536


@dataclass(slots=True)
class Door:
    """A client of the API on one kept-alive connection."""

    house: House
    line: Line
    client: httpx2.Client

    @property
    def path(self) -> str:
        return f"/webhook/whaticket/{self.line.connection}"

    def post(self, body: bytes, *, at: float | None = None, path: str | None = None, **headers: str) -> httpx2.Response:
        """Signed by the line's secret as of `at`, unless `headers` say something else."""
        proof = signature(self.line.secret, body, time.time() if at is None else at)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(
            path or self.path, content=body, headers={"Content-Type": "application/json", **proof, **named}
        )

    def post_json(self, payload: Any, **more: Any) -> httpx2.Response:
        return self.post(json.dumps(payload).encode(), **more)


def a_message(text: str = "oi", phone: str | None = None, id: str | None = None) -> bytes:
    phone = phone or new_phone()
    return text_message(phone=phone, message_id=id or f"3A{phone}", text=text, at=time.time())


@pytest.fixture(scope="session")
def door_house(postgres_server: Postgres, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    settings = {"SECRETARIA_BODY_LIMIT_BYTES": str(BODY_LIMIT)}
    folder = tmp_path_factory.mktemp("door")
    with (
        _new_database(postgres_server) as url,
        House(folder, servers_of(postgres_server, url, redis_url), settings) as house,
    ):
        house.start("api")
        yield house


@pytest.fixture(scope="session")
def door_line(door_house: House) -> Line:
    return door_house.open_company("Clínica da Porta")


@pytest.fixture
def door(door_house: House, door_line: Line) -> Iterator[Door]:
    one_connection = httpx2.Limits(max_connections=1)
    with httpx2.Client(base_url=door_house.url, timeout=15, trust_env=False, limits=one_connection) as client:
        yield Door(door_house, door_line, client)


@pytest.fixture(scope="module")
def migrated(module_database: str) -> str:
    asyncio.run(migrate(module_database))
    return module_database


@pytest.fixture
async def building(migrated: str, redis_url: str) -> AsyncIterator[Building]:
    async with raised(migrated, redis_url) as building:
        yield building


@pytest.fixture
async def http(building: Building) -> AsyncIterator[httpx2.AsyncClient]:
    async with asking(building) as client:
        yield client


@pytest.fixture
async def desk(building: Building, http: httpx2.AsyncClient) -> Desk:
    """The owner at our company's agenda."""
    desk = Desk(http, await building.headers(Role.OWNER))
    await desk.furnish()
    return desk
