"""Answers of the last few seconds, so that the database is asked once and not once per message.

What exists and what does not are remembered apart: a flood of invented ids pushes out others of its kind,
and goes to the database through a narrow gate that ids known to exist do not share.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T")

STRANGERS_AT_A_TIME = 4
ANEW_SECONDS = 1.0
"""Whoever doubts an answer causes one question a second and key, however often he doubts it."""


class Remembered(Generic[K, V]):
    """`ask` answers a value and for how many seconds it holds, or None; one question at a time per key."""

    def __init__(
        self,
        ask: Callable[[K], Awaitable[tuple[V, float] | None]],
        *,
        absent_seconds: float,
        most: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask = ask
        self._absent_seconds = absent_seconds
        self._most = most
        self._clock = clock
        self._present: OrderedDict[K, tuple[V, float, float]] = OrderedDict()
        self._absent: OrderedDict[K, tuple[float, float]] = OrderedDict()
        self._asking: dict[K, asyncio.Task[V | None]] = {}
        self._gate = asyncio.Semaphore(STRANGERS_AT_A_TIME)

    async def get(self, key: K) -> V | None:
        now = self._clock()
        known = self._present.get(key)
        if known is not None and now < known[1]:
            return known[0]
        if key in self._absent and now < self._absent[key][0]:
            return None
        return await asyncio.shield(self._asked(key))

    async def anew(self, key: K) -> V | None:
        """As `get`, for somebody who has a reason to doubt what is remembered."""
        *_, asked_at = self._present.get(key) or self._absent.get(key) or (-math.inf,)
        if self._clock() < asked_at + ANEW_SECONDS:
            return await self.get(key)
        return await asyncio.shield(self._asked(key))

    def __len__(self) -> int:
        return len(self._present) + len(self._absent)

    def _asked(self, key: K) -> asyncio.Task[V | None]:
        task = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.create_task(self._learn(key))
            task.add_done_callback(lambda done: self._forget_question(key, done))
        return task

    async def _learn(self, key: K) -> V | None:
        asked_at = self._clock()
        if key in self._present:
            answer = await self._ask(key)
        else:
            async with self._gate:
                answer = await self._ask(key)
        self._present.pop(key, None)
        self._absent.pop(key, None)
        if answer is None:
            self._keep(self._absent, key, (asked_at + self._absent_seconds, asked_at))
            return None
        value, seconds = answer
        self._keep(self._present, key, (value, asked_at + seconds, asked_at))
        return value

    def _keep(self, where: OrderedDict[K, T], key: K, what: T) -> None:
        where[key] = what
        if len(where) > self._most:
            where.popitem(last=False)

    def _forget_question(self, key: K, done: asyncio.Task[V | None]) -> None:
        """Looks at the failure too: the one who asked may have gone away meanwhile."""
        self._asking.pop(key, None)
        if not done.cancelled():
            done.exception()
