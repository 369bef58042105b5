"""Our kinds of error, Litestar's own and bugs, each as a problem document: the one place that knows both
sides.

Our own errors bring their words. Litestar's and those of bugs do not: they may repeat paths, values or
innards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from litestar import Request, Response
from litestar.exceptions import HTTPException, NotFoundException, ValidationException
from litestar.types import ExceptionHandlersMap

from adapters.http.bodies import word_for
from adapters.http.entrance import to_the_entrance, to_the_lost_page
from adapters.http.problems import SLUGS, problem
from adapters.telemetry.log import note
from domain.shared.errors import (
    Forbidden,
    Invalid,
    MoveRefused,
    NotFound,
    Refused,
    SecretariaError,
    TooOften,
    Unauthenticated,
    Unavailable,
)

RETRY_AFTER: Final = 5.0
MISSING: Final = re.compile(r"Missing required \w+ parameter '([^']+)'")
BODY: Final = "data"
"""Litestar's word for it, which no caller knows."""
KNOWN: Final = frozenset(HTTPStatus)

STATUS: Final[Mapping[type[BaseException], int]] = {
    Invalid: 422,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Refused: 409,
    MoveRefused: 409,
    TooOften: 429,
    Unavailable: 503,
    SecretariaError: 500,
}
"""Kinds, never single errors. What belongs to no kind was not meant for a caller and is answered like a
bug.
"""


def of_ours(request: Request[Any, Any, Any], error: SecretariaError) -> Response[bytes]:
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    if status == 500:
        return of_a_bug(request, error)
    if isinstance(error, Unavailable):
        note(outcome="unavailable", level="warning", exception=error)
        return problem(status, headers={"Retry-After": str(math.ceil(error.retry_after or RETRY_AFTER))})
    note(outcome=SLUGS[status], reason=str(error))
    if isinstance(error, Unauthenticated):
        return to_the_entrance(request) or problem(status, headers={"WWW-Authenticate": "Bearer"})
    headers = {"Retry-After": str(math.ceil(error.retry_after or RETRY_AFTER))} if isinstance(error, TooOften) else None
    field = getattr(error, "field", None) or (error.about and word_for(request, error.about))
    return problem(status, str(error), field=field, headers=headers)


def of_litestar(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    if error.status_code >= 500:
        return of_a_bug(request, error)
    if isinstance(error, ValidationException):
        note(outcome="invalid")
        detail, field = _first_fault(error.extra) if error.extra else _missing(error.detail)
        return problem(422, detail, field=field)
    status = error.status_code if error.status_code in KNOWN else 400
    note(outcome=SLUGS.get(status, "refused"))
    lost = to_the_lost_page(request) if isinstance(error, NotFoundException) else None
    return lost or problem(status, headers=error.headers)


def of_a_bug(_: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    note(outcome="crashed", level="error", exception=error)
    return problem(500)


def _missing(told: str) -> tuple[str, str | None]:
    """Of a parameter that is not there, Litestar says so in its own words and lists nothing."""
    found = MISSING.search(told)
    return ("needed, and not given", found[1]) if found else ("", None)


def _first_fault(extra: object) -> tuple[str, str | None]:
    """Litestar lists {"message", "key", "source"} per fault; one at a time is enough to mend a call."""
    fault = extra[0] if isinstance(extra, list) and extra else None
    if not isinstance(fault, Mapping):
        return "", None
    if fault.get("key") == BODY and fault.get("message") == repr(BODY):
        return "a JSON body is needed, and not given", None
    key = (
        str(fault["key"]).removesuffix("_") if fault.get("key") else None
    )  # "from_": Python keeps that word for itself
    return str(fault.get("message") or ""), key


HANDLERS: Final[ExceptionHandlersMap] = {
    SecretariaError: of_ours,
    HTTPException: of_litestar,
    Exception: of_a_bug,
}
"""For `Litestar(exception_handlers=...)`: the last one takes whatever nobody else did."""
