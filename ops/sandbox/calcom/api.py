"""`/v2` over HTTP: throttle, key, version, fault, then the endpoint; and one entry in the log for every call."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from litestar import Response, route
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from ops.sandbox.calcom import forms, gate, shapes
from ops.sandbox.calcom.endpoints import Ask, Endpoint, endpoint_of, success
from ops.sandbox.calcom.records import Account, CalFault, Call
from ops.sandbox.calcom.troubles import NestError, TroubleError, bare, dressed
from ops.sandbox.calcom.world import World
from ops.sandbox.serving import Asked, cut, until_gone

BY_ADDRESS: Final = 120
FLUSHED: Final = 0.05  # seconds for half a body to leave before the line is cut
DONE_FIRST: Final = frozenset({"lost_answer", "lost_hang", "bad_json", "drop_middle"})


@dataclass
class Reply:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    end: str = "answer"


class Desk:
    """Takes every call of the API."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def serve(self, request: Asked) -> Response[bytes] | Stream:
        call = await _call(request)
        headers: dict[str, str] = {}
        reply = Reply(499, b"", end="hang")
        try:
            reply = await self._reply(request, call, headers)
        finally:
            self._note(call, reply)
        reply.headers |= headers
        return await _finish(request, reply)

    def _note(self, call: Call, reply: Reply) -> None:
        call.seq, call.status = self._world.numbers(), reply.status if reply.end == "answer" else None
        self._world.by_status[str(call.status)] += 1
        self._world.calls.add(call)

    async def _reply(self, request: Asked, call: Call, headers: dict[str, str]) -> Reply:
        if self._world.latency_ms:
            await asyncio.sleep(self._world.latency_ms / 1000)
        try:
            by = self._enter(request, call, headers)
            endpoint, path = endpoint_of(call.method, call.path)
            call.endpoint = endpoint.name
            call.version = gate.version_of(
                request.headers.get("cal-api-version"), hosted=by.hosted if by is not None else True
            )
            ask = Ask(self._world, by, path, call.query, call.body if call.body is not None else {})
            return await self._with_faults(call, endpoint, ask)
        except NestError as trouble:
            return Reply(trouble.status, msgspec.json.encode(dressed(trouble, call.path)))
        except TroubleError as trouble:
            return Reply(trouble.status, msgspec.json.encode(trouble.body))

    def _enter(self, request: Asked, call: Call, headers: dict[str, str]) -> Account | None:
        """The throttle stands before everything, and says no in the words of a bad key, too."""
        by = gate.account_of(gate.bearer(request.headers.get("authorization")), self._world.accounts)
        call.account = by.id if by else None
        who = by.key if by else f"ip {request.client.host if request.client else ''}"
        passes, told = self._world.throttle.hit(who, by.per_minute if by else BY_ADDRESS, self._world.ticking())
        headers |= told
        if not passes:
            raise NestError(429, "CustomThrottlerGuard - Too many requests. Please try again later.")
        return by

    async def _with_faults(self, call: Call, endpoint: Endpoint, ask: Ask) -> Reply:
        fault = self._world.faults.take(lambda one: one.on in ("any", endpoint.name))
        if fault is None:
            return await self._done(call, endpoint, ask)
        call.fault = fault.kind
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return await self._done(call, endpoint, ask)
        if fault.kind in DONE_FIRST:
            return _spoilt(fault, await self._done(call, endpoint, ask))
        return _broken(fault)

    async def _done(self, call: Call, endpoint: Endpoint, ask: Ask) -> Reply:
        if gate.is_old(endpoint.group, call.version, call.path, call.method):
            return Reply(endpoint.status, msgspec.json.encode(self._as_of_old(call, ask)))
        return Reply(endpoint.status, msgspec.json.encode(await endpoint.do(ask)))

    def _as_of_old(self, call: Call, ask: Ask) -> dict[str, Any]:
        """The API of 2024-04-15: another body is asked for, and another shape is given."""
        if call.method == "POST":
            forms.checked(ask.body, forms.OLD_BOOK, required=("start", "eventTypeId", "responses"))
            raise bare(500, "Internal server error")
        mine = [one for one in self._world.bookings.values() if one.account == ask.owner.id]
        return success({"bookings": [shapes.old_booking(one) for one in mine], "nextCursor": None})


def _broken(fault: CalFault) -> Reply:
    """Raises NestError and TroubleError, as whatever broke would."""
    match fault.kind:
        case "status":
            raise bare(fault.status, "Internal server error")
        case "conflict":
            raise bare(409, "booking_conflict_error")
        case "rate_limited":
            raise NestError(429, "CustomThrottlerGuard - Too many requests. Please try again later.")
        case "bad_gateway":
            return Reply(502, b"<html><body>502 Bad Gateway</body></html>", {"content-type": "text/html"})
        case "error_inside":
            return Reply(200, b'{"status":"error","error":{"code":"INTERNAL","message":"something went wrong"}}')
        case _:
            return Reply(499, b"", end=fault.kind)


def _spoilt(fault: CalFault, done: Reply) -> Reply:
    """It was done over there; what is told of it is another matter."""
    if fault.kind == "bad_json":
        return Reply(done.status, b'{"status":"success","data":')
    ends = {"lost_answer": "drop", "lost_hang": "hang", "drop_middle": "drop_middle"}
    return Reply(done.status, done.body, end=ends[fault.kind])


async def _finish(request: Asked, reply: Reply) -> Response[bytes] | Stream:
    if reply.end == "hang":
        await until_gone(request)
    if reply.end == "drop":
        cut(request)
    kind = reply.headers.pop("content-type", "application/json")
    if reply.end == "drop_middle":
        headers = reply.headers | {"Content-Length": str(len(reply.body))}
        return Stream(_half(request, reply.body), media_type=kind, headers=headers)
    return Response(reply.body, status_code=reply.status, media_type=kind, headers=reply.headers)


async def _half(request: Asked, content: bytes) -> AsyncIterator[bytes]:
    yield content[: len(content) // 2]
    await asyncio.sleep(FLUSHED)
    cut(request)


async def _call(request: Asked) -> Call:
    raw = await request.body()
    try:
        body: Any = msgspec.json.decode(raw) if raw else None
    except msgspec.DecodeError:
        body = raw.decode(errors="replace")
    return Call(
        seq=0, at=time.time(), method=request.method, path=request.url.path, endpoint="", version="", account=None,
        query=dict(request.query_params), body=body,
    )  # fmt: skip


def routes(world: World) -> list[HTTPRouteHandler]:
    desk = Desk(world)

    @route("/v2/{path:path}", http_method=["GET", "POST", "PATCH", "DELETE"], name="v2")
    async def any_call(request: Asked) -> Response[bytes] | Stream:
        return await desk.serve(request)

    return [any_call]
