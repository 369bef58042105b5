"""Asking something that may hang, without ever hanging ourselves and without asking twice at once.

A stopped PostgreSQL or Redis answers nobody and refuses nobody: whoever waits for it waits for ever, and
cancelling the wait may hang as well. So the question runs in a task of its own, we wait only so long, and as
long as it has not ended no second one is asked.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from domain.shared.errors import Unavailable

T = TypeVar("T")


class StillWaiting(Unavailable):
    """No answer within the window; the question may still be on its way."""


@dataclass(slots=True)
class Watched(Generic[T]):
    ask: Callable[[], Awaitable[T]]
    _asked: asyncio.Task[T] | None = field(default=None, init=False)

    async def answer(self, window: float) -> T:
        """Raises StillWaiting after `window` seconds, or whatever the asked one raised."""
        if self._asked is None or self._asked.done():
            self._asked = asyncio.create_task(self._ask())
        asked = self._asked
        done, _ = await asyncio.wait([asked], timeout=window)
        if not done:
            asked.cancel()
            asked.add_done_callback(_heard_out)
            raise StillWaiting(f"no answer within {window} s")
        if asked.cancelled():
            raise StillWaiting("the question was given up")
        return asked.result()

    async def _ask(self) -> T:
        return await self.ask()


@dataclass(slots=True)
class Remembered(Generic[T]):
    """The last answer for `keep` seconds; all who come while a new one is being found share that one."""

    find: Callable[[], Awaitable[T]]
    keep: float
    now: Callable[[], float] = time.monotonic
    _found_at: float = field(default=float("-inf"), init=False)
    _finding: asyncio.Task[T] | None = field(default=None, init=False)

    async def get(self) -> T:
        """A caller that goes away does not take the answer from the others."""
        fresh = self.now() - self._found_at < self.keep
        if self._finding is None or (self._finding.done() and not fresh):
            self._finding = asyncio.create_task(self._find())
        return await asyncio.shield(self._finding)

    async def _find(self) -> T:
        try:
            return await self.find()
        finally:
            self._found_at = self.now()


def _heard_out(task: asyncio.Task[T]) -> None:
    """Whatever a late answer says, nobody is waiting for it; looking at it keeps asyncio from complaining."""
    if not task.cancelled():
        task.exception()
