"""`/_sandbox` of the calendar: accounts, what can be booked, the clock, faults, webhooks, and the record."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from litestar import Response, delete, get, patch, post
from litestar.handlers import HTTPRouteHandler

from ops.sandbox.calcom import booking, telling
from ops.sandbox.calcom.passing import strike
from ops.sandbox.calcom.records import Account, CalFault, EventType
from ops.sandbox.calcom.world import World
from ops.sandbox.control import UnknownError, answer, number, read, whole
from ops.sandbox.serving import Asked


class Settings(msgspec.Struct, forbid_unknown_fields=True):
    """`now` puts the clock forward (or back); the meetings that begin or end on the way are told of."""

    race_ms: float | None = None
    latency_ms: float | None = None
    now: datetime | None = None
    advance_seconds: float | None = None


class Deed(msgspec.Struct, forbid_unknown_fields=True):
    """What the professional does over there, past our API: `body` is that of the endpoint."""

    uid: str | None = None
    body: dict[str, Any] = {}


class Replay(msgspec.Struct, forbid_unknown_fields=True):
    """A webhook as it was, again; `signature` instead of the true one."""

    seq: int
    times: int = 1
    signature: str | None = None


class Post(msgspec.Struct, forbid_unknown_fields=True):
    """Any body to a webhook, signed with its secret unless `signature` says otherwise."""

    hook: int
    body: Any = None
    raw: str | None = None
    signature: str | None = None


def offers(world: World) -> list[HTTPRouteHandler]:
    @post("/_sandbox/accounts")
    async def enter(request: Asked) -> Response[bytes]:
        return answer({"account": world.enter(await read(request, Account))}, 201)

    @post("/_sandbox/event-types")
    async def offer(request: Asked) -> Response[bytes]:
        return answer({"event_type": world.offer(await read(request, EventType))}, 201)

    @patch("/_sandbox/settings")
    async def settings(request: Asked) -> Response[bytes]:
        told = await read(request, Settings)
        world.race_ms = told.race_ms if told.race_ms is not None else world.race_ms
        world.latency_ms = told.latency_ms if told.latency_ms is not None else world.latency_ms
        if told.now is not None:
            world.ahead += told.now - world.now()
        world.ahead += timedelta(seconds=told.advance_seconds or 0)
        await strike(world)
        return answer({"now": world.now()})

    @post("/_sandbox/reset", status_code=200)
    async def reset(request: Asked) -> Response[bytes]:
        await read(request, dict[str, Any])
        world.reset()
        return answer({"ok": True})

    return [enter, offer, settings, reset]


def deeds(world: World) -> list[HTTPRouteHandler]:
    """The owner's own hands on the web page: webhooks leave as for the API."""

    @post("/_sandbox/do/{what:str}", status_code=200)
    async def do(request: Asked, what: str) -> Response[bytes]:
        deed = await read(request, Deed)
        uid = deed.uid or ""
        match what:
            case "book":
                made = await booking.book(world, deed.body)
            case "reschedule":
                made = await booking.reschedule(
                    world, uid, deed.body, by=world.account(booking.find(world, uid).account)
                )
            case "cancel":
                made = await booking.cancel(world, uid, deed.body)
            case "confirm":
                made = await booking.confirm(world, uid, world.account(booking.find(world, uid).account))
            case _:
                raise UnknownError(what)
        return answer({"booking": made})

    @get("/_sandbox/bookings")
    async def bookings() -> Response[bytes]:
        return answer({"bookings": list(world.bookings.values())})

    return [do, bookings]


def faults(world: World) -> list[HTTPRouteHandler]:
    @post("/_sandbox/faults")
    async def plant(request: Asked) -> Response[bytes]:
        return answer({"fault": world.faults.plant(await read(request, CalFault))}, 201)

    @get("/_sandbox/faults")
    async def planted() -> Response[bytes]:
        return answer({"faults": world.faults.planted})

    @delete(["/_sandbox/faults", "/_sandbox/faults/{which:int}"], status_code=200)
    async def remove(which: int | None = None) -> Response[bytes]:
        if which is not None and which not in {one.id for one in world.faults.planted}:
            raise UnknownError(f"fault {which}")
        world.faults.remove(which)
        return answer({"faults": world.faults.planted})

    return [plant, planted, remove]


def record(world: World) -> list[HTTPRouteHandler]:
    @get("/_sandbox/requests")
    async def requests(request: Asked) -> Response[bytes]:
        found, last = await world.calls.since(
            whole(request, "after", 0), wait=number(request, "wait", 0), limit=whole(request, "limit", 1000)
        )
        return answer({"requests": found, "last": last})

    @get("/_sandbox/webhooks")
    async def webhooks(request: Asked) -> Response[bytes]:
        found, last = await world.posted.since(
            whole(request, "after", 0), wait=number(request, "wait", 0), limit=whole(request, "limit", 1000)
        )
        return answer({"webhooks": found, "last": last})

    @post("/_sandbox/replay", status_code=200)
    async def replay(request: Asked) -> Response[bytes]:
        told = await read(request, Replay)
        for sent in world.posted.all():
            if sent.seq == told.seq and sent.hook in world.hooks:
                signature = told.signature if told.signature is not None else sent.signature
                again = [
                    await telling.post(
                        world, world.hooks[sent.hook], sent.trigger, sent.body.encode(), signature=signature
                    )
                    for _ in range(told.times)
                ]
                return answer({"webhooks": again})
        raise UnknownError(f"webhook {told.seq}")

    return [requests, webhooks, replay]


def rest(world: World) -> list[HTTPRouteHandler]:
    @post("/_sandbox/post", status_code=200)
    async def post_any(request: Asked) -> Response[bytes]:
        told = await read(request, Post)
        if told.hook not in world.hooks:
            raise UnknownError(f"webhook {told.hook}")
        body = told.raw.encode() if told.raw is not None else msgspec.json.encode(told.body)
        sent = await telling.post(world, world.hooks[told.hook], "", body, signature=told.signature)
        return answer({"webhook": sent})

    @get("/_sandbox/stats")
    async def stats() -> Response[bytes]:
        return answer({"by_status": world.by_status, "bookings": len(world.bookings)})

    @get("/_sandbox/health")
    async def health() -> Response[bytes]:
        return answer({"ok": True})

    return [post_any, stats, health]
