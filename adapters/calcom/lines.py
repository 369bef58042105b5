"""What this process knows of each company's Cal.com: whether it is ill, what may still be asked, what it said a moment ago."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from adapters.calcom.answers import Answers
from adapters.calcom.budget import Budget, Rate
from adapters.calcom.errors import Again
from adapters.telemetry import metrics
from application.agenda.ports import CalendarUnavailable
from domain.delivery.breaker import Breaker, BreakerState
from domain.shared.errors import SecretariaError
from domain.shared.ids import TenantId

AT_ONCE: Final = 8
"""Calls of one company at a time: one hanging Cal.com must not take up the pool that all companies share."""

READING: Final = 4
"""Of these, calls that can wait: a look at many professionals leaves room for who books."""

PATIENCE: Final = 5.0  # seconds to wait for room
READS_WAIT: Final = 20.0
"""Seconds: the last of twenty reads waits for the sixteen before it, of a Cal.com that is slow and well."""


@dataclass(slots=True)
class Line:
    """`rests_until`: over its limit Cal.com shuts a key out for a whole minute, and every call meanwhile is wasted."""

    answers: Answers
    breaker: Breaker = field(default_factory=lambda: Breaker(failures_to_open=5, open_seconds=20.0))
    budget: Budget = field(default_factory=Budget)
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    reading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(READING))
    rests_until: float = 0.0


@dataclass(slots=True)
class Lines:
    """One line per company, for as long as the process lives."""

    now: Callable[[], float] = time.monotonic
    known: dict[TenantId, Line] = field(default_factory=dict)

    def of(self, tenant: TenantId) -> Line:
        return self.known.get(tenant) or self.known.setdefault(tenant, Line(Answers(self.now)))

    def forget(self, tenant: TenantId) -> None:
        """What it said a moment ago; what we know of its health stays."""
        self.of(tenant).answers.forget()

    def learn(self, tenant: TenantId, rate: Rate | None) -> None:
        if rate is not None:
            self.of(tenant).budget.learn(rate, self.now())

    @asynccontextmanager
    async def through(self, tenant: TenantId, *, can_wait: bool = False) -> AsyncIterator[None]:
        """Raises CalendarUnavailable while there is no point in asking. Learns from the Again that a call raises.

        What `can_wait` leaves room, and the last of the key's rate, to what cannot.
        """
        line = self.of(tenant)
        async with AsyncExitStack() as held:
            if can_wait:
                await self._enter(line.reading, READS_WAIT)
                held.callback(line.reading.release)
            await self._enter(line.room, PATIENCE)
            held.callback(line.room.release)
            self._demand_open(line, can_wait=can_wait)
            async with self._watched(line):
                yield

    @staticmethod
    async def _enter(gate: asyncio.Semaphore, patience: float) -> None:
        try:
            async with asyncio.timeout(patience):
                await gate.acquire()
        except TimeoutError as error:
            raise CalendarUnavailable("too many calls are waiting for this Cal.com") from error

    def _demand_open(self, line: Line, *, can_wait: bool) -> None:
        now = self.now()
        if now < line.rests_until:
            raise CalendarUnavailable("Cal.com's limit is used up", retry_after=line.rests_until - now)
        line.budget.demand(now, can_wait=can_wait)
        if not line.breaker.allow(now):
            raise CalendarUnavailable("the breaker of this Cal.com is open", retry_after=line.breaker.wait(now))
        line.budget.spend()

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
        except SecretariaError:  # a no is an answer, too
            line.breaker.succeeded()
            raise
        line.breaker.succeeded()

    def _failed(self, breaker: Breaker) -> None:
        before = breaker.state
        breaker.failed(self.now())
        if breaker.state is BreakerState.OPEN and before is not BreakerState.OPEN:
            metrics.BREAKER_OPENED.labels(service="calcom").inc()
