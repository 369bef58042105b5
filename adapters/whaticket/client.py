"""One HTTP call to Whaticket: bounded in time and size, and told as an Answer or as one of httpx2's errors."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Final

import httpx2
import msgspec

from adapters.whaticket.reach import Guarded

TIMEOUT: Final = httpx2.Timeout(connect=3.0, write=5.0, read=15.0, pool=3.0)
"""Seconds. The forks answer a text only after WhatsApp took it, which is why reading has so long."""

DEADLINE: Final = 20.0
"""Seconds for a whole call, connecting included: an answer that drips byte by byte never meets `read`."""

LIMITS: Final = httpx2.Limits(max_connections=500, max_keepalive_connections=200, keepalive_expiry=4.0)
"""Node closes an idle connection after 5 s; we leave first, or a request could meet the closing door."""

LONGEST_ANSWER: Final = 4 * 1024 * 1024
"""Bytes. A page of 20 messages with their raw WhatsApp data stays far below."""


class AnswerTooLong(httpx2.RemoteProtocolError):
    """More came back than any Whaticket has to say."""


def build_http_client(*, private_addresses: bool, timeout: httpx2.Timeout = TIMEOUT) -> httpx2.AsyncClient:
    """One for the whole process. Redirects are not followed and TLS is verified.

    `private_addresses` lets connections name hosts of our own network and plain http: right for an install whose operator
    types every address (a sandbox, a compose file), wrong where tenants do. No cookie is kept: the panel's refresh cookie
    of one company must not travel with the calls of another that lives on the same host.
    """
    transport = (
        httpx2.AsyncHTTPTransport(limits=LIMITS, trust_env=False) if private_addresses else Guarded(limits=LIMITS)
    )
    return httpx2.AsyncClient(
        transport=transport,
        timeout=timeout,
        follow_redirects=False,
        trust_env=False,
        cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
        headers={"user-agent": "secretaria", "accept": "application/json", "accept-encoding": "identity"},
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole. `at` is the other side's own clock, where it told it."""

    status: int
    body: bytes
    retry_after: float | None = None
    at: datetime | None = None
    location: str | None = None

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> object:
        """The decoded body, or None where it is no JSON."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None


async def call(
    http: httpx2.AsyncClient,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: Mapping[str, Any] | None = None,
    deadline: float = DEADLINE,
) -> Answer:
    """Raises httpx2.HTTPError, httpx2.InvalidURL, and what a header of strange letters makes of them."""
    try:
        async with asyncio.timeout(deadline):
            return await _exchange(http, method, url, headers, body)
    except TimeoutError as error:
        raise httpx2.ReadTimeout(f"the whole call took longer than {deadline} s") from error


async def _exchange(
    http: httpx2.AsyncClient, method: str, url: str, headers: Mapping[str, str], body: Mapping[str, Any] | None
) -> Answer:
    request = http.build_request(method, url, headers=_printable(headers), content=_encoded(body))
    if body is not None:
        request.headers["content-type"] = "application/json"
    response = await http.send(request, stream=True)
    try:
        whole = bytearray()
        async for piece in response.aiter_bytes():
            whole += piece
            if len(whole) > LONGEST_ANSWER:
                raise AnswerTooLong(f"more than {LONGEST_ANSWER} bytes")
    finally:
        await response.aclose()
    known = response.headers
    return Answer(
        response.status_code,
        bytes(whole),
        retry_after=_seconds(known.get("retry-after"), _moment(known.get("date"))),
        at=_moment(known.get("date")),
        location=known.get("location"),
    )


def _printable(headers: Mapping[str, str]) -> dict[str, str]:
    if not all(value.isascii() and value.isprintable() for value in headers.values()):
        raise httpx2.LocalProtocolError("a token with letters that no header may carry")
    return dict(headers)


def _encoded(body: Mapping[str, Any] | None) -> bytes | None:
    """A lone surrogate in a text becomes "?": it has no form on the wire, and is no reason to lose the rest."""
    if body is None:
        return None
    clean = {
        key: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for key, value in body.items()
    }
    return msgspec.json.encode(clean)


def _moment(header: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header) if header else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _seconds(header: str | None, now: datetime | None) -> float | None:
    """Retry-After as seconds, whether it was said in seconds or as a date."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    until = _moment(header)
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds()) if until else None
