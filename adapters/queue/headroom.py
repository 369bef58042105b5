"""How many slots one company may have in a worker, so that a message of any other finds the processor free.

Slots alone do not keep a flood from its neighbours: a hundred jobs at once fill the process, and whoever comes next waits at
each of its steps behind all of them. So while companies share a worker, the most that one may take goes down quickly when the
process is busy and up slowly when it is not, as TCP does it on a line; and as there, only what is used up grows: a share that
went up in a quiet hour would be there for a flood to take at once. A company that is alone may have all.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

BUSY: Final = 0.6
CALM: Final = 0.45
"""Shares of one processor, as the process used it since the last look."""

LOOK_EVERY: Final = 0.1
STEP: Final = 2
LEAST: Final = 8
"""With eight companies at work that is enough to fill a process: the limit costs nothing where all are busy."""

ALONE_AFTER: Final = 30.0
"""Seconds since another company's last job."""


@dataclass(slots=True)
class Headroom:
    """`most`: what one company may have at all. `now` and `spent`: seconds of the clock and of the processor."""

    most: int
    now: Callable[[], float] = time.monotonic
    spent: Callable[[], float] = time.process_time
    _cap: int = field(init=False)
    _used_up: bool = field(default=False, init=False)
    _looked_at: float = field(init=False)
    _had_spent: float = field(init=False)
    _seen: dict[str, float] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._cap = min(LEAST, self.most)
        self._looked_at, self._had_spent = self.now(), self.spent()

    def at_work(self, queue: str) -> None:
        """A job of this company begins."""
        self._seen.pop(queue, None)  # put in again at the end: the last ones are those of lately
        self._seen[queue] = self.now()

    def per_company(self, held: int) -> int:
        """`held`: how many jobs the company at work the most has now."""
        self._used_up = self._used_up or held >= self._cap
        self._look()
        return self._cap if self._shared() else self.most

    def _shared(self) -> bool:
        lately = self.now() - ALONE_AFTER
        while self._seen and next(iter(self._seen.values())) < lately:
            del self._seen[next(iter(self._seen))]
        return len(self._seen) > 1

    def _look(self) -> None:
        passed = self.now() - self._looked_at
        if passed < LOOK_EVERY:
            return
        share = (self.spent() - self._had_spent) / passed
        if share > BUSY or not self._used_up:
            self._cap = max(min(LEAST, self.most), self._cap // 2)
        elif share < CALM:
            self._cap = min(self.most, self._cap + STEP)
        self._used_up = False
        self._looked_at, self._had_spent = self.now(), self.spent()
