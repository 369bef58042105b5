"""Where webhooks may be sent, with which method, and whom we believe about where they come from."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import httpx2
import pytest

from ops.load.webhooks import signature
from secretaria.embedded.postgres import Postgres
from tests.conftest import _new_database
from tests.integration.http.conftest import Door, a_message
from tests.journeys.conftest import servers_of
from tests.journeys.house import House, Line

STALE_SECONDS = 5.0
PER_IP = 3


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_another_method_is_refused_and_changes_nothing(door: Door, method: str):
    answer = door.client.request(method, door.path)

    assert answer.status_code in ((204, 405) if method == "OPTIONS" else (404, 405))
    if answer.status_code == 405 and method != "HEAD":
        assert answer.headers["content-type"] == "application/problem+json"
        assert "POST" in answer.headers["allow"]


@pytest.mark.parametrize("path", ["/webhook", "/webhook/", "/webhook/other", "/webhook/whaticket/a/b/c", "/.env"])
def test_an_address_nobody_has_is_a_problem_document_that_repeats_nothing(door: Door, path: str):
    answer = door.client.post(path, content=b"{}")

    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert ".env" not in answer.text


def test_the_bare_address_leads_to_the_panel_and_takes_nothing(door: Door):
    assert door.client.get("/").headers["location"] == "/painel"

    answer = door.client.post("/", content=b"{}")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")


@pytest.fixture(scope="module")
def small_house(postgres_server: Postgres, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """No company yet."""
    folder = tmp_path_factory.mktemp("small")
    with _new_database(postgres_server) as url, House(folder, servers_of(postgres_server, url, redis_url)) as house:
        house.start("api")
        yield house


def bare(house: House, line: Line) -> httpx2.Response:
    body = a_message()
    headers = {"Content-Type": "application/json", **signature(line.secret, body, time.time())}
    return httpx2.post(f"{house.url}/webhook/whaticket", content=body, headers=headers, trust_env=False)


async def test_the_bare_address_serves_one_company_and_is_nobodys_with_two(small_house: House):
    first = small_house.open_company("A Única")
    assert (bare(small_house, first).status_code, bare(small_house, first).text) == (202, '{"queued":true}')

    second = small_house.open_company("A Segunda")

    async with asyncio.timeout(STALE_SECONDS + 3):
        while bare(small_house, first).status_code != 401:
            await asyncio.sleep(0.2)
    assert bare(small_house, second).status_code == 401


def limited(house: House, line: Line, *, forwarded: list[str]) -> list[bool]:
    """Which of as many messages, each of another contact, were over the limit of their sender's address."""
    for said in forwarded:
        body = a_message()
        headers = {"Content-Type": "application/json", "X-Forwarded-For": said}
        headers |= signature(line.secret, body, time.time())
        answer = httpx2.post(line.webhook_url, content=body, headers=headers, trust_env=False)
        assert (answer.status_code, answer.text) == (202, '{"queued":true}')
    kept = house.rows_now("select limited from envelopes order by id", tenant=line.tenant)
    return [row["limited"] for row in kept]


def test_a_forged_address_does_not_escape_the_limit_and_a_proxys_word_counts(small_house: House):
    others = [f"203.0.113.{n}" for n in range(PER_IP + 2)]
    within, over = [False] * PER_IP, [True] * 2
    small_house.stop("api")
    small_house.start("api", env={"SECRETARIA_RATE_PER_IP": str(PER_IP)})

    assert limited(small_house, small_house.open_company("Sem Proxy"), forwarded=others) == within + over

    small_house.stop("api")
    trusting = {"SECRETARIA_RATE_PER_IP": str(PER_IP), "SECRETARIA_TRUSTED_PROXIES": "127.0.0.0/8"}
    small_house.start("api", env=trusting)

    assert limited(small_house, small_house.open_company("Atrás de Proxy"), forwarded=others) == within + [False] * 2
    forged = [f"198.51.100.{n}, 203.0.113.99" for n in range(PER_IP + 2)]
    assert limited(small_house, small_house.open_company("Outro Proxy"), forwarded=forged) == within + over
