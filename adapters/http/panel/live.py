"""Pages that change by themselves: a stream looks once a second and speaks when something is different.

What it looks at is PostgreSQL, through the same query as the page, so nothing can be missed and nothing needs to be told.
A stream ends after a minute: the browser opens the next one, and by that shows its cookies again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Generic, TypeVar

from litestar.response import ServerSentEvent, ServerSentEventMessage

from domain.shared.errors import Unavailable

T = TypeVar("T")

EVERY: Final = 1.0
SECONDS: Final = 55.0
RETRY_MS: Final = 1_000
HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True)
class Scene(Generic[T]):
    """What a page shows of something that changes: how to look, and how to draw what was seen."""

    event: str
    look: Callable[[], Awaitable[T]]
    draw: Callable[[T], Awaitable[str]]


def mark(seen: object) -> str:
    """Two looks with the same mark show the same."""
    return blake2b(repr(seen).encode(errors="replace"), digest_size=9).hexdigest()


def stream(scene: Scene[T], known: str, seconds: float = SECONDS) -> ServerSentEvent:
    """`known` is the mark of what the page shows already."""
    return ServerSentEvent(_changes(scene, known, round(seconds / EVERY)), headers=HEADERS)


async def _changes(scene: Scene[T], known: str, looks: int) -> AsyncIterator[ServerSentEventMessage]:
    yield ServerSentEventMessage(data=None, comment="here", retry=RETRY_MS)
    for _ in range(looks):
        try:
            # shielded: a browser that goes away in the middle leaves no query half asked
            seen = await asyncio.shield(asyncio.ensure_future(scene.look()))
        except Unavailable:
            return
        now = mark(seen)
        if now != known:
            known = now
            yield ServerSentEventMessage(data=await scene.draw(seen), event=scene.event, id=now)
        await asyncio.sleep(EVERY)
