"""The three envelopes in which Cal.com says no; there is no code for "the slot is taken", only words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

NAMES: Final = {
    400: "BadRequestException", 401: "UnauthorizedException", 403: "ForbiddenException", 404: "NotFoundException",
    409: "ConflictException", 422: "UnprocessableEntityException", 429: "ThrottlerException",
}  # fmt: skip

TAKEN: Final = "User either already has booking at this time or is not available"
PAST: Final = "Attempting to book a meeting in the past."
TOO_SOON: Final = (
    "The event type can't be booked at the \"start\" time provided. This could be because it's too soon "
    "(violating the minimum booking notice) or too far in the future (outside the event's scheduling window)."
)
NOT_STARTED: Final = (
    "Bookings can only be marked as absent after their scheduled start time. Current time in UTC+0: {now}"
)
BAD_RANGE: Final = "Invalid time range given - check the 'start' and 'end' query parameters."
NEST_WORDS: Final = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class TroubleError(Exception):
    """An answer that is no success, in whichever envelope."""

    def __init__(self, status: int, body: object) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


class NestError(Exception):
    """Envelope A, to be dressed with path and time where those are known."""

    def __init__(self, status: int, message: str, *, errors: list[Any] | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors
        self.code = code or NAMES.get(status, "HttpException")


def bare(status: int, message: str) -> TroubleError:
    """Envelope B, and C for 500: what Nest's default filter makes of errors that are none of its own."""
    return TroubleError(status, {"statusCode": status, "message": message})


def dressed(trouble: NestError, path: str) -> dict[str, Any]:
    details: dict[str, Any] = {"message": trouble.message, "statusCode": trouble.status}
    if trouble.status in NEST_WORDS:
        details["error"] = NEST_WORDS[trouble.status]
    if trouble.errors is not None:
        details["errors"] = trouble.errors
    return {
        "status": "error",
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "path": path,
        "error": {"code": trouble.code, "message": trouble.message, "details": details},
    }


def invalid(messages: list[str]) -> NestError:
    """As the global validation pipe says it: the list in `details.errors`, the words joined by commas."""
    return NestError(400, ",".join(messages), errors=[{"constraints": {"wrong": one}} for one in messages])
