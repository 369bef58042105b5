"""`/_sandbox`: set lines up, play the people on both ends, plant faults, and read what happened."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from litestar import Response, delete, get, patch, post
from litestar.handlers import HTTPRouteHandler

from ops.sandbox.control import MistakeError, UnknownError, answer, number, read, whole
from ops.sandbox.journal import Journal
from ops.sandbox.serving import Asked
from ops.sandbox.whaticket.families import ticket_json
from ops.sandbox.whaticket.lines import Line
from ops.sandbox.whaticket.records import ChannelFault, Connection, Message
from ops.sandbox.whaticket.saying import Switchboard
from ops.sandbox.whaticket.send_api import origin
from ops.sandbox.whaticket.spoken import Say, Signature
from ops.sandbox.whaticket.staff import StaffAction, act
from ops.sandbox.whaticket.webhooks import new_call

ROOT = "/_sandbox/connections"
CHATS_SHOWN = 200


class Settings(msgspec.Struct, forbid_unknown_fields=True):
    latency_ms: float


class Replay(msgspec.Struct, forbid_unknown_fields=True):
    message_id: str
    times: int = 1
    signature: Signature = "valid"


class Posting(msgspec.Struct, forbid_unknown_fields=True):
    body: Any = None
    raw: str | None = None
    headers: dict[str, str] = {}
    signature: Signature = "valid"
    signature_age: int = 0


def line_routes(board: Switchboard) -> list[HTTPRouteHandler]:
    world = board.world

    @get(ROOT)
    async def lines() -> Response[bytes]:
        return answer({"connections": [line.setup for line in world.lines.values()]})

    @post(ROOT)
    async def open_line(request: Asked) -> Response[bytes]:
        return answer(world.open(await read(request, Connection)).setup, 201)

    @get(f"{ROOT}/{{id:str}}")
    async def line(id: str) -> Response[bytes]:
        return answer(world.line(id).setup)

    @patch(f"{ROOT}/{{id:str}}")
    async def change(request: Asked, id: str) -> Response[bytes]:
        known = msgspec.to_builtins(world.line(id).setup)
        wanted = known | await read(request, dict[str, Any]) | {"id": id}
        try:
            return answer(world.set_up(msgspec.convert(wanted, Connection)).setup)
        except msgspec.ValidationError as error:
            raise MistakeError(str(error)) from error

    @delete(f"{ROOT}/{{id:str}}", status_code=200)
    async def close(id: str) -> Response[bytes]:
        world.close(id)
        return answer({"closed": id})

    return [lines, open_line, line, change, close]


def people_routes(board: Switchboard) -> list[HTTPRouteHandler]:
    world = board.world

    @post(f"{ROOT}/{{id:str}}/say")
    async def say(request: Asked, id: str) -> Response[bytes]:
        said = await read(request, Say)
        if not said.phone.isdigit():
            raise MistakeError("phone must be digits, country code first")
        messages, webhooks = await board.say(world.line(id), said, origin(request))
        return answer({"messages": messages, "webhooks": webhooks}, 200)

    @post(f"{ROOT}/{{id:str}}/replay")
    async def replay(request: Asked, id: str) -> Response[bytes]:
        wanted = await read(request, Replay)
        calls = await board.replay(world.line(id), wanted.message_id, wanted.times, wanted.signature)
        return answer({"messages": [], "webhooks": calls}, 200)

    @post(f"{ROOT}/{{id:str}}/post")
    async def post_anything(request: Asked, id: str) -> Response[bytes]:
        wanted, line = await read(request, Posting), world.line(id)
        body = msgspec.json.encode(wanted.body) if wanted.raw is None else wanted.raw.encode()
        call = await board.webhooks.post(
            line, new_call(line, "", event="anything"), body, signature=wanted.signature,
            age=wanted.signature_age, extra=wanted.headers,
        )  # fmt: skip
        return answer({"messages": [], "webhooks": [call]}, 200)

    @post(f"{ROOT}/{{id:str}}/staff")
    async def staff(request: Asked, id: str) -> Response[bytes]:
        line, since, busy = world.line(id), world.numbers(), set(world.tasks)
        ticket, message = act(board, line, await read(request, StaffAction), origin(request))
        await asyncio.gather(*(world.tasks - busy))
        shown = ticket_json(line, ticket, line.contacts[ticket.contact])
        return answer({"ticket": shown, "message": message, "webhooks": world.webhooks.after(since, id)}, 200)

    return [say, replay, post_anything, staff]


def message_routes(board: Switchboard) -> list[HTTPRouteHandler]:
    world = board.world

    @get(["/_sandbox/messages", f"{ROOT}/{{id:str}}/messages"])
    async def messages(request: Asked) -> Response[bytes]:
        line = request.path_params.get("id")
        contact, direction = request.query_params.get("contact"), request.query_params.get("direction")
        if line:
            known = world.line(line).find(contact) if contact else None
            contact = known.phone if known else contact

        def wanted(one: Message) -> bool:
            return contact in (None, one.contact) and direction in (None, one.direction)

        key = (line, contact) if line and contact else line
        found, last = await world.messages.since(
            whole(request, "after", 0), key=key, only=wanted, wait=number(request, "wait", 0),
            limit=whole(request, "limit", 1000),
        )  # fmt: skip
        return answer({"messages": found, "last": last})

    return [messages]


def record_routes(board: Switchboard) -> list[HTTPRouteHandler]:
    world = board.world

    @get(f"{ROOT}/{{id:str}}/webhooks")
    async def webhooks(request: Asked, id: str) -> Response[bytes]:
        return await _listed(request, world.webhooks, "webhooks", world.line(id).setup.id)

    @get(f"{ROOT}/{{id:str}}/requests")
    async def calls(request: Asked, id: str) -> Response[bytes]:
        return await _listed(request, world.calls, "requests", world.line(id).setup.id)

    @get(f"{ROOT}/{{id:str}}/tickets")
    async def tickets(id: str) -> Response[bytes]:
        line = world.line(id)
        shown = [ticket_json(line, one, line.contacts[one.contact]) for one in line.tickets.values()]
        return answer({"tickets": shown})

    @get(f"{ROOT}/{{id:str}}/contacts")
    async def contacts(id: str) -> Response[bytes]:
        return answer({"contacts": list(world.line(id).contacts.values())})

    @get(f"{ROOT}/{{id:str}}/chats")
    async def chats(id: str) -> Response[bytes]:
        return answer({"chats": _chats(board, world.line(id))})

    return [webhooks, calls, tickets, contacts, chats]


def _chats(board: Switchboard, line: Line) -> list[dict[str, Any]]:
    """The phone page's list: the latest conversations, newest first."""
    chats = []
    for contact in line.contacts.values():
        last = next(board.world.messages.newest_first((line.setup.id, contact.phone)), None)
        if last:
            shown = {"phone": contact.phone, "name": contact.name, "last": last.text, "kind": last.kind, "at": last.at}
            chats.append((last.at, shown))
    chats.sort(key=lambda one: -one[0])
    return [shown for _, shown in chats[:CHATS_SHOWN]]


async def _listed(request: Asked, journal: Journal[Any], name: str, key: str) -> Response[bytes]:
    found, last = await journal.since(
        whole(request, "after", 0), key=key, wait=number(request, "wait", 0), limit=whole(request, "limit", 1000)
    )  # fmt: skip
    return answer({name: found, "last": last})


def fault_routes(board: Switchboard) -> list[HTTPRouteHandler]:
    world = board.world

    @post(f"{ROOT}/{{id:str}}/faults")
    async def plant(request: Asked, id: str) -> Response[bytes]:
        return answer({"fault": world.line(id).faults.plant(await read(request, ChannelFault))}, 201)

    @get(f"{ROOT}/{{id:str}}/faults")
    async def faults(id: str) -> Response[bytes]:
        return answer({"faults": world.line(id).faults.planted})

    @delete([f"{ROOT}/{{id:str}}/faults", f"{ROOT}/{{id:str}}/faults/{{which:int}}"], status_code=200)
    async def remove(id: str, which: int | None = None) -> Response[bytes]:
        faults = world.line(id).faults
        if which is not None and which not in {one.id for one in faults.planted}:
            raise UnknownError(f"fault {which}")
        faults.remove(which)
        return answer({"faults": faults.planted})

    @post(f"{ROOT}/{{id:str}}/expire-sessions")
    async def expire(id: str) -> Response[bytes]:
        world.line(id).sessions_from = time.time()
        return answer({"expired": True}, 200)

    return [plant, faults, remove, expire]


def whole_routes(board: Switchboard) -> list[HTTPRouteHandler]:
    world = board.world

    @get("/_sandbox/health")
    async def health() -> Response[bytes]:
        return answer({"ok": True})

    @get("/_sandbox/stats")
    async def stats() -> Response[bytes]:
        seconds = time.monotonic() - world.started
        counted = _counted(world.messages.all(), lambda one: one.direction)
        return answer(
            {
                "messages": len(world.messages.all()), "by_direction": counted, "sends": counted.get("out", 0),
                "sends_per_second": round(counted.get("out", 0) / seconds, 2),
                "webhooks": len(world.webhooks.all()), "seconds": round(seconds, 1),
            }
        )  # fmt: skip

    @post("/_sandbox/reset")
    async def reset(request: Asked) -> Response[bytes]:
        await read(request, dict[str, Any])
        world.reset()
        return answer({"ok": True}, 200)

    @patch("/_sandbox/settings")
    async def settings(request: Asked) -> Response[bytes]:
        world.latency_ms = (await read(request, Settings)).latency_ms
        return answer({"latency_ms": world.latency_ms})

    return [health, stats, reset, settings]


def _counted(entries: Iterable[Message], name: Callable[[Message], str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for entry in entries:
        counts[name(entry)] = counts.get(name(entry), 0) + 1
    return counts
