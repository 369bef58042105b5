"""The agenda by day and by week, alive while it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Annotated

from litestar import Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter
from litestar.response import ServerSentEvent

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.agenda_found import found_in
from adapters.http.panel.agenda_grid import grid_of, mini_days
from adapters.http.panel.agenda_look import MOST, PAGE, Query, Sight
from adapters.http.panel.frame import Asked, Frame
from adapters.http.panel.live import SECONDS, Scene, mark, stream
from adapters.http.panel.pulses import Pulses
from application.access.caller import Caller
from application.agenda.face import Agenda
from application.agenda.read_board import Board
from domain.access.role import Permission

Text = Annotated[str, QueryParameter(max_length=100)]


@dataclass(frozen=True, slots=True)
class AgendaPages:
    """What the handlers of the agenda's pages share."""

    frame: Frame
    agenda: Agenda
    pulses: Pulses
    stream_seconds: float = SECONDS

    async def today(self, caller: Caller) -> date:
        zone = await self.agenda.zones.of(caller.own_company)
        return self.agenda.clock().astimezone(zone).date()

    async def look(self, caller: Caller, sight: Sight) -> Board:
        zone = await self.agenda.zones.of(caller.own_company)
        today = self.agenda.clock().astimezone(zone).date()
        return await self.agenda.board(caller.own_company, *sight.listed(zone, today))

    def context(self, caller: Caller, sight: Sight, board: Board) -> dict[str, object]:
        now = self.agenda.clock()
        today = now.astimezone(board.house.zone).date()
        known = any(each.id == sight.professional for each in board.professionals)
        shown = sight if known else replace(sight, professional=None)
        return {
            "active": "agenda",
            "section": "board",
            "sight": sight,
            "board": board,
            "ready": bool(board.professionals) and board.offers,
            "grid": grid_of(board, shown, now),
            "cut": len(board.appointments) >= MOST,
            "found": found_in(board, today) if sight.words else None,
            "mini": mini_days(sight, today),
            "today": today,
            "may_book": Permission.AGENDA_WRITE in caller.permissions,
            "may_set_up": Permission.AGENDA_SETUP in caller.permissions,
        }


def agenda_pages_router(pages: AgendaPages, more: Sequence[HTTPRouteHandler] = ()) -> Router:
    """`more`: cards, bookings and settings."""
    provided = {"looked_for": Provide(_query, sync_to_thread=False)}
    handlers = [*_board_handlers(pages), *more]
    return Router(PAGE, route_handlers=handlers, dependencies=provided, include_in_schema=False)


def _board_handlers(pages: AgendaPages) -> list[HTTPRouteHandler]:
    guards = [requires(Permission.AGENDA_READ)]

    @get("/", guards=guards)
    async def show(request: Asked, caller: CallerGiven, looked_for: NamedDependency[Query]) -> Response[str]:
        sight = looked_for.sight(await pages.today(caller))
        board = await pages.look(caller, sight)
        context = pages.context(caller, sight, board)
        context["stream"] = sight.href(f"{PAGE}/ao-vivo", visto=mark(board))
        return await pages.frame.page(request, caller, "agenda/board.html", context)

    @get("/ao-vivo", guards=guards)
    async def live(
        request: Asked, caller: CallerGiven, looked_for: NamedDependency[Query], visto: Text = ""
    ) -> ServerSentEvent:
        sight = looked_for.sight(await pages.today(caller))

        async def look() -> Board:
            return await pages.look(caller, sight)

        async def draw(board: Board) -> str:
            around = await pages.frame.around(request, caller)
            return pages.frame.pages.render("agenda/_live.html", around | pages.context(caller, sight, board))

        scene = Scene("agenda", look, draw, partial(pages.pulses.of, caller.own_company))
        known = request.headers.get("last-event-id", visto)
        return stream(request, scene, known, pages.stream_seconds)

    return [show, live]


def _query(ver: Text = "", dia: Text = "", profissional: Text = "", busca: Text = "") -> Query:
    return Query(ver, dia, profissional, busca)
