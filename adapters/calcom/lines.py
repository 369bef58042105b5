"""What this process knows of each company's Cal.com: whether it is ill, whether we asked too much, how many calls are out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from adapters.calcom.errors import Again
from adapters.telemetry import metrics
from application.agenda.ports import CalendarUnavailable
from domain.delivery.breaker import Breaker, BreakerState
from domain.shared.ids import TenantId

AT_ONCE: Final = 8
"""Calls of one company at a time: one hanging Cal.com must not take up the pool that all companies share."""

PATIENCE: Final = 5.0  # seconds to wait for room


@dataclass(slots=True)
class Line:
    """`rests_until`: over its limit Cal.com shuts a key out for a whole minute, and every call meanwhile is wasted."""

    breaker: Breaker = field(default_factory=lambda: Breaker(failures_to_open=5, open_seconds=20.0))
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    rests_until: float = 0.0


@dataclass(slots=True)
class Lines:
    """One line per company, for as long as the process lives."""

    now: Callable[[], float] = time.monotonic
    known: dict[TenantId, Line] = field(default_factory=dict)

    @asynccontextmanager
    async def through(self, tenant: TenantId) -> AsyncIterator[None]:
        """Raises CalendarUnavailable while there is no point in asking. Learns from the Again that a call raises."""
        line = self.known.setdefault(tenant, Line())
        try:
            async with asyncio.timeout(PATIENCE):
                await line.room.acquire()
        except TimeoutError as error:
            raise CalendarUnavailable("too many calls are waiting for this Cal.com") from error
        try:
            self._demand_open(line)
            async with self._watched(line):
                yield
        finally:
            line.room.release()

    def _demand_open(self, line: Line) -> None:
        now = self.now()
        if now < line.rests_until:
            raise CalendarUnavailable("Cal.com's limit is used up", retry_after=line.rests_until - now)
        if not line.breaker.allow(now):
            raise CalendarUnavailable("the breaker of this Cal.com is open", retry_after=line.breaker.wait(now))

    @asynccontextmanager
    async def _watched(self, line: Line) -> AsyncIterator[None]:
        try:
            yield
        except Again as trouble:
            if trouble.wait is not None:
                line.rests_until = self.now() + trouble.wait
                line.breaker.succeeded()  # it answered: it is we who asked too often
            else:
                self._failed(line.breaker)
            raise
        line.breaker.succeeded()

    def _failed(self, breaker: Breaker) -> None:
        before = breaker.state
        breaker.failed(self.now())
        if breaker.state is BreakerState.OPEN and before is not BreakerState.OPEN:
            metrics.BREAKER_OPENED.labels(service="calcom").inc()
