"""One signed call to a company's own system. The client is given: it must not reach our own network.

The body is a Standard Webhooks event: {"type": "quota.reached", "timestamp": "...", "data": {...}}.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import httpx2
import msgspec
from standardwebhooks import Webhook

from application.quotas.ports import Delivered, Endpoint, News
from application.shared.ports import Clock

SECONDS: Final = 15.0
LONGEST_ANSWER: Final = 65_536
HIGHEST_PORT: Final = 65_535
TROUBLE: Final = (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError, ValueError, TimeoutError)


@dataclass(frozen=True, slots=True)
class SignedNews:
    """Implements application.quotas.ports.NewsSender. Redirects are answers like any other: not taken."""

    http: httpx2.AsyncClient
    clock: Clock
    seconds: float = SECONDS

    async def send(self, endpoint: Endpoint, news: News) -> Delivered:
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self.seconds):
                status = await self._post(endpoint, news)
        except TROUBLE:
            return Delivered("unreachable", None, time.perf_counter() - began)
        outcome = "delivered" if 200 <= status < 300 else "refused"
        return Delivered(outcome, status, time.perf_counter() - began)

    async def _post(self, endpoint: Endpoint, news: News) -> int:
        body = msgspec.json.encode({"type": news.type, "timestamp": news.at, "data": news.data})
        headers = {"content-type": "application/json", **signed(endpoint.secret, news.id, self.clock(), body)}
        request = self.http.build_request("POST", endpoint.url, content=body, headers=headers)
        if not 0 < (request.url.port or 443) <= HIGHEST_PORT:
            raise ValueError("no such port")  # the socket would say so in a group of exceptions
        response = await self.http.send(request, stream=True, follow_redirects=False)
        try:
            heard = 0
            async for piece in response.aiter_bytes():
                heard += len(piece)
                if heard > LONGEST_ANSWER:
                    break
        finally:
            await response.aclose()
        return response.status_code


def signed(secret: str, id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers of Standard Webhooks. Raises ValueError for a secret that is not base64."""
    moment = at.astimezone(UTC).replace(microsecond=0)
    return {
        "webhook-id": id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(id, moment, body.decode()),
    }
