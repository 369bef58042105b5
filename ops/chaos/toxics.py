"""What can befall bytes on their way, in toxiproxy's words: each toxic takes a chunk and says what becomes of it."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


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
