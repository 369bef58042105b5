"""What each way of failing means: surely not sent, refused for good, ours to mend, or nobody knows.

Only what is certainly unsent may be sent again by itself. Messages of these errors reach logs and the delivery log, so they
carry codes and never what Whaticket wrote: its texts may hold a number or a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import httpx2

from adapters.whaticket.client import Answer
from adapters.whaticket.profiles import CODES, STATUSES, Profile, Verdict
from adapters.whaticket.reach import AddressRefused
from application.delivery.ports import (
    ChannelMisconfigured,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
)

CALL_FAILURES: Final = (httpx2.HTTPError, httpx2.InvalidURL, httpx2.CookieConflict, httpx2.StreamError)
"""Everything httpx2 may raise; a test walks the library to keep this complete."""

FAILURES: Final[Mapping[type[Exception], Verdict]] = {
    AddressRefused: ChannelMisconfigured,
    httpx2.ConnectError: ChannelUnavailable,
    httpx2.ConnectTimeout: ChannelUnavailable,
    httpx2.PoolTimeout: ChannelUnavailable,
    httpx2.ProxyError: ChannelUnavailable,
    httpx2.LocalProtocolError: ChannelMisconfigured,  # a token or an address that makes no valid request
    httpx2.UnsupportedProtocol: ChannelMisconfigured,
    httpx2.InvalidURL: ChannelMisconfigured,
}
"""Before the request left. Whatever is not here may have happened after it."""

ChannelError = ChannelUnavailable | ChannelRefused | ChannelMisconfigured | ChannelUnknown

CODE_LIKE: Final = re.compile(r"ERR_[A-Z_]{1,60}")
WRAPPER: Final = "ERR_MESSAGE_SEND_FAILED"
NO_SUCH_CONNECTION: Final = re.compile(r"whatsapp (connection )?#.{1,20} not found", re.IGNORECASE)


def while_sending(error: Exception) -> ChannelError:
    """The verdict on a call that raised: the nearest ancestor in the table decides."""
    kinds = (FAILURES[kind] for kind in type(error).__mro__ if kind in FAILURES)
    verdict: Verdict = next(kinds, ChannelUnknown)
    return verdict(f"whaticket: {type(error).__name__}")


def while_asking(error: Exception) -> ChannelUnavailable:
    """A question that failed changed nothing over there, so it can always be asked again."""
    return ChannelUnavailable(f"whaticket: {type(error).__name__}")


def on_answer(profile: Profile, answer: Answer) -> ChannelError:
    """The verdict on an answer that is no success, or a success with an error inside."""
    code = error_code(answer)
    verdict = _by_code(profile, code) or _by_status(profile, answer.status)
    said = f"whaticket: {answer.status}" + (f" {code}" if CODE_LIKE.fullmatch(code) else "")
    if verdict is ChannelUnavailable:
        return ChannelUnavailable(said, retry_after=answer.retry_after)
    return verdict(said)


def error_code(answer: Answer) -> str:
    """The `error` of the body, a code or a text as the fork likes it; "" where there is none.

    codatende puts a code of its own around some failures and leaves the one inside in `message`.
    """
    body = answer.json()
    if not isinstance(body, dict):
        return ""
    code, inside = body.get("error"), body.get("message")
    if code == WRAPPER and isinstance(inside, str) and CODE_LIKE.fullmatch(inside):
        return inside
    return code if isinstance(code, str) else ""


def _by_code(profile: Profile, code: str) -> Verdict | None:
    if NO_SUCH_CONNECTION.fullmatch(code):
        return ChannelMisconfigured
    return profile.codes.get(code) or CODES.get(code)


def _by_status(profile: Profile, status: int) -> Verdict:
    known = profile.statuses.get(status) or STATUSES.get(status)
    if known is not None:
        return known
    return ChannelMisconfigured if 300 <= status < 500 else ChannelUnknown
