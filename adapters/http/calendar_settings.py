"""A company's calendar elsewhere and its professionals' feeds, over JSON; and the feeds themselves, for calendar programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, Router, delete, get, head, post, put
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED
from litestar.types import Guard

from adapters.http.access import CallerGiven, proven, requires
from adapters.http.agenda_wire import REFUSED, Number, number
from adapters.http.client_address import ClientAddress
from adapters.http.problems import refusal
from application.agenda.change_webhook_secret import ChangeWebhookSecret
from application.agenda.connect_calendar import CalendarOrder, ConnectCalendar, ConnectedCalendar
from application.agenda.connections import EventTypeOf
from application.agenda.feed import GiveFeed, ReadFeed
from application.agenda.try_calendar import Found, TryCalendar
from domain.access.role import Permission
from domain.shared.errors import Invalid
from domain.shared.ids import ProfessionalId, ServiceId, TenantId
from domain.shared.web_address import checked_address

SETUP: Final = [requires(Permission.AGENDA_SETUP)]
PROVEN: Final[Sequence[Guard]] = [*SETUP, proven]
"""Where clients' data go, and who reads them from outside: not for a stolen session."""
FEED: Final = "/api/agenda/feed"
WEBHOOK: Final = "/api/agenda/webhook"
FEED_REFUSED: Final = {
    404: refusal("No such feed, or no longer"),
    429: refusal("Read too often: of one feed, or from one address"),
}
FEED_HEADERS: Final = {"cache-control": "private, no-store", "content-disposition": 'attachment; filename="agenda.ics"'}
CAL_COM: Final = "https://api.cal.com"


class EventTypeWire(msgspec.Struct, forbid_unknown_fields=True):
    """`number` is Cal.com's; `flexible`: it offers several lengths."""

    service: Number
    professional: Number
    number: Annotated[int, msgspec.Meta(gt=0, lt=2**53)]
    flexible: bool = False


class CalendarIn(msgspec.Struct, forbid_unknown_fields=True):
    api_key: Annotated[str, msgspec.Meta(min_length=8, max_length=200, examples=["cal_live_0123456789abcdef"])]
    event_types: Annotated[list[EventTypeWire], msgspec.Meta(min_length=1, max_length=1_000)]
    base_url: Annotated[str, msgspec.Meta(max_length=200)] = CAL_COM


class CalendarOut(msgspec.Struct):
    """`kind`: built_in or calcom. The webhook is registered there within a minute, with the company's own key.

    `webhook_url` and `webhook_secret`, which is told once, are for a Cal.com that refuses that: put in by hand.
    `secret_changing`: the webhook's secret before is still good. `left_webhook_url`: what has to be removed by hand from a
    Cal.com that was given up or replaced.
    """

    kind: str
    base_url: str | None = None
    api_key_end: str | None = None
    event_types: list[EventTypeWire] = []
    webhook_url: str | None = None
    webhook_secret: str | None = None
    left_webhook_url: str | None = None
    secret_changing: bool = False


class SecretOut(msgspec.Struct):
    """Told once. Cal.com is told it within a minute, with the company's own key; where that is refused it is put in by hand."""

    webhook_url: str
    webhook_secret: str


class TriedOut(msgspec.Struct):
    """`found`: free, nothing_free (in the next two weeks), unknown (no such event type, or of another length), or away."""

    service: int
    professional: int
    number: int
    found: Found


class FeedOut(msgspec.Struct):
    """Told once. Whoever has the address reads the appointments."""

    url: str


def calendar_router(
    connect: ConnectCalendar, change_secret: ChangeWebhookSecret, trial: TryCalendar, give: GiveFeed, *, public_url: str
) -> Router:
    @get("/calendar", guards=SETUP, responses=REFUSED, summary="Which calendar the company has")
    async def show(caller: CallerGiven) -> CalendarOut:
        out = _out(await connect.show(caller.own_company), public_url)
        left = await connect.left_hanging(caller.own_company)
        return out if left is None else msgspec.structs.replace(out, left_webhook_url=f"{public_url}{WEBHOOK}/{left}")

    @put("/calendar", guards=PROVEN, responses=REFUSED, summary="Connect a Cal.com, or connect it anew")
    async def plug(data: JSONBody[CalendarIn], caller: CallerGiven) -> CalendarOut:
        order = CalendarOrder(base_of(data.base_url), data.api_key, _event_types(data.event_types))
        return _out(await connect.connect(caller.own_company, order, caller.who), public_url)

    @post(
        "/calendar/secret",
        guards=PROVEN,
        responses=REFUSED,
        status_code=HTTP_201_CREATED,
        summary="A new secret of the webhook; the one before is good until the new one was seen, or for a day",
    )
    async def renew(caller: CallerGiven) -> SecretOut:
        changed = await change_secret(caller.own_company)
        return SecretOut(f"{public_url}{WEBHOOK}/{changed.id}", changed.secret)

    @delete("/calendar", guards=PROVEN, responses=REFUSED, summary="Back to the built-in calendar")
    async def unplug(caller: CallerGiven) -> None:
        await connect.give_up(caller.own_company, caller.who)

    return Router(
        "/api/agenda",
        route_handlers=[show, plug, renew, unplug, _tried(trial), *_feeds(give, public_url)],
        tags=["agenda"],
    )


def _tried(trial: TryCalendar) -> HTTPRouteHandler:
    @post(
        "/calendar/trial",
        guards=SETUP,
        responses=REFUSED,
        status_code=HTTP_200_OK,
        opt={"audit": "calendar.test"},
        summary="Ask the Cal.com for free times of each event type; nothing is booked",
    )
    async def tried(caller: CallerGiven) -> list[TriedOut]:
        return [
            TriedOut(one.event_type.service, one.event_type.professional, one.event_type.number, one.found)
            for one in await trial(caller.own_company)
        ]

    return tried


def _feeds(give: GiveFeed, public_url: str) -> list[HTTPRouteHandler]:
    @post(
        "/professionals/{id:int}/feed",
        guards=PROVEN,
        responses=REFUSED,
        status_code=HTTP_201_CREATED,
        summary="A new secret address of a professional's calendar; the one before ends",
    )
    async def give_feed(id: FromPath[int], caller: CallerGiven) -> FeedOut:
        company = caller.own_company
        token = await give(company, ProfessionalId(number(id)), caller.who)
        return FeedOut(f"{public_url}{FEED}/{company}/{token}")

    @delete("/professionals/{id:int}/feed", guards=SETUP, responses=REFUSED, summary="End the address")
    async def end_feed(id: FromPath[int], caller: CallerGiven) -> None:
        await give.take_back(caller.own_company, ProfessionalId(number(id)), caller.who)

    return [give_feed, end_feed]


def feed_router(read: ReadFeed, address: ClientAddress) -> Router:
    """Calendar programs bring no header of ours: the address is the proof."""

    @get(
        "/{company:int}/{token:str}",
        status_code=HTTP_200_OK,
        media_type="text/calendar",
        responses=FEED_REFUSED,
        summary="A professional's appointments as a calendar file",
    )
    async def feed(request: Request[Any, Any, Any], company: FromPath[int], token: FromPath[str]) -> Response[bytes]:
        ip = address.of(request.client.host if request.client else None, request.scope["headers"])
        headers = FEED_HEADERS
        return Response(await read(TenantId(company), token, ip), media_type="text/calendar", headers=headers)

    @head("/{company:int}/{token:str}", media_type="text/calendar", include_in_schema=False)
    async def look(request: Request[Any, Any, Any], company: FromPath[int], token: FromPath[str]) -> None:
        """Calendar programs ask whether the address is good before they read it."""
        await feed.fn(request, company, token)

    return Router(FEED, route_handlers=[feed, look], tags=["agenda"], opt={"open": True})


def _event_types(wire: Sequence[EventTypeWire]) -> list[EventTypeOf]:
    if len({(one.service, one.professional) for one in wire}) != len(wire):
        raise Invalid("one event type for each service of each professional", field="event_types")
    return [
        EventTypeOf(ServiceId(one.service), ProfessionalId(one.professional), one.number, one.flexible) for one in wire
    ]


def base_of(url: str) -> str:
    """Raises Invalid."""
    if set("?#@") & set(url) or not url.isascii():
        raise Invalid("an address such as https://api.cal.com", field="base_url")
    return checked_address(url, field="base_url")


def _out(connected: ConnectedCalendar | None, public_url: str) -> CalendarOut:
    if connected is None:
        return CalendarOut("built_in")
    return CalendarOut(
        kind="calcom",
        base_url=connected.base_url,
        api_key_end=connected.key_end,
        event_types=[
            EventTypeWire(one.service, one.professional, one.number, one.flexible) for one in connected.event_types
        ],
        webhook_url=f"{public_url}{WEBHOOK}/{connected.id}",
        webhook_secret=connected.secret,
        secret_changing=connected.changing,
    )
