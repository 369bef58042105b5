"""A circuit breaker: after several failures in a row, leave the other side alone a while, then knock once."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class BreakerState(StrEnum):
    """Closed lets everything through, open nothing, half-open one try whose outcome decides."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(slots=True)
class Breaker:
    """Counts failures in a row. `now` is any clock that only grows, in seconds.

    Whoever was allowed reports back with `succeeded` or `failed`. A try in half-open that never does (it was
    cancelled) must not leave the breaker shut for good: after another `open_seconds` the next may try.
    """

    failures_to_open: int
    open_seconds: float
    state: BreakerState = field(default=BreakerState.CLOSED, init=False)
    _failures: int = field(default=0, init=False)
    _shut_until: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        if self.failures_to_open < 1 or self.open_seconds <= 0:
            raise ValueError("a breaker opens after at least one failure and for more than no time")

    def allow(self, now: float) -> bool:
        """Whether a call may go out now. Saying yes while open lets exactly one try through."""
        if self.state is BreakerState.CLOSED:
            return True
        if now < self._shut_until:
            return False
        self.state = BreakerState.HALF_OPEN
        self._shut_until = now + self.open_seconds
        return True

    def succeeded(self) -> None:
        """The other side answered, whatever it said."""
        self.state = BreakerState.CLOSED
        self._failures = 0

    def failed(self, now: float) -> None:
        """The other side did not answer, or says it is ill. A late failure while open prolongs nothing."""
        self._failures += 1
        tripped = self.state is BreakerState.CLOSED and self._failures >= self.failures_to_open
        if tripped or self.state is BreakerState.HALF_OPEN:
            self.state = BreakerState.OPEN
            self._shut_until = now + self.open_seconds

    def wait(self, now: float) -> float:
        """Seconds until `allow` may say yes; 0 when it would now."""
        return 0.0 if self.state is BreakerState.CLOSED else max(0.0, self._shut_until - now)
