"""An allowance, what was used of it, and the two marks at which somebody is told: 80 % and all of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from domain.shared.errors import Invalid

THRESHOLDS: Final = (80, 100)
"""Per cent of the allowance at which the company hears of it, once per cycle each."""

LOOK_FROM: Final = 5
AT_ONCE: Final = 32
"""Per cent of the allowance, and messages under way at once, before a threshold: from there on its crossing is watched
for, whichever comes first."""

FASTEST: Final = 200
"""Messages a second that no company exceeds: an answer about its quota holds no longer than they would need."""

HEFT: Final = {"messages": 1, "tokens": 5_000, "cost": 10**8}
"""About the most that one message takes of each kind (cost: a whole cent)."""


@dataclass(frozen=True, slots=True)
class Use:
    """What was used; `cost` in specks (domain/billing/money.py). Uses add up."""

    messages: int = 0
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: int = 0

    @property
    def tokens(self) -> int:
        return self.input_tokens + self.output_tokens

    def __add__(self, other: Use) -> Use:
        return Use(
            self.messages + other.messages,
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cost + other.cost,
        )

    def __bool__(self) -> bool:
        return self != Use()


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much a cycle includes; None is no limit. `cost` in specks."""

    messages: int | None = None
    tokens: int | None = None
    cost: int | None = None

    def __post_init__(self) -> None:
        """Raises Invalid: an allowance of nothing would be no plan at all."""
        for field, limit in self._limits():
            if limit < 1:
                raise Invalid("at least 1, or nothing for no limit", field=field)

    def reached(self, use: Use, per_cent: int) -> bool:
        """Whether any of the limits is used to that per cent; exact, without fractions."""
        return any(used * 100 >= limit * per_cent for _, used, limit in self._pairs(use))

    def exhausted(self, use: Use) -> bool:
        return self.reached(use, 100)

    def per_cent(self, use: Use) -> int:
        """The fullest limit, in whole per cent rounded down: 100 only when it is all used. 0 without limits."""
        return max((used * 100 // limit for _, used, limit in self._pairs(use)), default=0)

    def passed(self, use: Use) -> tuple[int, ...]:
        """The thresholds that are reached, lowest first."""
        return tuple(mark for mark in THRESHOLDS if self.reached(use, mark))

    def worth_watching(self, use: Use, told: Collection[int]) -> bool:
        """Whether a threshold that nobody was told of is reached or near."""
        return any(
            mark not in told and used >= _watched_from(kind, limit, mark)
            for kind, used, limit in self._pairs(use)
            for mark in THRESHOLDS
        )

    def holds_for(self, use: Use, *, longest: float) -> float:
        """Seconds for which what is known of this use stays true enough: before the next mark is reached."""
        return min([longest, *self._seconds_to_marks(use)])

    def _seconds_to_marks(self, use: Use) -> Iterator[float]:
        for kind, used, limit in self._pairs(use):
            for mark in THRESHOLDS:
                for point in (_watched_from(kind, limit, mark), limit * mark / 100):
                    if used < point:
                        yield (point - used) / HEFT[kind] / FASTEST

    def _limits(self) -> Iterator[tuple[str, int]]:
        for kind, limit in (("messages", self.messages), ("tokens", self.tokens), ("cost", self.cost)):
            if limit is not None:
                yield kind, limit

    def _pairs(self, use: Use) -> Iterator[tuple[str, int, int]]:
        used = {"messages": use.messages, "tokens": use.tokens, "cost": use.cost}
        return ((kind, used[kind], limit) for kind, limit in self._limits())


def _watched_from(kind: str, limit: int, mark: int) -> float:
    return limit * mark / 100 - max(limit * LOOK_FROM / 100, AT_ONCE * HEFT[kind])
