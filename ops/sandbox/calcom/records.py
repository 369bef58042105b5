"""What the sandboxed Cal.com keeps: accounts, what can be booked, bookings, webhooks, and what it was asked."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Literal

import msgspec

from ops.sandbox.faults import Fault

Status = Literal["accepted", "pending", "cancelled", "rejected"]
FaultKind = Literal[
    "status", "conflict", "rate_limited", "bad_gateway", "slow", "hang", "drop", "lost_answer", "lost_hang", "bad_json",
    "error_inside", "drop_middle",
]  # fmt: skip


class Hours(msgspec.Struct, forbid_unknown_fields=True):
    """Open on these ISO weekdays between two times of the account's zone."""

    days: tuple[int, ...] = (1, 2, 3, 4, 5)
    opens: str = "09:00"
    closes: str = "18:00"


class Account(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A user with a key. `hosted` knows the version 2026-02-25, the open-source Cal.com does not. `per_minute` 0: no limit."""

    id: int = 0
    key: str = ""
    name: str = "Ana Lima"
    username: str = "ana"
    email: str = "ana@example.com"
    zone: str = "America/Sao_Paulo"
    per_minute: int = 120
    hosted: bool = True


class EventType(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`notice` and `every` in minutes. `fields` are custom booking fields that must be answered.

    `host` is whose time it takes: the account's own, or that of one of its team, by any number.
    """

    id: int = 0
    account: int = 0
    host: int = 0
    slug: str = "consulta"
    title: str = "Consulta"
    length: int = 30
    lengths: list[int] = []
    every: int | None = None
    notice: int = 0
    days_ahead: int = 0
    confirmation: bool = False
    email_required: bool = False
    email_hidden: bool = False
    phone_required: bool = True
    managed: bool = False
    reason_required: bool = False
    fields: list[str] = []
    hours: tuple[Hours, ...] = (Hours(),)


class Attendee(msgspec.Struct, kw_only=True):
    name: str
    email: str
    zone: str
    language: str = "en"
    phone: str | None = None
    absent: bool = False


class Booking(msgspec.Struct, kw_only=True):
    """`key` is the one thing that is unique over there: start, end and host of what was made accepted."""

    id: int
    uid: str
    event_type: int
    account: int
    host: int
    start: datetime
    end: datetime
    status: Status
    attendee: Attendee
    created: datetime
    updated: datetime
    answers: dict[str, Any] = {}
    metadata: dict[str, str] = {}
    guests: list[str] = []
    key: str | None = None
    ics: str = ""
    moved_from: str | None = None
    moved_to: str | None = None
    move_reason: str | None = None
    cancel_reason: str | None = None
    rejection: str | None = None
    absent_host: bool = False
    started: bool = False
    ended: bool = False

    @property
    def holds_its_time(self) -> bool:
        return self.status in ("accepted", "pending")


class Reservation(msgspec.Struct, kw_only=True):
    uid: str
    event_type: int
    start: datetime
    end: datetime
    until: datetime
    minutes: int


class Hook(msgspec.Struct, kw_only=True):
    id: int
    account: int
    url: str
    triggers: list[str]
    active: bool = True
    secret: str | None = None
    event_type: int | None = None


class CalFault(Fault, kw_only=True, forbid_unknown_fields=True):
    """`on`: the name of an endpoint (book, list, slots, ...) or "any"."""

    kind: FaultKind
    on: str = "any"
    status: int = 500


class Call(msgspec.Struct, kw_only=True):
    """One call as it came. `status` None: hung or cut off."""

    seq: int
    at: float
    method: str
    path: str
    endpoint: str
    version: str
    account: int | None
    query: dict[str, str]
    body: Any
    status: int | None = None
    fault: str | None = None


class Posted(msgspec.Struct, kw_only=True):
    """One webhook as it left, and how it was answered. `status` None with `error`: it was not delivered."""

    seq: int
    hook: int
    trigger: str
    url: str
    body: str
    signature: str
    status: int | None = None
    answer: str = ""
    error: str | None = None


def new_uid() -> str:
    return secrets.token_urlsafe(16).replace("-", "x").replace("_", "y")
