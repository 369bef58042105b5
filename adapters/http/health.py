"""`GET /healthz` says whether the whole can work, `GET /livez` whether this process can.

Healthy is only who answers: PostgreSQL, Redis and at least one worker that beat lately, each within its
window. Point load balancers at /livez: an API without Redis still takes webhooks, and taking it out of
service would lose them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import msgspec
from litestar import Response, Router, get
from litestar.openapi.datastructures import ResponseSpec

from adapters.http.watching import Remembered, Watched
from adapters.telemetry import log, metrics
from adapters.telemetry.workers import show_workers
from application.provisioning.workers import Heartbeat
from domain.shared.errors import Unavailable

HealthCheck = Callable[[], Awaitable[object]]
"""Returns when the component answered, raises when it did not. Takes its connections from a pool of its
own if it can.
"""

HearWorkers = Callable[[], Awaitable[Sequence[Heartbeat]]]

WINDOW: Final = 1.0
FRESH_FOR: Final = 1.0
METRIC_LABELS: Final[Mapping[str, str]] = {"postgres": "postgres", "redis": "redis", "workers": "rq_worker"}
"""The boards have always called our workers rq_worker; there is no RQ any more."""


class NoWorkers(Unavailable):
    """Nobody beat lately: messages are kept, and nobody answers them."""


class Finding(msgspec.Struct):
    ok: bool
    latency_ms: float


class PoolReport(msgspec.Struct):
    """How many workers a pool has, how many jobs they could take at once, and how many they hold."""

    workers: int = 0
    slots: int = 0
    in_flight: int = 0


class HealthReport(msgspec.Struct):
    """`latency_ms` is the mean of the components' figures."""

    status: str
    components: dict[str, Finding]
    latency_ms: float
    workers: int
    pools: dict[str, PoolReport]
    timestamp: str

    @property
    def ok(self) -> bool:
        return all(finding.ok for finding in self.components.values())


@dataclass
class Health:
    """Examines the components in parallel, at most once a second however many ask."""

    postgres: HealthCheck
    redis: HealthCheck
    workers: HearWorkers
    window: float = WINDOW
    fresh_for: float = FRESH_FOR

    def __post_init__(self) -> None:
        self._heard: Sequence[Heartbeat] = ()
        ask: dict[str, HealthCheck] = {"postgres": self.postgres, "redis": self.redis, "workers": self._hear}
        self._watched = {component: Watched(check) for component, check in ask.items()}
        self._report = Remembered(self._examine, self.fresh_for)

    async def report(self) -> HealthReport:
        return await self._report.get()

    async def _examine(self) -> HealthReport:
        self._heard = ()
        findings = await asyncio.gather(*(self._look(component) for component in self._watched))
        components = dict(zip(self._watched, findings, strict=True))
        mean = sum(finding.latency_ms for finding in findings) / len(findings)
        return HealthReport(
            status="ok" if all(finding.ok for finding in findings) else "unavailable",
            components=components,
            latency_ms=round(mean, 2),
            workers=len(self._heard),
            pools=_by_pool(self._heard),
            timestamp=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        )

    async def _look(self, component: str) -> Finding:
        since = time.perf_counter()
        try:
            await self._watched[component].answer(self.window)
        except Exception as error:  # noqa: BLE001 - whatever it raises, the component is not well
            metrics.HEALTHCHECK_FAILURES.labels(component=METRIC_LABELS[component]).inc()
            log.warning("health.component_away", component=component, exception=error)
            return Finding(ok=False, latency_ms=_ms_since(since))
        return Finding(ok=True, latency_ms=_ms_since(since))

    async def _hear(self) -> None:
        self._heard = await self.workers()
        show_workers(self._heard)
        if not self._heard:
            raise NoWorkers("no worker beat lately")


def health_router(health: Health) -> Router:
    away = ResponseSpec(HealthReport, generate_examples=False, description="A component did not answer: which, it says")

    @get("/healthz", responses={503: away}, summary="Can the whole system work?", tags=["operations"])
    async def healthz() -> Response[HealthReport]:
        report = await health.report()
        return Response(report, status_code=200 if report.ok else 503)

    @get("/livez", summary="Can this process work?", tags=["operations"])
    async def livez() -> dict[str, str]:
        return {"status": "ok"}

    return Router("/", route_handlers=[healthz, livez])


def _by_pool(heard: Sequence[Heartbeat]) -> dict[str, PoolReport]:
    pools: dict[str, PoolReport] = {}
    for beat in heard:
        pool = pools.setdefault(beat.pool, PoolReport())
        pool.workers += 1
        pool.slots += beat.slots
        pool.in_flight += beat.in_flight
    return pools


def _ms_since(since: float) -> float:
    return round((time.perf_counter() - since) * 1000, 2)
