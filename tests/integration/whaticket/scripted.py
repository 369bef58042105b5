"""A Whaticket that does what a test says: answers, hangs, drips, or lets the line drop in the middle of a word."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Reply:
    """What goes back. `cut_after` resets the line after so many bytes of it; `pause` drips it byte by byte."""

    status: int = 200
    body: Any = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    pause: float = 0.0

    def wire(self) -> bytes:
        body = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        lines = [f"HTTP/1.1 {self.status} X", f"content-length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Hang:
    """Never answer."""


class Drop:
    """Reset the line without a word."""


Behaviour = Reply | Hang | Drop


@dataclass
class ScriptedWhaticket:
    """`respond` may be replaced at any time; `seen` is everything that arrived, in order."""

    respond: Callable[[Seen], Behaviour]
    url: str = ""
    seen: list[Seen] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def sends(self) -> list[Seen]:
        return [request for request in self.seen if request.path.endswith(("/messages/send", "/v1/send"))]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await _read(reader):
                self.seen.append(request)
                self.arrived.set()
                if not await _act(self.respond(request), writer):
                    return
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def scripted(respond: Callable[[Seen], Behaviour] | Behaviour) -> AsyncIterator[ScriptedWhaticket]:
    whaticket = ScriptedWhaticket(respond if callable(respond) else lambda _: respond)
    open_lines: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = asyncio.ensure_future(whaticket.serve(reader, writer))
        open_lines.add(line)
        line.add_done_callback(open_lines.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    whaticket.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield whaticket
    finally:
        server.close()
        for line in list(open_lines):
            line.cancel()
        await asyncio.gather(*open_lines, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> Seen | None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    raw = await reader.readexactly(int(headers.get("content-length", "0")))
    method, target, _ = first.split(" ")
    url = urlsplit(target)
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    return Seen(method, url.path, query, headers, json.loads(raw) if raw else None)


async def _act(behaviour: Behaviour, writer: asyncio.StreamWriter) -> bool:
    """Returns whether the line can be used again."""
    if isinstance(behaviour, Hang):
        await asyncio.Event().wait()
    if isinstance(behaviour, Drop):
        writer.transport.abort()
        return False
    assert isinstance(behaviour, Reply)
    wire = behaviour.wire()
    if behaviour.cut_after is not None:
        head = wire.index(b"\r\n\r\n") + 4
        writer.write(wire[: head + behaviour.cut_after])
        await writer.drain()
        writer.close()
        return False
    if behaviour.pause:
        for byte in wire:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(behaviour.pause)
        return True
    writer.write(wire)
    await writer.drain()
    return True
