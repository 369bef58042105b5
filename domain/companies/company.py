"""A company on the platform: how it comes, rests and goes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.shared.errors import Invalid, NotFound, Refused
from domain.shared.ids import TenantId

LONGEST_NAME = 120
LONGEST_SLUG = 50
LONGEST_GRACE = 365


class State(StrEnum):
    """Webhooks of active and suspended companies are kept; the assistant answers for active ones. Opening or closing is
    half-way: repeat the command.
    """

    OPENING = "opening"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSING = "closing"
    CLOSED = "closed"


MOVES: Final = {
    State.OPENING: frozenset({State.ACTIVE, State.CLOSING}),
    State.ACTIVE: frozenset({State.SUSPENDED, State.CLOSING}),
    State.SUSPENDED: frozenset({State.ACTIVE, State.CLOSING}),
    State.CLOSING: frozenset({State.CLOSED}),
    State.CLOSED: frozenset[State](),
}


class CompanyNotFound(NotFound):
    """No company has this number."""


class CompanyBusy(Refused):
    """Somebody else is opening or closing this company at this moment."""


class NameTaken(Refused):
    """A company with this name, or one that reads the same, is already open."""


class ImpossibleMove(Refused):
    """A company in this state cannot do that."""


@dataclass(slots=True)
class Company:
    """`slug` is the name as a URL would hold it, and is what makes two names the same. With `closes_at` it rests until then,
    all in place, and is closed after it.
    """

    id: TenantId
    name: str
    slug: str
    time_zone: str
    state: State = State.OPENING
    closes_at: datetime | None = None

    def activate(self) -> None:
        self._move_to(State.ACTIVE)

    def suspend(self) -> None:
        """Again while suspended is fine."""
        if self.state is not State.SUSPENDED:
            self._move_to(State.SUSPENDED)

    def resume(self) -> None:
        """Also takes back a closing whose days of grace are not over. Again while active is fine."""
        if self.state is not State.ACTIVE:
            if self.state is not State.SUSPENDED:
                raise ImpossibleMove(f"company {self.id} is {self.state} and cannot be resumed")
            self._move_to(State.ACTIVE)
        self.closes_at = None

    def leave(self, *, now: datetime, days: int) -> None:
        """Rests from now on, and is closed in so many days. Asked for again, the days are counted from the first time."""
        if not 1 <= days <= LONGEST_GRACE:
            raise Invalid(f"1 to {LONGEST_GRACE} days", field="grace_days")
        self.suspend()
        self.closes_at = self.closes_at or now + timedelta(days=days)

    def is_due_to_close(self, now: datetime) -> bool:
        return self.closes_at is not None and now >= self.closes_at

    def begin_closing(self) -> None:
        """Again while closing is fine: that is how a closing that failed is repeated."""
        if self.state is not State.CLOSING:
            self._move_to(State.CLOSING)

    def close(self) -> None:
        self._move_to(State.CLOSED)

    def open_again(self, *, name: str, time_zone: str) -> None:
        """Takes an unfinished opening up once more, as it is asked for now. Raises NameTaken."""
        if self.state is State.CLOSING:
            raise NameTaken(f"company {self.id} of this name is half closed; close it first")
        if self.state is not State.OPENING:
            raise NameTaken(f"company {self.id} of this name is already open")
        self.name, self.time_zone = name, time_zone

    def _move_to(self, state: State) -> None:
        if state not in MOVES[self.state]:
            raise ImpossibleMove(f"company {self.id} is {self.state} and cannot become {state}")
        self.state = state


def checked_name(name: str) -> str:
    """The name without stray blanks. Raises Invalid."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME or not tidy.isprintable():
        raise Invalid(f"a name has 1 to {LONGEST_NAME} printable characters", field="name")
    return tidy


def slug_of(name: str) -> str:
    """Lower-case ASCII letters, digits and hyphens; a digest for a name that has none of these ("寿司")."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_SLUG].strip("-")
    return slug or "empresa-" + hashlib.sha256(name.encode()).hexdigest()[:12]
