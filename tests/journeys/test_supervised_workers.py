"""`secretaria supervise` with real workers: they die, drain, move with their company, and every customer hears once."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx2
import psutil
import pytest

from ops.sandbox.handle import Gemini, Whaticket
from secretaria.embedded.postgres import Postgres
from tests.conftest import _new_database
from tests.journeys.conftest import servers_of
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import House, Line

SOON = 45.0
ALWAYS_ONE = {"SECRETARIA_WORKERS_LEAST": "1", "SECRETARIA_WORKERS_MOST": "1"}


@pytest.fixture(scope="module")
def own_house(postgres_server: Postgres, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """API and relay by themselves; workers only as `supervise` starts them."""
    folder = tmp_path_factory.mktemp("supervised")
    with (
        _new_database(postgres_server) as url,
        House(folder, servers_of(postgres_server, url, redis_url), ALWAYS_ONE) as house,
    ):
        house.start("api", "relay")
        yield house


@pytest.fixture(scope="module")
def own_line(own_house: House) -> Line:
    return own_house.open_company("Clínica Vigiada")


async def pools(house: House) -> dict[str, int]:
    async with httpx2.AsyncClient(trust_env=False) as http:
        report = (await http.get(f"{house.url}/healthz", timeout=5)).json()
    return {name: pool["workers"] for name, pool in report["pools"].items()}


async def until_pools(house: House, wanted: dict[str, int]) -> None:
    try:
        async with asyncio.timeout(SOON):
            while await pools(house) != wanted:
                await asyncio.sleep(0.1)
    except TimeoutError:
        pytest.fail(f"{await pools(house)}, not {wanted}\n{house.logs()[-3000:]}")


def workers_of(house: House) -> list[psutil.Process]:
    supervise = psutil.Process(house.parts["supervise"].process.pid)
    return [child for child in supervise.children() if "worker" in child.cmdline()]


async def test_workers_die_and_a_company_moves_and_every_customer_hears_once(own_house: House, own_line: Line):
    own_house.start_supervise()
    await until_pools(own_house, {"shared": 1})
    async with Whaticket(own_house.whaticket.url) as whaticket, Gemini(own_house.gemini.url):
        customers = [Customer(whaticket, own_line.sandbox, new_phone()) for _ in range(12)]
        for n, customer in enumerate(customers):
            await customer.says(f"oi #sup{n}")
            if n == 2:
                workers_of(own_house)[0].kill()
            if n == 5:
                own_house.command("company", "pool", str(own_line.tenant), "dedicated")
            if n == 7:
                await until_pools(own_house, {"shared": 1, f"tenant_{own_line.tenant}": 1})
            if n == 9:
                own_house.command("company", "pool", str(own_line.tenant), "shared")
        for n, customer in enumerate(customers):
            assert f"#sup{n}" in (await customer.hears())[0]
        await own_house.calm(own_line.tenant)
        assert [len(await customer.everything_heard()) for customer in customers] == [1] * len(customers)
    await until_pools(own_house, {"shared": 1})

    workers = workers_of(own_house)
    own_house.parts["supervise"].process.send_signal(signal.SIGTERM)

    assert own_house.parts["supervise"].process.wait(15) == 0
    assert not [worker for worker in workers if worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE]
    await until_pools(own_house, {})
    assert not list((Path(own_house.settings["SECRETARIA_DATA_DIR"]) / "supervise" / "processes").iterdir())
