"""Everything that can go wrong between us and Gemini, in three questions: may we try again, when, and is it ill?"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx2
from google.genai import errors

from adapters.gemini.wire import Unusable
from application.assistant.ports import ModelRefused

AGAIN: Final = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses that pass by themselves. Any other one is about our request, our key or our address."""

OUR_REQUEST: Final = frozenset({400, 404, 413, 422})
"""About this request: the service is well, and the breaker has nothing to learn from it."""

DURATION: Final = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)s?")

CAUGHT: Final = (
    errors.APIError,
    errors.UnknownApiResponseError,
    httpx2.HTTPError,
    httpx2.InvalidURL,
    httpx2.CookieConflict,
    httpx2.StreamError,
    json.JSONDecodeError,
    UnicodeError,
    RecursionError,  # JSON nested deeper than Python's parser goes
    OSError,
    Unusable,
    ModelRefused,
)
"""All that a call may raise on the way to a usable answer; a test walks both libraries and fails if one is missing."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """`wait` is Gemini's own advice in seconds. `ill` feeds the breaker. `reason` names no person and no key."""

    reason: str
    again: bool
    ill: bool
    wait: float | None = None


def trouble_of(error: Exception) -> Trouble:
    match error:
        case errors.APIError():
            return _answered_with(error)
        case ModelRefused():
            return Trouble(str(error), again=False, ill=False)
        case Unusable(ours=ours):
            return Trouble(str(error), again=not ours, ill=not ours)
        case httpx2.TimeoutException() | httpx2.NetworkError() | httpx2.RemoteProtocolError() | OSError():
            return Trouble(type(error).__name__, again=True, ill=True)
        case json.JSONDecodeError() | errors.UnknownApiResponseError() | httpx2.DecodingError() | RecursionError():
            return Trouble("the answer is not Gemini's JSON", again=True, ill=True)
        case _:
            return Trouble(type(error).__name__, again=False, ill=True)


def _answered_with(error: errors.APIError) -> Trouble:
    status = error.code if isinstance(error.code, int) else 0
    return Trouble(
        f"status {status}",
        again=status in AGAIN,
        ill=status not in OUR_REQUEST,
        wait=_advice(error),
    )


def _advice(error: errors.APIError) -> float | None:
    """RetryInfo in the body, or the Retry-After header in seconds; the SDK reads neither."""
    hints = [detail.get("retryDelay") for detail in _details(error.details) if isinstance(detail, Mapping)]
    headers = getattr(error.response, "headers", None) or {}
    for hint in (*hints, headers.get("retry-after")):
        found = DURATION.fullmatch(hint) if isinstance(hint, str) else None
        if found:
            return float(found[1])
    return None


def _details(body: Any) -> list[Any]:  # noqa: ANN401 - whatever JSON the other side sent
    inner = body.get("error") if isinstance(body, Mapping) else None
    details = inner.get("details") if isinstance(inner, Mapping) else None
    return details if isinstance(details, list) else []
