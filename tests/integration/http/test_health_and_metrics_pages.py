"""`/healthz`, `/livez` and `/metrics`, with components that answer, refuse and hang."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx2
import pytest
from litestar import Litestar, Router
from prometheus_client.parser import text_string_to_metric_families

from adapters.http.errors import HANDLERS
from adapters.http.health import Health, health_router
from adapters.http.metrics import MetricsPage, metrics_router
from adapters.telemetry import metrics
from application.provisioning.workers import Heartbeat


async def fine() -> None:
    return None


async def refusing() -> None:
    raise ConnectionRefusedError("no")


async def hanging() -> None:
    await asyncio.Event().wait()


def workers(count: int, pool: str = "shared") -> Callable[[], Awaitable[list[Heartbeat]]]:
    async def heard() -> list[Heartbeat]:
        return [Heartbeat(f"w{n}", pool, slots=64, in_flight=n, version="", started="") for n in range(count)]

    return heard


@asynccontextmanager
async def serving(*routers: Router) -> AsyncIterator[httpx2.AsyncClient]:
    app = Litestar(list(routers), exception_handlers=HANDLERS, logging_config=None, openapi_config=None)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://t") as client:
        yield client


def failures() -> dict[str, float]:
    read = metrics.REGISTRY.get_sample_value
    name = "secretaria_healthcheck_failures_total"
    return {each: read(name, {"component": each}) or 0.0 for each in ("postgres", "redis", "rq_worker")}


async def test_all_well_is_200_with_latencies_workers_and_the_time_in_utc() -> None:
    async with serving(health_router(Health(fine, fine, workers(2)))) as http:
        answer = await http.get("/healthz")

    report = answer.json()
    assert answer.status_code == 200
    assert (report["status"], report["workers"]) == ("ok", 2)
    assert report["pools"] == {"shared": {"workers": 2, "slots": 128, "in_flight": 1}}
    assert set(report["components"]) == {"postgres", "redis", "workers"}
    for component in report["components"].values():
        assert component["ok"] is True
        assert 0 <= component["latency_ms"] < 1000
    assert report["timestamp"].endswith("Z")
    assert abs((datetime.now(UTC) - datetime.fromisoformat(report["timestamp"])).total_seconds()) < 5


@pytest.mark.parametrize(
    ("health", "away", "counted"),
    [
        (Health(refusing, fine, workers(1)), {"postgres"}, {"postgres"}),
        (Health(fine, refusing, workers(1)), {"redis"}, {"redis"}),
        (Health(fine, fine, workers(0)), {"workers"}, {"rq_worker"}),
        (Health(hanging, hanging, hanging, window=0.05), {"postgres", "redis", "workers"}, set(failures())),
    ],
    ids=["postgres refuses", "redis refuses", "no workers", "all hang"],
)
async def test_whatever_is_away_makes_it_503_and_is_counted(health: Health, away: set[str], counted: set[str]) -> None:
    before = failures()
    async with serving(health_router(health)) as http:
        answer = await http.get("/healthz")

    report = answer.json()
    assert answer.status_code == 503
    assert report["status"] == "unavailable"
    assert {name for name, finding in report["components"].items() if not finding["ok"]} == away
    assert {name for name, value in failures().items() if value > before[name]} == counted


async def test_components_that_hang_are_asked_in_parallel_and_given_up_in_time() -> None:
    async with serving(health_router(Health(hanging, hanging, hanging, window=0.2))) as http:
        since = time.monotonic()
        await http.get("/healthz")

    assert time.monotonic() - since < 0.55


async def test_a_hundred_who_ask_at_once_cost_one_examination() -> None:
    asked = 0

    async def counting() -> None:
        nonlocal asked
        asked += 1

    async with serving(health_router(Health(counting, fine, workers(1)))) as http:
        answers = await asyncio.gather(*(http.get("/healthz") for _ in range(100)))

    assert {answer.status_code for answer in answers} == {200}
    assert asked == 1


async def test_a_component_that_comes_back_is_seen() -> None:
    mended = asyncio.Event()

    async def recovering() -> None:
        if not mended.is_set():
            raise OSError

    async with serving(health_router(Health(recovering, fine, workers(1), fresh_for=0.0))) as http:
        assert (await http.get("/healthz")).status_code == 503
        mended.set()
        assert (await http.get("/healthz")).status_code == 200


async def test_the_process_is_alive_whatever_it_depends_on() -> None:
    async with serving(health_router(Health(refusing, refusing, refusing))) as http:
        assert (await http.get("/livez")).status_code == 200


@dataclass
class Figures:
    size: int
    oldest_due_age: float
    dead_letters: int


async def sampled() -> Figures:
    return Figures(size=51, oldest_due_age=12.5, dead_letters=3)


def value(page: str, name: str) -> float:
    (found,) = re.findall(rf"^{name} (\S+)$", page, re.MULTILINE)
    return float(found)


async def test_the_page_is_prometheus_text_with_fresh_figures_of_the_queue() -> None:
    async with serving(metrics_router(MetricsPage(sampled))) as http:
        answer = await http.get("/metrics")

    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert list(text_string_to_metric_families(answer.text))
    assert value(answer.text, "secretaria_queue_size") == 51
    assert value(answer.text, "secretaria_jobs_oldest_due_age_seconds") == 12.5
    assert value(answer.text, "secretaria_dead_letters") == 3


@pytest.mark.parametrize("sampler", [refusing, hanging])
async def test_a_sampler_that_fails_leaves_the_page_and_its_old_figures(sampler: Callable) -> None:
    async with serving(metrics_router(MetricsPage(sampled))) as http:
        await http.get("/metrics")
    async with serving(metrics_router(MetricsPage(sampler, window=0.05))) as http:
        page = (await http.get("/metrics")).text
        again = (await http.get("/metrics")).text

    assert value(page, "secretaria_queue_size") == 51
    failed = "secretaria_metrics_sampler_failures_total"
    assert value(again, failed) == value(page, failed) >= 1


async def test_the_page_counts_the_workers_even_where_the_queue_cannot_be_read() -> None:
    async with serving(metrics_router(MetricsPage(refusing, workers(3)))) as http:
        page = (await http.get("/metrics")).text

    assert value(page, "secretaria_workers") == 3


async def test_many_scrapes_cost_one_sample() -> None:
    taken = 0

    async def counting() -> Figures:
        nonlocal taken
        taken += 1
        return await sampled()

    async with serving(metrics_router(MetricsPage(counting))) as http:
        await asyncio.gather(*(http.get("/metrics") for _ in range(20)))

    assert taken == 1


@pytest.mark.parametrize(
    ("authorization", "status"),
    [(None, 401), ("Bearer wrong", 401), ("Bearer ", 401), ("Bearer ação", 401), ("Bearer s3cret", 200)],
)
async def test_a_page_with_a_token_is_for_its_bearer(authorization: str | None, status: int) -> None:
    headers = {"authorization": authorization.encode()} if authorization else {}
    async with serving(metrics_router(MetricsPage(sampled), token="s3cret")) as http:
        answer = await http.get("/metrics", headers=headers)

    assert answer.status_code == status
    assert ("www-authenticate" in answer.headers) == (status == 401)


async def test_the_page_tells_each_pools_workers_and_keeps_a_pool_that_nobody_serves_any_more() -> None:
    async with serving(metrics_router(MetricsPage(refusing, workers(3, "tenant_7")))) as http:
        page = (await http.get("/metrics")).text
    for line in ("workers", 3), ("slots", 192), ("in_flight", 3):
        assert f'secretaria_pool_{line[0]}{{pool="tenant_7"}} {line[1]}.0' in page

    async with serving(metrics_router(MetricsPage(refusing, workers(1)))) as http:
        page = (await http.get("/metrics")).text
    assert 'secretaria_pool_workers{pool="tenant_7"} 0.0' in page
    assert 'secretaria_pool_workers{pool="shared"} 1.0' in page
