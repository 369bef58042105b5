"""What each way of failing means: nothing happened there, nobody knows, the time is taken, or no for good.

Cal.com has three envelopes for an error and no code for "taken": only words tell. Those words stay here, because they name
people and bookings; what we raise says a status and a class.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import httpx2
import msgspec

from application.agenda.ports import CalendarRefused, CalendarUnavailable, CalendarUnsure, EntryNotFound
from domain.agenda.appointment import SlotTaken

CALL_FAILURES: Final = (
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpx2.CookieConflict,
    httpx2.StreamError,
    UnicodeError,
    TimeoutError,
)
"""Everything a call may raise; a test walks httpx2 to keep this complete."""

NEVER_LEFT: Final = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.LocalProtocolError,
    httpx2.UnsupportedProtocol,
    httpx2.InvalidURL,
    UnicodeError,
)
"""Before the request went out. Whatever is not here may have been done over there."""

TAKEN: Final = re.compile(
    r"already has booking at this time or is not available|booking_conflict_error|hosts?_unavailable", re.IGNORECASE
)
CANCELLED: Final = re.compile(r"has been cancelled", re.IGNORECASE)
NO_SUCH_PATH: Final = re.compile(r"Cannot (?:GET|POST) /")

CalendarError = CalendarUnavailable | CalendarUnsure | CalendarRefused | EntryNotFound | SlotTaken


class Again(Exception):
    """Inside this package: the call may be made again. `wait` is their own advice in seconds."""

    def __init__(self, why: str, *, wait: float | None = None, sure: bool = True) -> None:
        super().__init__(why)
        self.wait = wait
        self.sure = sure


class AlreadyCancelled(CalendarRefused):
    """It was cancelled or moved before."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that is no success. `bare`: it came in the envelope of errors that are none of the framework's own."""

    status: int
    words: str
    bare: bool = False


def said(status: int, body: Any) -> Said:  # noqa: ANN401 - whatever JSON the other side sent
    """Of any envelope; no words where it is something else."""
    if not isinstance(body, dict):
        return Said(status, "")
    inner = body.get("error")
    if isinstance(inner, dict):
        return Said(status, _text(inner.get("message")))
    return Said(status, _text(body.get("message")), bare="statusCode" in body)


def on_answer(answer: Said) -> CalendarError | AlreadyCancelled:
    """The verdict on a no that will stay one; `retryable` ones never come here."""
    what = f"Cal.com: status {answer.status}"
    match answer.status:
        case 400 | 409 if TAKEN.search(answer.words):
            return SlotTaken(what)
        case 400 if CANCELLED.search(answer.words):
            return AlreadyCancelled(what)
        case 404 if not NO_SUCH_PATH.search(answer.words):
            return EntryNotFound(what)
        case 400 | 409 | 422:
            return CalendarRefused(what)
        case 403 if answer.bare:
            return CalendarRefused(what)
    return CalendarUnavailable(f"{what}: our key or its address")


def failed(error: Exception, *, changing: bool) -> Again:
    """A call that raised: a question changed nothing, a change is unsure unless it surely never left."""
    sure = not changing or isinstance(error, NEVER_LEFT)
    return Again(f"Cal.com: {type(error).__name__}", sure=sure)


def decoded(body: bytes) -> Any:  # noqa: ANN401
    """The JSON, or None."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _text(value: object) -> str:
    return value[:2_000] if isinstance(value, str) else ""
