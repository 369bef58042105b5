"""The few panel deeds that some forks let a send token do: AutoAtende, Press-Ticket and whapiv4."""

from __future__ import annotations

import time
from typing import Any

import msgspec
from litestar import Response, get, post, put
from litestar.handlers import HTTPRouteHandler

from ops.sandbox.serving import Asked
from ops.sandbox.whaticket import panel
from ops.sandbox.whaticket.lines import Line
from ops.sandbox.whaticket.panel_api import Act, both
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
        try:
            fields = msgspec.json.decode(raw or b"{}", type=dict[str, Any])
            reply = as_json(200, act(line, 1, fields))
        except panel.NoTicketError:
            reply = as_json(404, {"error": "ERR_NO_TICKET_FOUND"})
        call = ApiCall(
            seq=self.board.world.numbers(), connection=line.setup.id, at=time.time(), method=request.method,
            path=request.url.path, status=reply.status,
        )  # fmt: skip
        self.board.world.calls.add(call, call.connection)
        return await finish(request, reply)

    def _line(self, prefix: str | None, profile: str, token: str) -> Line | None:
        lines = [self.board.world.line(prefix)] if prefix else self.board.world.lines.values()
        return next((line for line in lines if line.setup.profile == profile and line.setup.token == token), None)


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
    @put(both("/api/v1/tickets/{ticket:int}"))
    async def change(request: Asked, ticket: int) -> Response[bytes]:
        return await desk.serve(
            request,
            "whapiv4",
            "/api/v1/tickets",
            lambda line, _, given: panel.change_ticket(desk.board, line, panel.find(line, ticket), given),
        )

    return [change]
