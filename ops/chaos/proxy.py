"""A TCP proxy that can be unkind, and that shows what passes.

Toxics come and go while connections run. Watchers see every chunk before it is passed on, so that a fault can be placed
at a point of the conversation ("the answer left the model") instead of at a moment.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Awaitable, Callable
from typing import Self

from ops.chaos.toxics import CutError, Direction, Link, Toxic, through

CHUNK = 65_536

Watcher = Callable[[Direction, bytes, Link], Awaitable[None]]


class Proxy:
    """Listens on a free port of 127.0.0.1 and passes everything on to one server."""

    def __init__(self, host: str, port: int) -> None:
        self.upstream = (host, port)
        self.toxics: list[Toxic] = []
        self.watchers: list[Watcher] = []
        self._links: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for link in list(self._links):
            link.cancel()
        await asyncio.gather(*self._links, return_exceptions=True)

    @property
    def port(self) -> int:
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._links.add(task)
        try:
            await self._link(reader, writer)
        except (OSError, CutError, asyncio.CancelledError):
            pass
        finally:
            self._links.discard(task)
            writer.close()

    async def _link(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(*self.upstream)
        link = Link(writer.get_extra_info("peername")[1])
        pumps = [
            asyncio.ensure_future(self._pump(Direction.UPSTREAM, reader, far_writer, link)),
            asyncio.ensure_future(self._pump(Direction.DOWNSTREAM, far_reader, writer, link)),
        ]
        try:
            done, _ = await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
            for ended in done:
                if isinstance(error := ended.exception(), CutError) and error.reset:
                    reset_on_close(writer)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            far_writer.close()

    async def _pump(
        self, direction: Direction, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, link: Link
    ) -> None:
        while data := await reader.read(CHUNK):
            for watcher in list(self.watchers):
                await watcher(direction, data, link)
            active = [toxic for toxic in self.toxics if toxic.direction is direction]
            async for piece in through(active, data, link):
                link.passed[direction] += len(piece)
                writer.write(piece)
                await writer.drain()


def reset_on_close(writer: asyncio.StreamWriter) -> None:
    """Linger 0: the kernel answers the close with RST."""
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
