"""Named points of a message's way, found on the wire: no hook in the product knows that it is being tested.

"asked" kills the process before its request leaves; "done" after the other side did it and before it is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ops.chaos.proxy import Proxy
from ops.chaos.toxics import CutError, Direction, Link

UP, DOWN = Direction.UPSTREAM, Direction.DOWNSTREAM


@dataclass(frozen=True, slots=True)
class Point:
    """`wire` names the proxy. With `after`, a link counts only once that has gone upstream on it."""

    wire: str
    direction: Direction
    pattern: bytes
    after: bytes = b""


WORKER_POINTS: Final[Mapping[str, Point]] = {
    "model asked": Point("model", UP, b":generateContent"),
    "model done": Point("model", DOWN, b"candidates", after=b":generateContent"),
    "send asked": Point("whaticket", UP, b"/messages/send"),
    "send done": Point("whaticket", DOWN, b"HTTP/1.1 2", after=b"/messages/send"),
    "commit asked": Point("worker database", UP, b"COMMIT"),
    "commit done": Point("worker database", DOWN, b"COMMIT"),
}
API_POINTS: Final[Mapping[str, Point]] = {
    "kept, not acknowledged": Point("api database", DOWN, b"", after=b"s.whatsapp.net"),
}
POINTS: Final[Mapping[str, Point]] = {**WORKER_POINTS, **API_POINTS}

Strike = Callable[[Link], Awaitable[None]]


class Tripwire:
    """Waits on a proxy for a point to come by for the `count`th time, strikes, and lets that chunk vanish."""

    def __init__(self, point: Point, strike: Strike, *, count: int = 1) -> None:
        self.point = point
        self.strike = strike
        self.left = count
        self.tripped = asyncio.Event()
        self._primed: set[int] = set()

    async def __call__(self, direction: Direction, data: bytes, link: Link) -> None:
        if self.tripped.is_set():
            return
        if self.point.after and direction is UP and self.point.after in data:
            self._primed.add(id(link))
        if direction is not self.point.direction or self.point.pattern not in data:
            return
        if self.point.after and id(link) not in self._primed:
            return
        self._primed.discard(id(link))
        self.left -= 1
        if self.left == 0:
            self.tripped.set()
            await self.strike(link)
            raise CutError

    async def wait(self, proxy: Proxy, patience: float) -> bool:
        """Armed until it trips or patience ends; whether it tripped."""
        proxy.watchers.append(self)
        try:
            await asyncio.wait_for(self.tripped.wait(), patience)
        except TimeoutError:
            return False
        finally:
            proxy.watchers.remove(self)
        return True
