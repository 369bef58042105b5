"""The few panel deeds that some forks let a send token do: AutoAtende, Press-Ticket and whapiv4."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Response, get, post, put
from litestar.handlers import HTTPRouteHandler

from ops.sandbox.serving import Asked
from ops.sandbox.whaticket import panel
from ops.sandbox.whaticket.lines import Line
from ops.sandbox.whaticket.panel_api import Act, both, failed
from ops.sandbox.whaticket.profiles import bad_token
from ops.sandbox.whaticket.records import ApiCall
from ops.sandbox.whaticket.saying import Switchboard
from ops.sandbox.whaticket.send_api import Reply, as_json, finish, given_token


class TokenDesk:
    """Takes calls that carry the connection's own token."""

    def __init__(self, board: Switchboard) -> None:
        self.board = board

    async def serve(self, request: Asked, profile: str, path: str, act: Act) -> Response[bytes]:
        raw = await request.body()
        token = given_token(request, path)
        line = self._line(request.path_params.get("prefix"), profile, token)
        if line is None:
            hangs = profile == "autoatende"
            refused = Reply(0, end="hang") if hangs else as_json(*bad_token(profile, path, given=bool(token)))
            return await finish(request, refused)
        fault = line.faults.take(lambda one: one.on in {"panel", "any"})
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        reply = failed(fault) or _done(line, act, raw)
        call = ApiCall(
            seq=self.board.world.numbers(), connection=line.setup.id, at=time.time(), method=request.method,
            path=request.url.path, status=reply.status or None, fault=fault.kind if fault else None,
        )  # fmt: skip
        self.board.world.calls.add(call, call.connection)
        return await finish(request, reply)

    def _line(self, prefix: str | None, profile: str, token: str) -> Line | None:
        lines = [self.board.world.line(prefix)] if prefix else self.board.world.lines.values()
        return next((line for line in lines if line.setup.profile == profile and line.setup.token == token), None)


def _done(line: Line, act: Act, raw: bytes) -> Reply:
    try:
        return as_json(200, act(line, 1, msgspec.json.decode(raw or b"{}", type=dict[str, Any])))
    except panel.NoTicketError:
        return as_json(404, {"error": "ERR_NO_TICKET_FOUND"})


def autoatende_routes(desk: TokenDesk) -> list[HTTPRouteHandler]:
    def change(line: Line, ticket: object, wanted: dict[str, Any]) -> object:
        number = int(str(ticket)) if str(ticket).isdigit() else 0
        return panel.change_ticket(desk.board, line, panel.find(line, number), wanted)

    @post(both("/api/v1/ticket/QueueUpdate/{ticket:int}"), status_code=200)
    async def to_queue(request: Asked, ticket: int) -> Response[bytes]:
        path = "/api/v1/ticket/QueueUpdate"
        return await desk.serve(
            request,
            "autoatende",
            path,
            lambda line, _, given: change(line, ticket, {"queueId": given.get("queueId")}),
        )

    @post(both("/api/v1/ticket/close"), status_code=200)
    async def close(request: Asked) -> Response[bytes]:
        path = "/api/v1/ticket/close"
        return await desk.serve(
            request,
            "autoatende",
            path,
            lambda line, _, given: change(line, given.get("ticketId"), {"status": "closed"}),
        )

    return [to_queue, close]


def press_ticket_routes(desk: TokenDesk) -> list[HTTPRouteHandler]:
    board = desk.board

    @get(both("/v1/tickets"))
    async def tickets(request: Asked) -> Response[bytes]:
        query = {"showAll": "true"} | dict(request.query_params)
        return await desk.serve(
            request,
            "press-ticket",
            "/v1/tickets",
            lambda line, user, _: panel.tickets(board, line, query, user),
        )

    @get(both("/v1/tickets/contact/{contact:int}/open"))
    async def open_of_contact(request: Asked, contact: int) -> Response[bytes]:
        def shown(line: Line, *_: object) -> object:
            mine = [
                one
                for one in line.tickets.values()
                if one.status != "closed" and line.contacts[one.contact].id == contact
            ]
            if not mine:
                raise panel.NoTicketError
            return panel.shown_ticket(line, mine[-1])

        return await desk.serve(request, "press-ticket", "/v1/tickets", shown)

    @put(both("/v1/tickets/{ticket:int}"))
    async def change(request: Asked, ticket: int) -> Response[bytes]:
        return await desk.serve(
            request,
            "press-ticket",
            "/v1/tickets",
            lambda line, _, given: panel.change_ticket(board, line, panel.find(line, ticket), given),
        )

    return [tickets, open_of_contact, change]


def whapiv4_routes(desk: TokenDesk) -> list[HTTPRouteHandler]:
    """Its reads are paged by `page` and `limit`, cannot search, and leave what they show unread."""
    path = "/api/v1/tickets"

    @get(both(path))
    async def tickets(request: Asked) -> Response[bytes]:
        query = dict(request.query_params)
        return await desk.serve(request, "whapiv4", path, lambda line, *_: _listed(line, query))

    @get(both("/api/v1/tickets/{ticket:int}"))
    async def one(request: Asked, ticket: int) -> Response[bytes]:
        return await desk.serve(
            request, "whapiv4", path, lambda line, *_: panel.shown_ticket(line, panel.find(line, ticket))
        )

    @get(both("/api/v1/tickets/{ticket:int}/messages"))
    async def messages(request: Asked, ticket: int) -> Response[bytes]:
        number = _positive(request.query_params, "page", 1)

        def shown(line: Line, *_: object) -> object:
            page = panel.page_of(desk.board, line, panel.find(line, ticket), number)
            return page | {"ticketId": ticket, "page": number}

        return await desk.serve(request, "whapiv4", path, shown)

    @put(both("/api/v1/tickets/{ticket:int}"))
    async def change(request: Asked, ticket: int) -> Response[bytes]:
        return await desk.serve(
            request,
            "whapiv4",
            path,
            lambda line, _, given: panel.change_ticket(desk.board, line, panel.find(line, ticket), given),
        )

    return [tickets, one, messages, change]


def _listed(line: Line, query: Mapping[str, Any]) -> dict[str, Any]:
    number, limit = _positive(query, "page", 1), _positive(query, "limit", 20)
    whatsapp, queue = query.get("whatsappId"), query.get("queueId")
    rows = [
        ticket
        for ticket in panel.by_last_touch(line)
        if query.get("status") in {None, ticket.status}
        and whatsapp in {None, str(line.setup.whatsapp_id)}
        and queue in {None, str(ticket.queue_id)}
    ]
    start = (number - 1) * limit
    page = rows[start : start + limit]
    return {
        "tickets": [panel.shown_ticket(line, ticket) for ticket in page],
        "count": len(rows),
        "hasMore": len(rows) > start + len(page),
        "page": number,
        "limit": limit,
    }


def _positive(query: Mapping[str, Any], name: str, otherwise: int) -> int:
    given = str(query.get(name, ""))
    return max(int(given), 1) if given.isdecimal() else otherwise
