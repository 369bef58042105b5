"""The panel over HTTP: log in, refresh, and the calls by which a secretary reconciles and hands over."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final

import msgspec
from litestar import Response, delete, get, post, put
from litestar.handlers import HTTPRouteHandler

from ops.sandbox.serving import Asked
from ops.sandbox.whaticket import panel, sessions
from ops.sandbox.whaticket.lines import Line
from ops.sandbox.whaticket.records import ApiCall, ChannelFault, Message
from ops.sandbox.whaticket.saying import Switchboard
from ops.sandbox.whaticket.send_api import Reply, as_json, finish, given_token, origin
from ops.sandbox.whaticket.staff import take

EXPIRED: Final = {"error": "ERR_SESSION_EXPIRED"}
INVALID: Final = {"error": "Invalid token. We'll try to assign a new one on next request"}
Act = Callable[[Line, int, dict[str, Any]], object]


class PanelDesk:
    """Takes the panel's calls for every line."""

    def __init__(self, board: Switchboard) -> None:
        self._board = board
        self._world = board.world

    async def log_in(self, request: Asked) -> Response[bytes]:
        given = await _fields(request)
        line = self._by_email(request, str(given.get("email", "")))
        fault = line.faults.take(lambda one: one.on in {"login", "any"}) if line else None
        right = line and given.get("password") == line.setup.panel_password
        if line and right and (fault is None or fault.kind == "slow"):
            reply = self._session(line, 1)
        else:
            reply = failed(fault) or as_json(401, {"error": "ERR_INVALID_CREDENTIALS"})
        return await self._finish(request, line, reply, fault)

    def _by_email(self, request: Asked, email: str) -> Line | None:
        prefix = request.path_params.get("prefix")
        lines = [self._world.line(prefix)] if prefix else self._world.lines.values()
        return next((line for line in lines if line.setup.panel_email == email), None)

    async def refresh(self, request: Asked) -> Response[bytes]:
        claims = sessions.read(request.cookies.get("jrt", ""), sessions.REFRESH_SECRET)
        line = self._world.lines.get(str(claims["line"])) if claims else None
        reply = self._session(line, int(claims["id"])) if line and claims else as_json(401, EXPIRED)
        return await self._finish(request, line, reply, None)

    def _session(self, line: Line, user_id: int) -> Reply:
        claims = {"id": user_id, "profile": "admin", "usarname": "Administrador", "line": line.setup.id}
        claims["companyId"] = line.setup.whatsapp_id
        access = sessions.sign(claims, sessions.ACCESS_SECRET, line.setup.session_seconds)
        refresh = sessions.sign(claims, sessions.REFRESH_SECRET, sessions.REFRESH_SECONDS)
        user = {
            "id": user_id, "name": "Administrador", "email": line.setup.panel_email, "profile": "admin",
            "companyId": line.setup.whatsapp_id, "queues": panel.queues(line), "whatsapp": None,
        }  # fmt: skip
        return as_json(200, {"token": access, "user": user}, {"Set-Cookie": f"jrt={refresh}; Path=/; HttpOnly"})

    def _who(self, request: Asked) -> tuple[Line, int] | Reply:
        """Whose session this is. An expired token answers 403 and not 401, as in every fork."""
        token = given_token(request, "")
        if not token:
            return as_json(401, EXPIRED)
        claims = sessions.read(token, sessions.ACCESS_SECRET)
        line = self._world.lines.get(str(claims["line"])) if claims else None
        prefix = request.path_params.get("prefix")
        if not claims or line is None or claims["iat"] < line.sessions_from or prefix not in (None, line.setup.id):
            return as_json(403, INVALID)
        return line, int(claims["id"])

    async def serve(self, request: Asked, act: Act) -> Response[bytes]:
        who = self._who(request)
        if isinstance(who, Reply):
            prefix = request.path_params.get("prefix")
            return await self._finish(request, self._world.lines.get(prefix or ""), who, None)
        line, user_id = who
        fault = line.faults.take(lambda one: one.on in {"panel", "any"})
        reply = failed(fault)
        if reply is None:
            try:
                reply = as_json(200, act(line, user_id, await _fields(request)))
            except panel.NoTicketError:
                reply = as_json(404, {"error": "ERR_NO_TICKET_FOUND"})
        return await self._finish(request, line, reply, fault)

    async def _finish(
        self, request: Asked, line: Line | None, reply: Reply, fault: ChannelFault | None
    ) -> Response[bytes]:
        await request.body()
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if line:
            call = ApiCall(
                seq=self._world.numbers(), connection=line.setup.id, at=time.time(), method=request.method,
                path=request.url.path, status=reply.status or None, fault=fault.kind if fault else None,
            )  # fmt: skip
            self._world.calls.add(call, call.connection)
        return await finish(request, reply)

    def answer_ticket(self, line: Line, user_id: int, ticket_id: int, text: str, own_url: str) -> Message:
        """POST /messages/:ticketId: the person logged in answers, and so owns the ticket."""
        ticket = panel.find(line, ticket_id)
        contact = line.contacts[ticket.contact]
        take(self._board, line, ticket, line.person_named(user_id))
        said = Message(direction="staff", text=text, author=line.person_named(user_id))
        message = self._world.record(line, contact, said, ticket=ticket)
        self._board.echo(line, contact, ticket, message, own_url)
        return message


def failed(fault: ChannelFault | None) -> Reply | None:
    """What a planted fault answers instead; None where there is none, or it only takes long."""
    if fault is None or fault.kind == "slow":
        return None
    if fault.kind in {"hang", "lost_hang"}:
        return Reply(0, end="hang")
    if fault.kind in {"drop", "lost_answer"}:
        return Reply(0, end="cut")
    if fault.kind == "bad_json":
        return Reply(200, b'{"tickets": [{"id": 1')
    if fault.kind == "unauthorized":
        return as_json(403, INVALID)
    return Reply(429 if fault.kind == "rate_limited" else fault.status, fault.body.encode())


async def _fields(request: Asked) -> dict[str, Any]:
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=dict[str, Any])
    except msgspec.MsgspecError:
        return {}


def both(path: str) -> list[str]:
    """A path at the root and under a connection's own base URL."""
    return [path, f"/c/{{prefix:str}}{path}"]


def session_routes(desk: PanelDesk) -> list[HTTPRouteHandler]:
    @post(both("/auth/login"), status_code=200)
    async def log_in(request: Asked) -> Response[bytes]:
        return await desk.log_in(request)

    @post(both("/auth/refresh_token"), status_code=200)
    async def refresh(request: Asked) -> Response[bytes]:
        return await desk.refresh(request)

    @delete(both("/auth/logout"), status_code=200)
    async def log_out(request: Asked) -> Response[bytes]:
        return await desk.serve(request, lambda *_: {})

    @get(both("/auth/me"))
    async def me(request: Asked) -> Response[bytes]:
        return await desk.serve(request, lambda line, *_: panel.people(line)[0])

    return [log_in, refresh, log_out, me]


def ticket_routes(desk: PanelDesk, board: Switchboard) -> list[HTTPRouteHandler]:
    @get(both("/tickets"))
    async def tickets(request: Asked) -> Response[bytes]:
        query = dict(request.query_params)
        return await desk.serve(request, lambda line, user, _: panel.tickets(board, line, query, user))

    @get(both("/tickets/{ticket:int}"))
    async def ticket(request: Asked, ticket: int) -> Response[bytes]:
        return await desk.serve(request, lambda line, *_: panel.shown_ticket(line, panel.find(line, ticket)))

    @put(both("/tickets/{ticket:int}"))
    async def change(request: Asked, ticket: int) -> Response[bytes]:
        return await desk.serve(
            request,
            lambda line, _, wanted: panel.change_ticket(board, line, panel.find(line, ticket), wanted),
        )

    @get(both("/messages/{ticket:int}"))
    async def messages(request: Asked, ticket: int) -> Response[bytes]:
        query = dict(request.query_params)
        return await desk.serve(request, lambda line, *_: panel.messages(board, line, panel.find(line, ticket), query))

    @post(both("/messages/{ticket:int}"), status_code=200)
    async def answer(request: Asked, ticket: int) -> Response[bytes]:
        def say(line: Line, user: int, wanted: dict[str, Any]) -> object:
            desk.answer_ticket(line, user, ticket, str(wanted.get("body", "")), origin(request))
            return ""

        return await desk.serve(request, say)

    return [tickets, ticket, change, messages, answer]


def list_routes(desk: PanelDesk) -> list[HTTPRouteHandler]:
    @get(both("/users"))
    async def users(request: Asked) -> Response[bytes]:
        return await desk.serve(
            request,
            lambda line, *_: {"users": panel.people(line), "count": len(line.people), "hasMore": False},
        )

    @get(both("/queue"))
    async def queue(request: Asked) -> Response[bytes]:
        return await desk.serve(request, lambda line, *_: panel.queues(line))

    @get([*both("/whatsapp"), *both("/whatsapp/")])
    async def whatsapp(request: Asked) -> Response[bytes]:
        return await desk.serve(request, lambda line, *_: panel.connections(line))

    @get(both("/contacts"))
    async def contacts(request: Asked) -> Response[bytes]:
        sought = request.query_params.get("searchParam", "").lower()

        def shown(line: Line, *_: object) -> object:
            found = [one for one in line.contacts.values() if sought in one.name.lower() or sought in one.phone]
            return {
                "contacts": [panel.shown_contact(one) for one in found],
                "count": len(found),
                "hasMore": False,
            }

        return await desk.serve(request, shown)

    return [users, queue, whatsapp, contacts]
