"""A small application with all that stands around our controllers, and one route per way to fail."""

from __future__ import annotations

import msgspec
from litestar import Litestar, Request, Response, get, post
from litestar.params import FromPath, JSONBody

from adapters.http.access_log import AccessLog
from adapters.http.bodies import WrittenRequest
from adapters.http.errors import HANDLERS
from adapters.telemetry.log import note
from domain.shared.errors import Invalid, Refused, Unauthenticated, Unavailable

FAILURES: dict[str, Exception] = {
    "invalid": Invalid("must be text", field="message.text"),
    "unauthenticated": Unauthenticated("bad signature"),
    "refused": Refused("the slot is taken"),
    "unavailable": Unavailable("postgres at 10.0.0.5 refused"),
    "bug": KeyError("meu CPF é 123.456.789-09"),
}


class Slot(msgspec.Struct):
    start: str
    minutes: int


@post("/webhook/whaticket/{connection:str}/{token:str}", status_code=202)
async def webhook(request: Request, connection: FromPath[str], token: FromPath[str]) -> dict[str, bool]:
    note(connection=connection, tenant=7)
    body = await request.body()
    if body.startswith(b"reject"):
        raise Unauthenticated("bad signature")
    return {"queued": len(token) > 0}


@get("/fail/{how:str}")
async def fail(how: FromPath[str]) -> None:
    raise FAILURES[how]


@post("/slots")
async def slots(data: JSONBody[Slot]) -> int:
    return data.minutes


@get("/page")
async def page() -> Response[str]:
    return Response("olá", headers={"Content-Security-Policy": "default-src 'self'", "Cache-Control": "max-age=60"})


@get("/livez")
async def livez() -> str:
    return "ok"


app = AccessLog(
    Litestar(
        [webhook, fail, slots, page, livez],
        exception_handlers=HANDLERS,
        request_class=WrittenRequest,
        logging_config=None,
        openapi_config=None,
        request_max_body_size=10_000,
    )
)
