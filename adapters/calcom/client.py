"""One call to Cal.com: bounded in time and size, asked again only where that is harmless, told as JSON or as a verdict."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

import httpx2
import msgspec

from adapters.calcom.budget import rate_of
from adapters.calcom.errors import CALL_FAILURES, Again, decoded, failed, on_answer, said
from adapters.calcom.lines import Lines
from adapters.calcom.terms import CalcomTerms
from application.agenda.ports import CalendarUnavailable, CalendarUnsure, EntryNotFound

SECONDS: Final = 10.0
"""Of one call. Cal.com awaits its webhooks inside it, ours among them."""

DEADLINE: Final = 20.0
"""Of all tries together, pauses included."""

TRIES: Final = 3
FIRST_PAUSE: Final = 0.3
LONGEST_WAIT: Final = 2.0
"""A longer wait than this is the queue's to keep, not a caller's."""

LONGEST_ANSWER: Final = 4 * 1024 * 1024
PASSING: Final = frozenset({408, 425, 500, 502, 503, 504})
"""Statuses that pass by themselves. After a change nobody knows then whether it was made."""

TOO_OFTEN: Final = 429
A_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    path: str
    version: str
    query: Mapping[str, Any] | None = None
    body: Mapping[str, Any] | None = None
    can_wait: bool = False


@dataclass(frozen=True, slots=True)
class CalcomClient:
    """Speaks for one company. `http` is the process's own."""

    http: httpx2.AsyncClient
    terms: CalcomTerms
    lines: Lines
    first_pause: float = FIRST_PAUSE
    seconds: float = SECONDS
    deadline: float = DEADLINE

    async def ask(self, path: str, *, version: str, query: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """A question: changes nothing, so it is repeated. Raises CalendarUnavailable, EntryNotFound or CalendarRefused."""
        return await self._persist(_Call("GET", path, version, query))

    async def browse(self, path: str, *, version: str, query: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """A question that can wait: the last of the key's rate is left to whoever books. Raises as `ask` does."""
        return await self._persist(_Call("GET", path, version, query, can_wait=True))

    async def change(self, path: str, *, version: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """A change: repeated only where it surely never left. Raises those of `ask`, CalendarUnsure and SlotTaken."""
        try:
            return await self._persist(_Call("POST", path, version, body=body))
        finally:
            self.lines.forget(self.terms.tenant)

    async def amend(self, path: str, *, version: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """A change that does no harm twice: whoever gets no answer may ask again. Raises as `change` does."""
        return await self._persist(_Call("PATCH", path, version, body=body))

    async def remove(self, path: str, *, version: str) -> None:
        """Gone already is fine, so that it may be repeated. Raises CalendarUnavailable or CalendarRefused."""
        try:
            await self._persist(_Call("DELETE", path, version))
        except EntryNotFound:
            return

    async def _persist(self, call: _Call) -> Any:  # noqa: ANN401
        ends = monotonic() + self.deadline
        request = self._request(call)
        for attempt in range(1, TRIES + 1):
            try:
                async with self.lines.through(self.terms.tenant, can_wait=call.can_wait):
                    return await self._once(request, changing=call.body is not None)
            except Again as trouble:
                pause = max(self.first_pause * 2 ** (attempt - 1) * random.uniform(0.8, 1.2), trouble.wait or 0.0)  # noqa: S311
                hopeless = attempt == TRIES or pause > LONGEST_WAIT or monotonic() + pause > ends
                if not trouble.sure:
                    raise CalendarUnsure(str(trouble)) from trouble
                if hopeless:
                    raise CalendarUnavailable(str(trouble), retry_after=trouble.wait) from trouble
            await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _request(self, call: _Call) -> httpx2.Request:
        headers = {"authorization": f"Bearer {self.terms.key}", "cal-api-version": call.version}
        content = None if call.body is None else msgspec.json.encode(call.body)
        if content is not None:
            headers["content-type"] = "application/json"
        url = f"{self.terms.base_url}/v2{call.path}"
        try:
            return self.http.build_request(call.method, url, headers=headers, params=call.query, content=content)
        except CALL_FAILURES as error:
            raise CalendarUnavailable(f"Cal.com: {type(error).__name__}: the key or the address") from error

    async def _once(self, request: httpx2.Request, *, changing: bool) -> Any:  # noqa: ANN401
        try:
            async with asyncio.timeout(self.seconds):
                response, body = await self._exchange(request)
        except CALL_FAILURES as error:
            raise failed(error, changing=changing) from error
        self.lines.learn(self.terms.tenant, rate_of(response.headers))
        return _read(response.status_code, response.headers, body, changing=changing)

    async def _exchange(self, request: httpx2.Request) -> tuple[httpx2.Response, bytes]:
        response = await self.http.send(request, stream=True, follow_redirects=False)
        whole = bytearray()
        try:
            async for piece in response.aiter_bytes():
                whole += piece
                if len(whole) > LONGEST_ANSWER:
                    raise httpx2.RemoteProtocolError("more than a calendar has to say")
        finally:
            await response.aclose()
        return response, bytes(whole)


def _read(status: int, headers: Mapping[str, str], body: bytes, *, changing: bool) -> Any:  # noqa: ANN401
    answer = decoded(body)
    if status == TOO_OFTEN:
        raise Again("Cal.com: too many calls", wait=_reset(headers))
    if status in PASSING:
        raise Again(f"Cal.com: status {status}", sure=not changing)
    if not 200 <= status < 300:
        raise on_answer(said(status, answer))
    if not isinstance(answer, dict) or answer.get("status") != "success":
        raise Again(f"Cal.com: status {status} and something else", sure=not changing)
    return answer


def _reset(headers: Mapping[str, str]) -> float:
    """Seconds that remain, by the header that is named after the limit; there is no Retry-After."""
    found = [
        float(value)
        for name, value in headers.items()
        if name.lower().startswith("x-ratelimit-reset") and value.isascii() and value.isdecimal()
    ]
    return min(max(found), A_MINUTE) if found else A_MINUTE
