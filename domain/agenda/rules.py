"""How a company lends out its time: from when, until when, at which beats, and on which holidays not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.shared.errors import Invalid, Refused

BEATS: Final = (5, 10, 15, 20, 30, 45, 60, 90, 120)
STATES: Final = frozenset(
    "AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO".split()  # noqa: SIM905
)
MOST_LEAD_HOURS: Final = 30 * 24
MOST_AHEAD_DAYS: Final = 365
FARTHEST_BY_HAND: Final = timedelta(days=2 * 366)
"""Nobody means to book later than that: it is a slip of the finger in the year."""


class TooSoon(Refused):
    """It is over, or begins before the company's minimum lead."""

    about = "starts"


class TooFarAhead(Refused):
    """It lies beyond what the company opens for booking."""

    about = "starts"


@dataclass(frozen=True, slots=True)
class Rules:
    """`beat`: starts lie so many minutes apart, counted from the opening. `state`: whose holidays are kept besides the
    nation's. `optional_holidays`: closed at Carnival, Corpus Christi and the like, too.
    """

    beat: int = 15
    lead: timedelta = timedelta(hours=1)
    ahead: timedelta = timedelta(days=60)
    closed_on_holidays: bool = True
    optional_holidays: bool = False
    state: str | None = None

    def __post_init__(self) -> None:
        """Raises Invalid."""
        if self.beat not in BEATS:
            raise Invalid(f"one of {', '.join(map(str, BEATS))}", field="beat")
        if not timedelta(0) <= self.lead <= timedelta(hours=MOST_LEAD_HOURS):
            raise Invalid(f"at most {MOST_LEAD_HOURS} hours", field="lead_minutes")
        if not timedelta(days=1) <= self.ahead <= timedelta(days=MOST_AHEAD_DAYS):
            raise Invalid(f"from 1 to {MOST_AHEAD_DAYS} days", field="ahead_days")
        if self.state is not None and self.state not in STATES:
            raise Invalid("the two letters of a state (SP)", field="state")

    def checked(self) -> Rules:
        """Themselves, as they may be set; some that were kept before may not. Raises Invalid."""
        if self.lead >= self.ahead:
            raise Invalid("shorter than the agenda is open for: nothing could be booked", field="lead_minutes")
        return self

    def check(self, starts: datetime, now: datetime) -> None:
        """Raises TooSoon or TooFarAhead."""
        if starts < now + self.lead:
            raise TooSoon("it is past, or too soon from now")
        if starts > now + self.ahead:
            raise TooFarAhead("it is too far ahead to be booked")


def check_by_hand(starts: datetime, now: datetime) -> None:
    """What binds also the company's own people, whatever its rules are. Raises TooSoon or TooFarAhead."""
    if starts < now:
        raise TooSoon("it is past")
    if starts > now + FARTHEST_BY_HAND:
        raise TooFarAhead("it is more than two years ahead")
