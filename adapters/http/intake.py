"""The door: POST /webhook/whaticket. It reads bytes and headers, calls one use case, and answers 202."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import msgspec
from litestar import Request, Router, post
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import FromPath
from litestar.response.base import ASGIResponse
from litestar.status_codes import HTTP_202_ACCEPTED, HTTP_415_UNSUPPORTED_MEDIA_TYPE

from adapters.http.client_address import ClientAddress
from adapters.http.problems import refusal
from adapters.telemetry import metrics
from adapters.telemetry.log import correlation_id, note
from application.intake.receive_webhook import Receipt, ReceiveWebhook, Webhook
from domain.shared.ids import ConnectionId

JSON: Final = "application/json"
SECRET_HEADERS: Final = ("x-webhook-token", "x-n8n-api-key", "authorization")
"""Where the static secret of `header` mode may stand: senders of different families have different habits."""


class ReceiptOut(msgspec.Struct, omit_defaults=True, frozen=True):
    """`queued` is false when there is nothing to do, and `reason` says why in a word."""

    queued: bool
    reason: str | None = None


RESPONSES: Final = {
    202: ResponseSpec(
        ReceiptOut,
        generate_examples=False,
        description="Kept for good, or nothing to do",
        examples=[
            Example(summary="A message, also when it comes again", value={"queued": True}),
            Example(summary="Nothing to do", value={"queued": False, "reason": "group"}),
        ],
    ),
    401: refusal("Unknown connection, bad proof or stale timestamp"),
    413: refusal("Body too large"),
    415: refusal("Not plain JSON"),
    422: refusal("Not a webhook we can read; `field` says where"),
    503: refusal("Cannot be kept now; send it again"),
}


def intake_router(receive: ReceiveWebhook, address: ClientAddress, *, body_limit: int) -> Router:
    """The webhook's three addresses: by connection, by connection and path token, and bare for a single company."""

    async def take(request: Request[Any, Any, Any], connection: str | None, path_token: str | None) -> ASGIResponse:
        return _answer(_told(await receive(await _webhook(request, address, connection, path_token))))

    @post("/", status_code=HTTP_202_ACCEPTED, responses=RESPONSES, summary="A Whaticket event, for the only company")
    async def bare(request: Request[Any, Any, Any]) -> ASGIResponse:
        return await take(request, None, None)

    @post("/{connection:str}", status_code=HTTP_202_ACCEPTED, responses=RESPONSES, summary="A Whaticket event")
    async def by_connection(request: Request[Any, Any, Any], connection: FromPath[str]) -> ASGIResponse:
        return await take(request, connection, None)

    @post(
        "/{connection:str}/{token:str}",
        status_code=HTTP_202_ACCEPTED,
        responses=RESPONSES,
        summary="A Whaticket event, proven by the path",
    )
    async def by_path(request: Request[Any, Any, Any], connection: FromPath[str], token: FromPath[str]) -> ASGIResponse:
        return await take(request, connection, token)

    return Router(
        "/webhook/whaticket",
        route_handlers=[bare, by_connection, by_path],
        request_max_body_size=body_limit,
        tags=["intake"],
    )


async def _webhook(
    request: Request[Any, Any, Any], address: ClientAddress, connection: str | None, path_token: str | None
) -> Webhook:
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.scope["headers"]}
    _demand_plain_json(headers)
    return Webhook(
        connection=None if connection is None else ConnectionId(connection),
        body=await request.body(),
        ip=address.of(request.client.host if request.client else None, request.scope["headers"]),
        correlation=correlation_id(),
        signature=headers.get("x-signature"),
        timestamp=headers.get("x-timestamp"),
        token=headers.get("x-webhook-token"),
        static=tuple(_bare(headers[name]) for name in SECRET_HEADERS if name in headers),
        path_token=path_token,
    )


def _demand_plain_json(headers: Mapping[str, str]) -> None:
    kind = headers.get("content-type", JSON).partition(";")[0].strip().lower()
    if kind != JSON or headers.get("content-encoding", "identity") != "identity":
        raise HTTPException(status_code=HTTP_415_UNSUPPORTED_MEDIA_TYPE)


def _bare(value: str) -> str:
    """The secret of an Authorization header, with or without its scheme."""
    return value.partition(" ")[2] if value.lower().startswith("bearer ") else value


@lru_cache(64)
def _answer(receipt: ReceiptOut) -> ASGIResponse:
    """Rendered once for each thing there is to say: nearly all webhooks hear the same one."""
    return ASGIResponse(body=msgspec.json.encode(receipt), status_code=HTTP_202_ACCEPTED)


def _told(receipt: Receipt) -> ReceiptOut:
    note(queued=receipt.queued, repeat=receipt.repeat, limited=receipt.limited, reason=receipt.reason)
    if receipt.reason is not None:
        metrics.INBOUND_IGNORED.labels(reason=receipt.reason).inc()
    if receipt.repeat:
        metrics.WEBHOOK_DUPLICATES.inc()
    return ReceiptOut(queued=receipt.queued, reason=receipt.reason)
