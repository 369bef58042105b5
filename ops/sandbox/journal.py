"""What happened, numbered, and a way to await what has not happened yet."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import count
from typing import Generic, Protocol, TypeVar

LONGEST_WAIT = 60.0


class Numbered(Protocol):
    seq: int


T = TypeVar("T", bound=Numbered)


class Bell:
    """Wakes everyone who waits, each time something changes."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def heard(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return False
        return True


class Numbers:
    """One growing count for all journals of a process: a `seq` tells the order between them too."""

    def __init__(self) -> None:
        self._count = count(1)

    def __call__(self) -> int:
        return next(self._count)

    def go_on_from(self, last: int) -> None:
        self._count = count(last + 1)


class Journal(Generic[T]):
    """Entries in the order of their numbers, kept whole and under each key they were added with."""

    def __init__(self, bell: Bell, *, keep: int | None = None) -> None:
        self._bell = bell
        self._keep = keep
        self._shelves: defaultdict[Hashable, deque[T] | list[T]] = defaultdict(self._shelf)

    def _shelf(self) -> deque[T] | list[T]:
        return [] if self._keep is None else deque(maxlen=self._keep)

    def add(self, entry: T, *keys: Hashable) -> None:
        for key in (None, *keys):
            self._shelves[key].append(entry)
        self._bell.ring()

    def all(self, key: Hashable = None) -> Sequence[T]:
        return self._shelves.get(key, ())

    def newest_first(self, key: Hashable = None) -> Iterator[T]:
        return reversed(self.all(key))

    def clear(self) -> None:
        self._shelves.clear()

    def after(self, seq: int, key: Hashable = None) -> list[T]:
        shelf = self.all(key)
        start = bisect_right(shelf, seq, key=lambda entry: entry.seq)
        return [shelf[place] for place in range(start, len(shelf))] if start else list(shelf)

    async def since(
        self, seq: int, *, key: Hashable = None, only: Callable[[T], bool] | None = None,
        wait: float = 0.0, limit: int = 1000,
    ) -> tuple[list[T], int]:  # fmt: skip
        """What came after `seq` and passes `only`, and the number to go on from; waits for the first one."""
        until = time.monotonic() + min(wait, LONGEST_WAIT)
        while True:
            fresh = self.after(seq, key)
            found = [entry for entry in fresh if only is None or only(entry)][:limit]
            if found:
                return found, found[-1].seq
            seq = fresh[-1].seq if fresh else seq
            left = until - time.monotonic()
            if left <= 0 or not await self._bell.heard(left):
                return [], seq
