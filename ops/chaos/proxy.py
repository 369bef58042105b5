"""A TCP proxy that can be unkind, in toxiproxy's words: latency, timeout, reset_peer, limit_data and more.

Toxics come and go while connections run. Watchers see every chunk before it is passed on, so that a fault can
be placed at a point of the conversation ("the answer left the model") instead of at a moment.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, Self

CHUNK = 65_536


class Direction(StrEnum):
    UPSTREAM = "upstream"  # from the client to the server
    DOWNSTREAM = "downstream"


class CutError(Exception):
    """The link ends here; `reset` ends it with RST, as a crashed peer would."""

    def __init__(self, *, reset: bool = False) -> None:
        super().__init__("reset" if reset else "closed")
        self.reset = reset


@dataclass(slots=True)
class Link:
    """One proxied connection: who opened it, and how many bytes went each way."""

    client_port: int
    passed: dict[Direction, int] = field(default_factory=lambda: dict.fromkeys(Direction, 0))


class Toxic(Protocol):
    @property
    def direction(self) -> Direction: ...

    def pour(self, _data: bytes, _link: Link, /) -> AsyncIterator[bytes]:
        """What becomes of a chunk. Raises CutError to end the link."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Every chunk comes late, by `latency` ± `jitter` seconds."""

    latency: float
    jitter: float = 0.0
    direction: Direction = Direction.DOWNSTREAM

    async def pour(self, data: bytes, _link: Link) -> AsyncIterator[bytes]:
        await asyncio.sleep(max(0.0, self.latency + random.uniform(-self.jitter, self.jitter)))
        yield data


@dataclass(frozen=True, slots=True)
class Bandwidth:
    """No more than `rate` bytes per second."""

    rate: float
    direction: Direction = Direction.DOWNSTREAM

    async def pour(self, data: bytes, _link: Link) -> AsyncIterator[bytes]:
        step = max(1, int(self.rate / 20))
        for start in range(0, len(data), step):
            piece = data[start : start + step]
            await asyncio.sleep(len(piece) / self.rate)
            yield piece


@dataclass(frozen=True, slots=True)
class Slicer:
    """Chunks fall into pieces of about `average_size` bytes, `delay` seconds apart."""

    average_size: int
    size_variation: int = 0
    delay: float = 0.0
    direction: Direction = Direction.DOWNSTREAM

    async def pour(self, data: bytes, _link: Link) -> AsyncIterator[bytes]:
        start = 0
        while start < len(data):
            size = max(1, self.average_size + random.randint(-self.size_variation, self.size_variation))
            yield data[start : start + size]
            start += size
            await asyncio.sleep(self.delay)


@dataclass(frozen=True, slots=True)
class Timeout:
    """Nothing passes any more; the link closes after `timeout` seconds, or never when that is 0."""

    timeout: float
    direction: Direction = Direction.DOWNSTREAM

    def pour(self, _data: bytes, _link: Link) -> AsyncIterator[bytes]:
        return nothing_then(self.timeout or None, CutError())


@dataclass(frozen=True, slots=True)
class ResetPeer:
    """The link ends with RST, `timeout` seconds after the first chunk."""

    timeout: float = 0.0
    direction: Direction = Direction.DOWNSTREAM

    def pour(self, _data: bytes, _link: Link) -> AsyncIterator[bytes]:
        return nothing_then(self.timeout, CutError(reset=True))


@dataclass(frozen=True, slots=True)
class LimitData:
    """The link closes once `most` bytes have passed: an answer cut in its middle."""

    most: int
    direction: Direction = Direction.DOWNSTREAM

    async def pour(self, data: bytes, link: Link) -> AsyncIterator[bytes]:
        room = self.most - link.passed[self.direction]
        if room > 0:
            yield data[:room]
        if len(data) >= room:
            raise CutError


async def nothing_then(seconds: float | None, end: CutError) -> AsyncIterator[bytes]:
    """No chunk at all, and then the end; never, without seconds."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.Event().wait(), seconds)
    nothing: tuple[bytes, ...] = ()
    for never in nothing:
        yield never
    raise end


async def through(toxics: Sequence[Toxic], data: bytes, link: Link) -> AsyncIterator[bytes]:
    """A chunk under all toxics, the first one first."""
    if not toxics:
        yield data
        return
    async for piece in toxics[0].pour(data, link):
        async for rest in through(toxics[1:], piece, link):
            yield rest


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
