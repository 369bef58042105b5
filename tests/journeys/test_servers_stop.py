"""Redis may vanish, PostgreSQL may fall asleep: messages are kept or refused with a clear word, and all is well again."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import httpx2
import pytest
import redis

from ops.load.servers import Servers as OwnServers
from ops.sandbox.handle import Gemini, Whaticket
from tests.journeys.customer import Customer, new_phone
from tests.journeys.house import PARTS, House, Line, Servers

RECOVERED_WITHIN = 20.0
REFUSED_WITHIN = 16.0


@pytest.fixture(scope="module")
def servers(servers_dir: Path) -> Iterator[OwnServers]:
    """Nobody else's, so that they may be hurt."""
    folder = servers_dir / "to be hurt"
    folder.mkdir(mode=0o755)
    with OwnServers(folder) as own:
        yield own


@pytest.fixture(scope="module")
def shared_house(servers: OwnServers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    where = Servers(servers.database_url, servers.redis_url, servers.superuser_url)
    with House(tmp_path_factory.mktemp("house"), where) as house:
        house.start(*PARTS)
        yield house


@pytest.fixture
async def crowd(house: House, line: Line, whaticket: Whaticket, gemini: Gemini) -> AsyncIterator[list[Customer]]:
    """Ten customers; at the end each has heard one answer, and no more."""
    everybody = [Customer(whaticket, line.sandbox, new_phone()) for _ in range(10)]
    yield everybody
    for number, one in enumerate(everybody):
        assert f"#crowd{number}" in (await one.hears(seconds=RECOVERED_WITHIN))[0]
    await house.calm(line.tenant)
    assert {len(await one.everything_heard()) for one in everybody} == {1}


async def all_say(crowd: list[Customer]) -> None:
    said = await asyncio.gather(*(one.says(f"oi #crowd{number}") for number, one in enumerate(crowd)))
    assert {one.webhooks[0].status for one in said} == {202}


async def test_a_flushed_redis_loses_nothing_and_repeats_nothing(
    crowd: list[Customer], house: House, line: Line, servers: OwnServers
):
    house.kill("worker")
    await all_say(crowd)
    await house.until("select 1 from public.jobs where state = 'dispatched' having count(*) = 10")
    with redis.Redis.from_url(servers.redis_url) as client:
        client.flushall()

    house.start("worker")

    await crowd[0].hears(seconds=RECOVERED_WITHIN)
    crowd[0].heard = 0
    again = await crowd[0].whaticket.messages(line.sandbox, contact=crowd[0].phone, direction="in")
    repeated = await crowd[0].whaticket.replay(line.sandbox, again.messages[0].id, times=5)
    assert {one.status for one in repeated.webhooks} == {202}


@pytest.mark.parametrize("keeps_its_file", [True, False], ids=["with its file", "without its file"])
async def test_a_redis_killed_and_restarted_loses_nothing(
    crowd: list[Customer], servers: OwnServers, keeps_its_file: bool
):
    talking = asyncio.create_task(all_say(crowd))
    await asyncio.sleep(0.05)

    servers.end("valkey", signal.SIGKILL)
    await talking
    if not keeps_its_file:
        for file in (servers.valkey.home / "appendonlydir").iterdir():
            file.unlink()
    servers.launch("valkey")


async def test_with_redis_asleep_webhooks_are_still_taken_within_a_second(
    crowd: list[Customer], house: House, servers: OwnServers
):
    servers.signal("valkey", signal.SIGSTOP)
    try:
        said = [await one.says(f"oi #crowd{number}") for number, one in enumerate(crowd)]
    finally:
        servers.signal("valkey", signal.SIGCONT)

    assert {one.webhooks[0].status for one in said} == {202}
    assert max(one.webhooks[0].seconds for one in said) < 1.0


async def test_with_postgres_asleep_webhooks_are_refused_with_a_word_when_to_come_back_and_it_heals(
    crowd: list[Customer], house: House, line: Line, servers: OwnServers
):
    unknown = "/webhook/whaticket/" + "n0b0dy" * 4
    servers.signal("postgres", signal.SIGSTOP)
    try:
        async with httpx2.AsyncClient(base_url=house.url, trust_env=False, timeout=30) as client:
            talking = asyncio.gather(*(one.says(f"oi #crowd{number}") for number, one in enumerate(crowd)))
            refused = await client.post(unknown, content=b"{}", headers={"Content-Type": "application/json"})
            health, alive = await client.get("/healthz"), await client.get("/livez")
            said = await talking
    finally:
        servers.signal("postgres", signal.SIGCONT)

    assert {one.webhooks[0].status for one in said} == {503}
    assert (refused.status_code, health.status_code, alive.status_code) == (503, 503, 200)
    assert int(refused.headers["retry-after"]) >= 1
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == "urn:secretaria:problem:unavailable"
    assert max(one.webhooks[0].seconds for one in said) < REFUSED_WITHIN
    house.wait_until_well()
    for one, piece in zip(crowd, said, strict=True):
        again = await one.whaticket.replay(line.sandbox, piece.messages[0].id)
        assert again.webhooks[0].status == 202


async def test_cut_database_connections_heal_and_stay_in_their_own_company(
    crowd: list[Customer], servers: OwnServers, house: House, line: Line
):
    talking = asyncio.create_task(all_say(crowd))
    connection = await asyncpg.connect(servers.superuser_url)
    try:
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where backend_type = 'client backend' and pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()
    try:
        await talking
    except AssertionError:  # those that were under way may be refused: the sender comes again
        for one in crowd:
            sent = (await one.whaticket.messages(line.sandbox, contact=one.phone, direction="in")).messages[0]
            assert (await one.whaticket.replay(line.sandbox, sent.id)).webhooks[0].status == 202
