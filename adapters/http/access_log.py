"""What happens around every request: a correlation id, one log line, the counters, headers that keep
browsers careful.

It wraps the whole application (`granian` is given `AccessLog(app)`), because Litestar's own middleware never
sees what no route matched. The line names the route's template, never the path: some of our paths end in a
secret.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import Counter

from adapters.telemetry import metrics
from adapters.telemetry.log import note, recognized, told

NAMES: Final = (b"x-correlation-id", b"x-request-id")
SANE: Final = re.compile(rb"(?=[0-9-]*[A-Za-z])[A-Za-z0-9-]{8,64}")
"""What we take over as a correlation id. One letter at least: an id of digits may be somebody's telephone."""

CAREFUL: Final = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"DENY",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"cache-control": b"no-store",
    b"cross-origin-resource-policy": b"same-origin",
}
"""Sent unless the answer brings its own: a page of the panel knows better what it may load."""

HSTS: Final = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
PLAIN: Final = frozenset((b"content-type", b"content-length"))
"""Headers that collide with none of ours."""

QUIET: Final = frozenset(("/healthz", "/livez", "/metrics"))
WEBHOOKS: Final = "/webhook/whaticket"
UNMATCHED: Final = "unmatched"


class AccessLog:
    def __init__(self, app: ASGIApp, *, https_only: bool = False) -> None:
        self._app = app
        self._careful = tuple((CAREFUL | (dict([HSTS]) if https_only else {})).items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        correlation = correlation_of(scope["headers"])
        with recognized(correlation_id=correlation), told("http.request", method=str(scope.get("method"))):
            await self._answered(scope, receive, send, correlation.encode())

    async def _answered(self, scope: Scope, receive: Receive, send: Send, correlation: bytes) -> None:
        since = time.perf_counter()
        status = 0

        async def careful(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = self._headers(message.get("headers", ()), correlation)
            await send(message)

        try:
            await self._app(scope, receive, careful)
        finally:
            _account(scope, status, time.perf_counter() - since)

    def _headers(self, given: Iterable[tuple[bytes, bytes]], correlation: bytes) -> list[tuple[bytes, bytes]]:
        headers = [(name.lower(), value) for name, value in given]
        names = {name for name, _ in headers}
        careful = self._careful if names <= PLAIN else [pair for pair in self._careful if pair[0] not in names]
        return [*headers, *careful, (b"x-correlation-id", correlation)]


def correlation_of(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The caller's X-Correlation-ID or X-Request-ID where it is sane, else a new one."""
    given = {name.lower(): value for name, value in headers if name.lower() in NAMES}
    for name in NAMES:
        if name in given and SANE.fullmatch(given[name]):
            return given[name].decode("ascii")
    return os.urandom(12).hex()


def _account(scope: Scope, status: int, seconds: float) -> None:
    route = str(scope.get("path_template") or UNMATCHED)
    note(route=route, status=status)
    if route in QUIET and status < 400:
        note(level="debug")
    _requests(route, status).inc()
    if route.startswith(WEBHOOKS):
        metrics.WEBHOOK_LATENCY.observe(seconds)
        (metrics.WEBHOOK_ACCEPTED if 200 <= status < 300 else metrics.WEBHOOK_REJECTED).inc()


@lru_cache(512)
def _requests(route: str, status: int) -> Counter:
    """The counter of one kind of answer; to find it by its labels costs more than to count."""
    return metrics.HTTP_REQUESTS.labels(route=route, status=status)
