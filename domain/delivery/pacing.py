"""How fast a number may speak before WhatsApp takes it for a robot: a steady rate with a small allowance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """A leaky bucket told by one number: when it would be empty if nothing came (`clear_at`, in seconds).

    `at_once` messages may leave together after a silence; then one every 60 / `per_minute` seconds.
    """

    per_minute: int
    at_once: int

    def __post_init__(self) -> None:
        if self.per_minute < 1 or self.at_once < 1:
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


REPLY_PACE = Pace(per_minute=20, at_once=20)
"""A connection's, where its owner names none: 20 a minute keeps clear of bans, of codatende's 60 a minute and
of the forks' queue that lets one message go every 3 seconds (contracts §5, §2.2)."""

CONTACT_PACE = Pace(per_minute=6, at_once=6)
"""One contact's: a person who gets more than this is not being talked to (contracts §5)."""


def pace_of_connection(sends_per_minute: int, default: Pace = REPLY_PACE) -> Pace:
    """A connection's own figure, or the default where it is 0. A whole minute's worth may leave at once."""
    return Pace(sends_per_minute, sends_per_minute) if sends_per_minute > 0 else default
