"""What every refusal over HTTP looks like: a problem document (RFC 9457).

{"type": "urn:secretaria:problem:invalid", "title": "Unprocessable Entity", "status": 422,
 "detail": "...", "field": "message.text", "correlation_id": "5f0c..."}
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

import msgspec
from litestar import Response
from litestar.openapi.datastructures import ResponseSpec

from adapters.telemetry.log import correlation_id

MEDIA_TYPE: Final = "application/problem+json"

SLUGS: Final[Mapping[int, str]] = {
    400: "unreadable",
    401: "unauthenticated",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    409: "refused",
    413: "too-large",
    415: "unsupported-media-type",
    422: "invalid",
    429: "too-many-requests",
    500: "internal",
    503: "unavailable",
}

DETAILS: Final[Mapping[int, str]] = {
    400: "The request could not be read.",
    401: "The caller could not be authenticated.",
    403: "The caller may not do this.",
    404: "There is nothing here.",
    405: "This method is not offered here; see the Allow header.",
    409: "This cannot be done now.",
    413: "The body is larger than what is accepted here.",
    415: "This media type is not accepted here.",
    422: "The request does not have the expected shape.",
    429: "Too many requests; see the Retry-After header.",
    500: "Something went wrong on our side. The correlation id helps us to find it.",
    503: "A service that we depend on did not answer; see the Retry-After header.",
}
"""What is said where nothing more may be told."""


class Problem(msgspec.Struct, omit_defaults=True, kw_only=True):
    """`field` says where in the caller's own words; `correlation_id` finds the request in our logs."""

    type: str
    title: str
    status: int
    detail: str
    field: str | None = None
    correlation_id: str | None = None


def document_of(status: int, detail: str = "", *, field: str | None = None) -> Problem:
    phrase = HTTPStatus(status).phrase
    return Problem(
        type=f"urn:secretaria:problem:{SLUGS[status]}" if status in SLUGS else "about:blank",
        title=phrase,
        status=status,
        detail=detail or DETAILS.get(status, phrase),
        field=field,
        correlation_id=correlation_id() or None,
    )


def problem(
    status: int, detail: str = "", *, field: str | None = None, headers: Mapping[str, str] | None = None
) -> Response[bytes]:
    content = msgspec.json.encode(document_of(status, detail, field=field))
    return Response(content, status_code=status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def refusal(description: str) -> ResponseSpec:
    """How a route says in the OpenAPI document when it refuses."""
    return ResponseSpec(Problem, generate_examples=False, description=description, media_type=MEDIA_TYPE)
