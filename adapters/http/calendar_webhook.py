"""Where calendars elsewhere knock: POST /api/agenda/webhook/{connection}. Answered at once: the sender waits in a booking."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Router, post
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import FromPath, HeaderParameter
from litestar.status_codes import HTTP_202_ACCEPTED, HTTP_415_UNSUPPORTED_MEDIA_TYPE

from adapters.http.client_address import ClientAddress
from adapters.http.problems import Problem
from adapters.telemetry import metrics
from adapters.telemetry.log import correlation_id, note
from application.agenda.connections import CalendarConnectionId
from application.agenda.receive_calendar_event import CalendarWebhook, ReceiveCalendarEvent

JSON: Final = "application/json"
Signature = Annotated[
    str | None,
    HeaderParameter(
        name="X-Cal-Signature-256", description="The hex HMAC-SHA256 of the exact body, by the shared secret"
    ),
]


class KnockOut(msgspec.Struct):
    """`outcome`: queued, repeated, old, clock, not_ours, unknown_trigger or unreadable."""

    outcome: Annotated[str, msgspec.Meta(examples=["queued"])]


def _refusal(description: str) -> ResponseSpec:
    return ResponseSpec(Problem, description=description, media_type="application/problem+json")


RESPONSES: Final = {
    202: ResponseSpec(
        KnockOut,
        description="Kept, or nothing to do",
        examples=[
            Example(summary="The calendar will be read", value={"outcome": "queued"}),
            Example(summary="Kept before", value={"outcome": "repeated"}),
        ],
    ),
    401: _refusal("Unknown connection, no signature, or a wrong one"),
    413: _refusal("Body too large"),
    415: _refusal("Not plain JSON"),
    429: _refusal("Too many of them"),
    503: _refusal("Cannot be kept now; the calendar is read every few minutes all the same"),
}


def calendar_webhook(receive: ReceiveCalendarEvent, address: ClientAddress, *, body_limit: int) -> Router:
    """Signed by `X-Cal-Signature-256`: the hex HMAC-SHA256 of the exact body."""

    @post(
        "/{connection:str}",
        status_code=HTTP_202_ACCEPTED,
        responses=RESPONSES,
        summary="Something happened in a company's Cal.com",
    )
    async def knock(
        request: Request[Any, Any, Any], connection: FromPath[str], signature: Signature = None
    ) -> KnockOut:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.scope["headers"]}
        _demand_plain_json(headers)
        outcome = await receive(
            CalendarWebhook(
                connection=CalendarConnectionId(connection),
                body=await request.body(),
                signature=signature,
                ip=address.of(request.client.host if request.client else None, request.scope["headers"]),
                correlation=correlation_id(),
            )
        )
        metrics.CALENDAR_WEBHOOKS.labels(outcome=outcome).inc()
        note(queued=outcome == "queued", repeat=outcome == "repeated", reason=outcome)
        return KnockOut(outcome)

    return Router(
        "/api/agenda/webhook",
        route_handlers=[knock],
        request_max_body_size=body_limit,
        tags=["agenda"],
        opt={"open": True},
    )


def _demand_plain_json(headers: dict[str, str]) -> None:
    kind = headers.get("content-type", JSON).partition(";")[0].strip().lower()
    if kind != JSON or headers.get("content-encoding", "identity") != "identity":
        raise HTTPException(status_code=HTTP_415_UNSUPPORTED_MEDIA_TYPE)
