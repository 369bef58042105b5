"""How fast a number may speak before WhatsApp takes it for a robot: a steady rate, and a person's pauses within a reply."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from domain.companies.connection import Dialect


@dataclass(frozen=True, slots=True)
class Pace:
    """A leaky bucket told by one number: when it would be empty if nothing came (`clear_at`, in seconds).

    `at_once` messages may leave together after a silence; then one every 60 / `per_minute` seconds.
    """

    per_minute: float
    at_once: int

    def __post_init__(self) -> None:
        if self.per_minute <= 0 or self.at_once < 1:
            raise ValueError("a pace lets at least one message through")

    @property
    def interval(self) -> float:
        return 60 / self.per_minute

    @property
    def tolerance(self) -> float:
        """How far ahead of `now` the bucket may already be filled for one more message to fit."""
        return (self.at_once - 1) * self.interval

    def wait(self, clear_at: float, now: float) -> float:
        """Seconds until one more message fits; 0 when it fits now."""
        return max(0.0, clear_at - now - self.tolerance)

    def after(self, clear_at: float, now: float) -> float:
        """The new `clear_at` once one more message has been let through."""
        return max(clear_at, now) + self.interval


REPLY_PACE: Final = Pace(per_minute=600, at_once=600)
"""A connection's, where its owner names none. Replies are paced loosely (ops/decisions): it is writing first that gets
numbers banned, and their rate is bounded by the people who write."""

CONTACT_PACE: Final = Pace(per_minute=60, at_once=60)
"""One contact's: nobody reads more than this."""

UNASKED_SHARE: Final = 0.75
"""Of a line's pace, for what is said unasked. The rest is always there for replies: if one of three who are reminded writes
back at once, all of them are answered at once; and a morning's reminders take a third longer, which nobody notices."""

SERVER_LIMITS: Final = {Dialect.CODATENDE: 50}
"""Messages a minute that a dialect's own server takes, with some room (codatende refuses the 61st, contracts §2.2)."""


CHARACTERS_A_SECOND: Final = 150.0
"""Nobody types this fast, but a contact who waits for a whole reply should not wait for a typist."""

BREATH: Final = 0.6
"""Seconds before even the shortest part."""

UNEVEN: Final = 0.3
"""How much of a pause is left to chance: people keep no time."""


@dataclass(frozen=True, slots=True)
class Typing:
    """The pause between two parts of one reply, `longest` seconds at most. 0 is no pause at all."""

    longest: float

    def pause(self, characters: int, *, chance: float) -> float:
        """Seconds to let pass before a part of so many characters; `chance` is from 0 to 1."""
        return min(self.longest, BREATH + characters / CHARACTERS_A_SECOND) * (1 - UNEVEN * chance)


def pace_of_connection(sends_per_minute: int, dialect: Dialect, default: Pace = REPLY_PACE) -> Pace:
    """A connection's own figure, else its server's limit, else the default. A whole minute's worth may leave at once."""
    own = sends_per_minute or SERVER_LIMITS.get(dialect, 0)
    return Pace(own, own) if own > 0 else default


def pace_of_unasked(line: Pace) -> Pace:
    """One after the other, even after a silence: a crowd of messages that nobody asked for is what a robot looks like."""
    return Pace(line.per_minute * UNASKED_SHARE, at_once=1)


def one_seconds_worth_at_once(pace: Pace) -> Pace:
    """For who comes a moment late for a turn, and not for a crowd that comes late because everything stood still."""
    return replace(pace, at_once=max(1, int(pace.per_minute / 60)))
