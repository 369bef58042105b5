"""All that this Cal.com knows, with a clock of its own that can be put forward."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from ops.sandbox.calcom.gate import Throttle
from ops.sandbox.calcom.records import Account, Booking, CalFault, Call, EventType, Hook, Posted, Reservation
from ops.sandbox.control import MistakeError, UnknownError
from ops.sandbox.faults import FaultBox
from ops.sandbox.journal import Bell, Journal, Numbers

KEEP: Final = 20_000


@dataclass
class World:
    """`race_ms` lies between looking whether a slot is free and writing the booking down: that is its race."""

    race_ms: float = 3.0
    latency_ms: float = 0.0
    seed: int = 7
    ahead: timedelta = timedelta(0)
    accounts: dict[str, Account] = field(default_factory=dict)
    event_types: dict[int, EventType] = field(default_factory=dict)
    bookings: dict[str, Booking] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    reservations: dict[str, Reservation] = field(default_factory=dict)
    hooks: dict[int, Hook] = field(default_factory=dict)
    throttle: Throttle = field(default_factory=Throttle)
    by_status: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.numbers, self.bell = Numbers(), Bell()
        self.ids = count(101)
        self.striking = asyncio.Lock()
        self.calls: Journal[Call] = Journal(self.bell, keep=KEEP)
        self.posted: Journal[Posted] = Journal(self.bell, keep=KEEP)
        self.faults: FaultBox[CalFault] = FaultBox(Random(self.seed))

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def ticking(self) -> float:
        return time.monotonic() + self.ahead.total_seconds()

    def enter(self, account: Account) -> Account:
        account.id = account.id or next(self.ids)
        account.key = account.key or f"cal_live_sandbox{account.id}"
        self.accounts[account.key] = account
        return account

    def offer(self, kind: EventType) -> EventType:
        if kind.account not in {one.id for one in self.accounts.values()}:
            raise MistakeError("`account` names none")
        kind.id = kind.id or next(self.ids)
        kind.host = kind.host or kind.account
        self.event_types[kind.id] = kind
        return kind

    def account(self, id: int) -> Account:
        for one in self.accounts.values():
            if one.id == id:
                return one
        raise UnknownError(f"account {id}")

    def kind_of(self, booking: Booking) -> EventType:
        return self.event_types[booking.event_type]

    def busy(self, host: int, start: datetime, end: datetime, *, besides: str | None = None) -> Iterator[Booking]:
        for one in self.bookings.values():
            if one.host == host and one.uid != besides and one.holds_its_time and one.start < end and one.end > start:
                yield one

    def held(self, kind: int, start: datetime, end: datetime) -> bool:
        now = self.now()
        return any(
            one.event_type == kind and one.until > now and one.start < end and one.end > start
            for one in self.reservations.values()
        )

    def reset(self) -> None:
        """Everything but the accounts and what they offer; the clock goes back to the present."""
        self.bookings.clear()
        self.keys.clear()
        self.reservations.clear()
        self.hooks.clear()
        self.faults.remove()
        self.calls.clear()
        self.posted.clear()
        self.by_status.clear()
        self.throttle = Throttle()
        self.ahead = timedelta(0)


def key_of(start: datetime, end: datetime, host: int) -> str:
    """What is unique over there, and all that is: another length or another start is another key."""
    return str(uuid5(NAMESPACE_URL, f"{start.isoformat()}.{end.isoformat()}.{host}"))
