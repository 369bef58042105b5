"""A line is what this process knows of one connection's health: its breaker, and how many calls are on it now."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from adapters.telemetry import metrics
from application.delivery.ports import (
    ChannelMisconfigured,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
)
from domain.delivery.breaker import Breaker, BreakerState
from domain.shared.ids import ConnectionId, TenantId

AT_ONCE: Final = 8
"""Calls on one connection at a time, in each process: one hanging Whaticket must not take up the HTTP pool that all companies
share, and that pool is the process's own. What a number may send is held across processes elsewhere: the rate by Redis
(adapters/redis/pacing), and one message at a time per contact by the row that says whose turn it is. No Whaticket counts
parallel sends (contracts: codatende counts calls a minute); a common count in Redis would cost every send a round trip more
and leave slots taken by processes that died."""

PATIENCE: Final = 10.0  # seconds to wait for room


@dataclass(slots=True)
class Line:
    breaker: Breaker = field(default_factory=lambda: Breaker(failures_to_open=5, open_seconds=30.0))
    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))


@dataclass(slots=True)
class Lines:
    """One line per connection of a company, for as long as the process lives."""

    now: Callable[[], float] = time.monotonic
    new_line: Callable[[], Line] = Line
    patience: float = PATIENCE
    known: dict[tuple[TenantId, ConnectionId], Line] = field(default_factory=dict)

    @asynccontextmanager
    async def through(self, tenant: TenantId, connection: ConnectionId) -> AsyncIterator[None]:
        """Raises ChannelUnavailable while the breaker is open or there is no room. Learns from what the call raises."""
        line = self.known.setdefault((tenant, connection), self.new_line())
        try:
            async with asyncio.timeout(self.patience):
                await line.room.acquire()
        except TimeoutError as error:
            raise ChannelUnavailable("too many calls are waiting for this connection") from error
        try:
            async with self._watched(line.breaker):
                yield
        finally:
            line.room.release()

    @asynccontextmanager
    async def _watched(self, breaker: Breaker) -> AsyncIterator[None]:
        if not breaker.allow(self.now()):
            raise ChannelUnavailable("the breaker of this connection is open", retry_after=breaker.wait(self.now()))
        try:
            yield
        except (ChannelUnavailable, ChannelUnknown):
            self._failed(breaker)
            raise
        except (ChannelRefused, ChannelMisconfigured):
            breaker.succeeded()  # it answered; what it said is about the letter or about us
            raise
        breaker.succeeded()

    def _failed(self, breaker: Breaker) -> None:
        before = breaker.state
        breaker.failed(self.now())
        if breaker.state is BreakerState.OPEN and before is not BreakerState.OPEN:
            metrics.BREAKER_OPENED.labels(service="whaticket").inc()
