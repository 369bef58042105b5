"""What Cal.com said a moment ago, so that many who ask the same ask it once; any change over there makes all of it old."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeVar

KEPT: Final = 10.0
"""Seconds. Whoever books past us within them is found out when we book: the calendar has the last word then."""

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Flight:
    """A question that is being asked, and how many wait for its answer."""

    task: asyncio.Task[Any]
    waiting: int = 0


@dataclass(slots=True)
class Answers:
    """Of one company. What is asked while something changes is answered to those who wait, and not kept."""

    now: Callable[[], float]
    kept: dict[Hashable, tuple[float, Any]] = field(default_factory=dict)
    asking: dict[Hashable, Flight] = field(default_factory=dict)

    async def to(self, question: Hashable, ask: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        """Raises whatever `ask` raises, to all who wait for it; that is not kept."""
        now = self.now()
        self.kept = {each: known for each, known in self.kept.items() if now < known[0]}
        if question in self.kept:
            found: Answer = self.kept[question][1]
            return found
        flight = self.asking.get(question) or self._start(question, ask)
        flight.waiting += 1
        try:
            answer: Answer = await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting and not flight.task.done():
                flight.task.cancel()
                self._land(question, flight)
        return answer

    def forget(self) -> None:
        self.kept.clear()
        self.asking.clear()

    def _start(self, question: Hashable, ask: Callable[[], Coroutine[Any, Any, Any]]) -> Flight:
        flight = self.asking[question] = Flight(asyncio.create_task(ask()))
        flight.task.add_done_callback(partial(self._done, question, flight))
        return flight

    def _done(self, question: Hashable, flight: Flight, task: asyncio.Task[Any]) -> None:
        well = not task.cancelled() and task.exception() is None
        if self._land(question, flight) and well:
            self.kept[question] = (self.now() + KEPT, task.result())

    def _land(self, question: Hashable, flight: Flight) -> bool:
        """False where it was forgotten meanwhile."""
        current = self.asking.get(question) is flight
        if current:
            del self.asking[question]
        return current
