"""How many calls a key has left in its minute, as each answer tells: the last of them are for changes.

Whoever calls once too often is shut out for a whole minute, bookings too; so it is we who stop before that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from application.agenda.ports import CalendarUnavailable

RESERVED: Final = 6
"""One call in so many: twenty of the usual hundred and twenty."""

LONGEST: Final = 60.0
"""After a minute it is asked again, whatever was told: a limit may have several windows."""

CLOCKS_APART: Final = 2.0
REMAINING: Final = "x-ratelimit-remaining-"


@dataclass(frozen=True, slots=True)
class Rate:
    """`left` of `limit`, until `seconds` from now."""

    limit: int
    left: int
    seconds: float


@dataclass(slots=True)
class Budget:
    limit: int = 0
    left: int = 0
    until: float = 0.0
    """Before then `left` holds; afterwards nothing is known."""

    def demand(self, now: float, *, can_wait: bool) -> None:
        """Raises CalendarUnavailable."""
        if now < self.until and self.left <= (self.limit // RESERVED if can_wait else 0):
            raise CalendarUnavailable("what is left of Cal.com's rate is for changes", retry_after=self.until - now)

    def spend(self) -> None:
        self.left -= 1

    def learn(self, told: Rate, now: float) -> None:
        """Of answers that overtake each other in one window the least is true: others spend, too."""
        until = now + told.seconds
        same = now < self.until and until < self.until + CLOCKS_APART
        self.left = min(self.left, told.left) if same else told.left
        self.limit, self.until = told.limit, self.until if same else until


def rate_of(headers: Mapping[str, str]) -> Rate | None:
    """The tightest of those that the headers name; there is no Retry-After."""
    told = {name.lower(): int(value) for name, value in headers.items() if value.isascii() and value.isdecimal()}
    named = [name.removeprefix(REMAINING) for name in told if name.startswith(REMAINING)]
    rates = [
        Rate(
            told.get(f"x-ratelimit-limit-{name}", 0),
            told[f"{REMAINING}{name}"],
            min(told.get(f"x-ratelimit-reset-{name}", LONGEST), LONGEST),
        )
        for name in named
    ]
    return min(rates, key=lambda rate: rate.left, default=None)
