"""The phone in the browser: the page, its files, and the stream of what happens on one contact's screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import msgspec
from litestar import MediaType, Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.response import Stream

from ops.sandbox.control import whole
from ops.sandbox.serving import Asked
from ops.sandbox.whaticket.families import ticket_json
from ops.sandbox.whaticket.lines import Line
from ops.sandbox.whaticket.saying import Switchboard
from ops.sandbox.whaticket.world import World

HERE: Final = Path(__file__).parent / "phone"
KINDS: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
HEARTBEAT: Final = 15.0


def routes(board: Switchboard) -> list[HTTPRouteHandler]:
    files = {one.name: one.read_bytes() for one in HERE.iterdir()}

    @get(["/", "/telefone/{connection:str}", "/telefone/{connection:str}/{contact:str}"])
    async def page() -> Response[bytes]:
        return Response(files["phone.html"], media_type=MediaType.HTML, headers=HEADERS)

    @get("/phone/{name:str}")
    async def file(name: str) -> Response[bytes]:
        if name not in files:
            raise NotFoundException(detail=f"no file {name}")
        return Response(files[name], media_type=KINDS[Path(name).suffix], headers=HEADERS)

    @get(["/public/{company:str}/{name:str}", "/v/{folder:str}/{name:str}"])
    async def media(request: Asked) -> Response[bytes]:
        stored = board.shelf.get(request.url.path)
        if stored is None:
            raise NotFoundException(detail="gone")
        return Response(stored[0], media_type=stored[1], headers={"X-Content-Type-Options": "nosniff"})

    @get("/_sandbox/connections/{id:str}/events")
    async def events(request: Asked, id: str) -> Stream:
        line, contact = board.world.line(id), request.query_params.get("contact", "")
        after = whole(request, "after", 0)
        resumed = request.headers.get("last-event-id", "")
        stream = happenings(board.world, line, contact, int(resumed) if resumed.isdigit() else after)
        return Stream(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    return [page, file, media, events]


async def happenings(world: World, line: Line, phone: str, after: int) -> AsyncIterator[bytes]:
    """Server-sent events for one contact: `message`, `webhook`, `ticket`; a comment now and then keeps it open."""
    told_ticket = b""
    yield b"retry: 1000\n\n"
    while True:
        known = line.find(phone)
        key = (line.setup.id, known.phone if known else phone)
        fresh = [("message", one.seq, msgspec.json.encode(one)) for one in world.messages.after(after, key)]
        fresh += [("webhook", one.seq, msgspec.json.encode(one)) for one in world.webhooks.after(after, key)]
        for name, seq, content in sorted(fresh, key=lambda one: one[1]):
            yield _event(name, content, seq)
            after = max(after, seq)
        ticket = line.current_ticket(known) if known else None
        shown = msgspec.json.encode(ticket_json(line, ticket, known) if ticket and known else None)
        if shown != told_ticket:
            told_ticket = shown
            yield _event("ticket", shown, None)
        if not await world.bell.heard(HEARTBEAT):
            yield b": still here\n\n"


def _event(name: str, content: bytes, seq: int | None) -> bytes:
    numbered = f"id: {seq}\n".encode() if seq is not None else b""
    return numbered + f"event: {name}\n".encode() + b"data: " + content + b"\n\n"
