"""Pages that change by themselves: a stream looks once a second and speaks when something is different.

What it looks at is PostgreSQL, so nothing needs to be told. Where there is a pulse, one cheap statement that all streams of
the process share, the page's own queries are asked only when it beat, and every tenth time whatever it says.
A stream ends after a minute: the browser opens the next one, and by that shows its cookies again. Before anything is drawn
whoever looks is recognised once more, so that nobody who was shut out reads on.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Any, Final, Generic, TypeVar

from litestar import Request
from litestar.response import ServerSentEvent, ServerSentEventMessage

from adapters.http.access import Access
from domain.shared.errors import Forbidden, Unauthenticated, Unavailable

T = TypeVar("T")
Asked = Request[Any, Any, Any]

EVERY: Final = 1.0
WHATEVER_IT_SAYS: Final = 10
SECONDS: Final = 55.0
RETRY_MS: Final = 1_000
HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True)
class Scene(Generic[T]):
    """What a page shows of something that changes: how to look, how to draw what was seen, how to know it is the same."""

    event: str
    look: Callable[[], Awaitable[T]]
    draw: Callable[[T], Awaitable[str]]
    pulse: Callable[[], Awaitable[str]] | None = None

    async def new_pulse(self, felt: str | None, number: int) -> str | None:
        """None where the page need not look."""
        if self.pulse is None:
            return ""
        now = await self.pulse()
        return now if now != felt or number % WHATEVER_IT_SAYS == 0 else None


def mark(seen: object) -> str:
    """Two looks with the same mark show the same."""
    return blake2b(repr(seen).encode(errors="replace"), digest_size=9).hexdigest()


def stream(request: Asked, scene: Scene[T], known: str, seconds: float = SECONDS) -> ServerSentEvent:
    """`known` is the mark of what the page shows already."""
    access: Access = request.app.state.access
    changes = _changes(scene, known, round(seconds / EVERY), partial(access.again, request))
    return ServerSentEvent(changes, headers=HEADERS)


async def _changes(
    scene: Scene[T], known: str, looks: int, expect_welcome: Callable[[], Awaitable[None]]
) -> AsyncIterator[ServerSentEventMessage]:
    yield ServerSentEventMessage(data=None, comment="here", retry=RETRY_MS)
    felt: str | None = None
    for number in range(looks):
        try:
            pulse = await scene.new_pulse(felt, number)
            if pulse is not None:
                # shielded: a browser that goes away in the middle leaves no query half asked
                seen = await asyncio.shield(asyncio.ensure_future(scene.look()))
                felt, now = pulse, mark(seen)
                if now != known:
                    await expect_welcome()
                    known = now
                    yield ServerSentEventMessage(data=await scene.draw(seen), event=scene.event, id=now)
        except (Unauthenticated, Forbidden, Unavailable):
            return
        await asyncio.sleep(EVERY)
