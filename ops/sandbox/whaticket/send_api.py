"""The send APIs of all forks over HTTP: who may send, what goes wrong on demand, and each fork's own words for yes."""

from __future__ import annotations

import asyncio
import base64
import time
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec
from litestar import Response, post
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from ops.sandbox.serving import Asked, cut, until_gone
from ops.sandbox.whaticket.families import iso, wwebjs_message
from ops.sandbox.whaticket.lines import Line
from ops.sandbox.whaticket.profiles import PROFILES, bad_token, refusal, too_many
from ops.sandbox.whaticket.records import ApiCall, ChannelFault, Media, Message, Ticket
from ops.sandbox.whaticket.saying import Switchboard
from ops.sandbox.whaticket.sending import Order, RefusedError, deliver, prepare
from ops.sandbox.whaticket.spoken import Say, Spoken

PATHS: Final = sorted({path for profile in PROFILES.values() for path in profile.paths} - {"/api/v1/tickets"})
BY_TICKET: Final = "/api/v1/tickets"
COMMUNITY_LIMIT: Final = 100 * 1024
CODES: Final = {
    "not_initialised": "ERR_WAPP_NOT_INITIALIZED", "invalid_contact": "ERR_WAPP_INVALID_CONTACT",
    "no_default": "ERR_NO_DEF_WAPP_FOUND", "check_contact": "ERR_WAPP_CHECK_CONTACT",
    "sending": "ERR_SENDING_WAPP_MSG",
}  # fmt: skip
ENDS: Final[dict[str, Literal["hang", "cut"]]] = {"lost_answer": "cut", "lost_hang": "hang"}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the caller gets: an answer, or nothing at all."""

    status: int
    content: bytes = b""
    end: Literal["answer", "hang", "cut"] = "answer"
    headers: dict[str, str] | None = None


def as_json(status: int, content: object, headers: dict[str, str] | None = None) -> Reply:
    return Reply(status, msgspec.json.encode(content), headers=headers)


class SendDesk:
    """Takes calls of the send API for every line."""

    def __init__(self, board: Switchboard) -> None:
        self._board = board
        self._world = board.world

    async def serve(self, request: Asked, path: str, *, ticket_id: int | None = None) -> Response[bytes]:
        token = given_token(request, path)
        line = self._line(request.path_params.get("prefix"), path, token)
        order = await _order(request, ticket_id)
        latency = self._world.latency_ms if line.setup.latency_ms is None else line.setup.latency_ms
        if latency:
            await asyncio.sleep(latency / 1000)
        fault = line.faults.take(lambda one: one.on in {"send", "any"})
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        reply = self._reply(line, order, path, token, fault, origin(request))
        self._note(request, line, order, reply, fault)
        return await finish(request, reply)

    def _line(self, prefix: str | None, path: str, token: str) -> Line:
        """By prefix; else the one with this token; else any that serves the path, to be refused in its words."""
        if prefix:
            return self._world.line(prefix)
        serving = [line for line in self._world.lines.values() if path in line.profile.paths]
        mine = [line for line in serving if line.setup.token == token]
        if not serving:
            raise HTTPException(status_code=404, detail=f"Cannot POST {path}")
        return (mine or serving)[0]

    def _reply(
        self, line: Line, order: Order, path: str, token: str, fault: ChannelFault | None, own_url: str
    ) -> Reply:
        if path not in line.profile.paths:
            return as_json(404, {"error": f"Cannot POST {path}"})
        kind = fault.kind if fault else ""
        if token != line.setup.token or kind == "unauthorized":
            if line.profile.hangs_on_bad_token:
                return Reply(0, end="hang")
            return as_json(*bad_token(line.setup.profile, path, given=bool(token)))
        early = self._refused_early(line, fault)
        if early:
            return early
        try:
            return self._sent(line, order, fault, own_url)
        except RefusedError as error:
            return _refused(line, str(error))

    def _refused_early(self, line: Line, fault: ChannelFault | None) -> Reply | None:
        if fault and fault.kind in {"hang", "drop"}:
            return Reply(0, end="hang" if fault.kind == "hang" else "cut")
        if fault and fault.kind == "status":
            return Reply(fault.status, fault.body.encode())
        if line.over_limit() or (fault and fault.kind == "rate_limited"):
            after = fault.retry_after if fault else None
            headers = {"Retry-After": str(after)} if after is not None else None
            return as_json(429, too_many(line.profile.refusals), headers)
        if fault and fault.kind in CODES:
            return _refused(line, CODES[fault.kind])
        return None

    def _sent(self, line: Line, order: Order, fault: ChannelFault | None, own_url: str) -> Reply:
        kind = fault.kind if fault else ""
        if order.files == ():
            return _success(line, None, own_url)
        if fault and kind in {"queued", "swallowed"}:
            prepare(line, order)
            if kind == "queued":
                self._world.later(fault.seconds, lambda: deliver(self._board, line, order, own_url))
            return _success(line, None, own_url)
        sent = deliver(self._board, line, order, own_url)
        if kind in ENDS:
            return Reply(0, end=ENDS[kind])
        return Reply(200, b'{"mensagem": "Mens') if kind == "bad_json" else _success(line, sent, own_url)

    def _note(self, request: Asked, line: Line, order: Order, reply: Reply, fault: ChannelFault | None) -> None:
        call = ApiCall(
            seq=self._world.numbers(), connection=line.setup.id, at=time.time(), method=request.method,
            path=request.url.path, status=reply.status or None, fault=fault.kind if fault else None,
            number=str(order.number), text=str(order.text),
        )  # fmt: skip
        self._world.calls.add(call, call.connection)


async def finish(request: Asked, reply: Reply) -> Response[bytes]:
    """Give the answer, or let the caller wait until it gives up, or cut it off."""
    if reply.end == "hang":
        await until_gone(request)
    if reply.end == "cut":
        cut(request)
    kind = "application/json" if reply.content else "text/plain"
    return Response(reply.content, status_code=reply.status or 500, media_type=kind, headers=reply.headers)


def origin(request: Asked) -> str:
    return str(request.base_url).rstrip("/")


def given_token(request: Asked, path: str) -> str:
    """The second word of Authorization, whatever the first; Press-Ticket's v1 has a header of its own."""
    if path.startswith("/v1/"):
        return request.headers.get("x-api-token", "")
    return request.headers.get("authorization", "").partition(" ")[2]


def _refused(line: Line, code: str) -> Reply:
    style = line.profile.refusals
    if style == "plain" and code == "ERR_SYNTAX":
        return as_json(500, {"error": "Internal server error"})
    return as_json(*refusal(style, code))


def _success(line: Line, sent: tuple[Message, Ticket] | None, own_url: str) -> Reply:
    match line.profile.success:
        case "empty":
            return Reply(200)
        case "queued":
            return as_json(200, {"mensagem": "Message added to queue"})
        case "status":
            return as_json(200, {"status": "SUCCESS"})
        case "resp":
            return as_json(200, {"resp": _wwebjs(line, sent, own_url)})
        case "data":
            return as_json(200, _whapi(sent))
        case _:
            return as_json(200, {"mensagem": "Mensagem enviada"})


def _wwebjs(line: Line, sent: tuple[Message, Ticket] | None, own_url: str) -> dict[str, Any]:
    if sent is None:
        return {}
    message, ticket = sent
    contact = line.contacts[message.contact]
    said = Say(phone=contact.phone, kind="document" if message.media else "text")
    return wwebjs_message(Spoken(line, message, contact, ticket, said, own_url, from_me=True))


def _whapi(sent: tuple[Message, Ticket] | None) -> dict[str, Any]:
    if sent is None:
        return {"message": "Message queued", "ticketId": None, "contactId": None, "data": []}
    message, ticket = sent
    one = {"messageId": message.id, "timestamp": iso(message.at), "ticketId": ticket.id, "body": message.text}
    return {"message": "Message sent", "ticketId": ticket.id, "contactId": message.contact, "data": [one]}


async def _order(request: Asked, ticket_id: int | None) -> Order:
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        form = await request.form()
        files = [await _file(one) for one in form.getall("medias", []) if isinstance(one, UploadFile)]
        fields: dict[str, Any] = {name: value for name, value in form.items() if isinstance(value, str)}
        return _from_fields(fields, tuple(files), ticket_id)
    body = await request.body()
    try:
        fields = msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.MsgspecError:
        fields = {}
    return _from_fields(fields if len(body) <= COMMUNITY_LIMIT else {}, None, ticket_id)


async def _file(upload: UploadFile) -> Media:
    content = await upload.read()
    return Media(data=base64.b64encode(content).decode(), mime=upload.content_type, filename=upload.filename)


def _from_fields(fields: dict[str, Any], files: tuple[Media, ...] | None, ticket_id: int | None) -> Order:
    text = fields.get("body", "" if files else None)
    return Order(
        number=fields.get("number"), text=text, files=files, close_ticket=fields.get("closeTicket") in (True, "true"),
        status=fields.get("status"), user_id=fields.get("userId"), whatsapp_id=fields.get("whatsappId"),
        ticket_id=ticket_id,
    )  # fmt: skip


def routes(desk: SendDesk) -> list[HTTPRouteHandler]:
    def handler(path: str) -> HTTPRouteHandler:
        @post([path, f"/c/{{prefix:str}}{path}"], status_code=200, name=path)
        async def send(request: Asked) -> Response[bytes]:
            return await desk.serve(request, path)

        return send

    @post([f"{BY_TICKET}/{{ticket:int}}/messages", f"/c/{{prefix:str}}{BY_TICKET}/{{ticket:int}}/messages"])
    async def send_to_ticket(request: Asked, ticket: int) -> Response[bytes]:
        return await desk.serve(request, BY_TICKET, ticket_id=ticket)

    return [*(handler(path) for path in PATHS), send_to_ticket]
