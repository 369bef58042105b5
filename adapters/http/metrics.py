"""`GET /metrics` of the API process; the gauges of the queue are read when somebody scrapes, at most every
five seconds.

Workers and relay serve their own figures on their own ports (`adapters.telemetry.metrics.serve_metrics`).
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Protocol

from litestar import Response, Router, get
from litestar.exceptions import NotAuthorizedException
from litestar.params import HeaderParameter

from adapters.http.problems import refusal
from adapters.http.watching import Remembered, Watched
from adapters.telemetry import log, metrics
from adapters.telemetry.workers import show_workers
from application.provisioning.workers import Heartbeat

WINDOW: Final = 1.0
FRESH_FOR: Final = 5.0


class QueueFigures(Protocol):
    """The queue of all companies at one moment."""

    @property
    def size(self) -> int:
        """Jobs due and not started."""

    @property
    def oldest_due_age(self) -> float:
        """Seconds; 0 when nothing waits."""

    @property
    def dead_letters(self) -> int: ...


SampleQueue = Callable[[], Awaitable[QueueFigures]]


HearWorkers = Callable[[], Awaitable[Sequence[Heartbeat]]]


@dataclass
class MetricsPage:
    """A sampler that fails or hangs costs the page nothing but fresh figures."""

    sample: SampleQueue
    workers: HearWorkers | None = None
    window: float = WINDOW
    fresh_for: float = FRESH_FOR

    def __post_init__(self) -> None:
        self._queue = Watched(self.sample)
        self._workers = Watched(self.workers) if self.workers is not None else None
        self._refreshed = Remembered(self._refresh, self.fresh_for)

    async def text(self) -> bytes:
        await self._refreshed.get()
        return await asyncio.to_thread(metrics.exposition)

    async def _refresh(self) -> None:
        await asyncio.gather(_or_keep_the_old(self._read_queue()), _or_keep_the_old(self._hear_workers()))

    async def _read_queue(self) -> None:
        figures = await self._queue.answer(self.window)
        metrics.QUEUE_SIZE.set(figures.size)
        metrics.OLDEST_DUE_AGE.set(figures.oldest_due_age)
        metrics.DEAD_LETTERS.set(figures.dead_letters)

    async def _hear_workers(self) -> None:
        if self._workers is not None:
            show_workers(await self._workers.answer(self.window))


async def _or_keep_the_old(reading: Awaitable[None]) -> None:
    try:
        await reading
    except Exception as error:  # noqa: BLE001 - the page is needed most when something is broken
        metrics.SAMPLER_FAILURES.inc()
        log.warning("metrics.sampler_failed", exception=error)


def metrics_router(page: MetricsPage, *, token: str | None = None) -> Router:
    """With a token, the page is only for who brings it as `Authorization: Bearer`, as Prometheus can."""

    @get(
        "/metrics",
        responses={401: refusal("In production: without the service token")},
        summary="Figures for Prometheus",
        tags=["operations"],
        media_type=metrics.CONTENT_TYPE,
    )
    async def scrape(
        authorization: Annotated[str, HeaderParameter(name="Authorization")] = "",
    ) -> Response[bytes]:
        if token is not None and not _same(authorization, f"Bearer {token}"):
            raise NotAuthorizedException(headers={"WWW-Authenticate": "Bearer"})
        return Response(await page.text(), media_type=metrics.CONTENT_TYPE)

    return Router("/", route_handlers=[scrape])


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
