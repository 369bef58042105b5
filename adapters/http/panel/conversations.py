"""The list of conversations and one conversation, both alive while they are looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import uuid4

from litestar import Response, Router, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter, QueryParameter
from litestar.response import ServerSentEvent

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.frame import Asked, Frame
from adapters.http.panel.live import SECONDS, Scene, mark, stream
from adapters.http.panel.pulses import Pulses
from adapters.http.panel.texts import HOLDER_TAB, HOLDER_WORD
from application.access.caller import Caller
from application.conversations.list_talks import ListTalks, TalkPage
from application.conversations.read_timeline import ReadTimeline, Timeline
from application.conversations.views import Before, Place, Wanted
from domain.access.role import Permission
from domain.shared.ids import ConversationId

LIST: Final = "/painel/conversas"
LONGEST_ID: Final = 2**63 - 1
HOLDERS: Final = {word: holder for holder, word in HOLDER_WORD.items()}

KEY: Final = re.compile(r"[moh][0-9]{1,18}")

Id = Annotated[int, PathParameter(ge=1, le=LONGEST_ID)]
Text = Annotated[str, QueryParameter(max_length=500)]


@dataclass(frozen=True, slots=True)
class TalkPages:
    """What the handlers of this file share."""

    frame: Frame
    list_talks: ListTalks
    read_timeline: ReadTimeline
    pulses: Pulses
    stream_seconds: float = SECONDS

    def list_context(self, wanted: Wanted, page: TalkPage) -> dict[str, object]:
        return {
            "active": "talks",
            "wanted": wanted,
            "page": page,
            "tabs": _tabs(wanted, page),
            "more": _address(LIST, wanted, depois=_place(page.next)) if page.next else None,
        }

    def talk_context(self, talk: Timeline) -> dict[str, object]:
        return {
            "active": "talks",
            "card": talk.card,
            "lines": talk.lines,
            "summary": talk.summary,
            "earlier": _earlier(talk),
        }

    async def live_part(self, request: Asked, caller: Caller, talk: Timeline) -> str:
        """All of a conversation's page that changes by itself, each piece saying where it belongs."""
        around = await self.frame.around(request, caller)
        return self.frame.pages.render("talks/_live.html", around | self.talk_context(talk))

    async def since(self, caller: Caller, id: ConversationId, since: datetime | None) -> Timeline:
        return await self.read_timeline(caller.own_company, id, since=since)

    def composer(self, *, typed: str = "", problem: str | None = None, request: str = "") -> dict[str, object]:
        return {"typed": typed, "problem": problem, "noting": False, "request_key": request or uuid4().hex}


def conversations_router(talks: TalkPages) -> Router:
    handlers = [*_list_handlers(talks), *_talk_handlers(talks)]
    reading = [requires(Permission.CONVERSATIONS_READ)]
    return Router(LIST, route_handlers=handlers, guards=reading, include_in_schema=False)


def _list_handlers(talks: TalkPages) -> list[HTTPRouteHandler]:
    frame = talks.frame

    @get("/")
    async def show_list(
        request: Asked, caller: CallerGiven, com: Text = "", busca: Text = "", depois: Text = ""
    ) -> Response[str]:
        wanted = _wanted(com, busca)
        page = await talks.list_talks(caller.own_company, wanted, _read_place(depois))
        context = talks.list_context(wanted, page)
        context["stream"] = _address(f"{LIST}/ao-vivo", wanted, visto=mark(page), depois=depois)
        return await frame.page(request, caller, "talks/list.html", context)

    @get("/ao-vivo")
    async def live_list(
        request: Asked, caller: CallerGiven, com: Text = "", busca: Text = "", depois: Text = "", visto: Text = ""
    ) -> ServerSentEvent:
        wanted = _wanted(com, busca)

        async def look() -> TalkPage:
            return await talks.list_talks(caller.own_company, wanted, _read_place(depois))

        async def draw(page: TalkPage) -> str:
            around = await frame.around(request, caller)
            return frame.pages.render("talks/_live_list.html", around | talks.list_context(wanted, page))

        scene = Scene("lista", look, draw, partial(talks.pulses.of, caller.own_company))
        return stream(request, scene, request.headers.get("last-event-id", visto), talks.stream_seconds)

    return [show_list, live_list]


def _talk_handlers(talks: TalkPages) -> list[HTTPRouteHandler]:
    frame = talks.frame

    @get("/{id:int}")
    async def show(request: Asked, caller: CallerGiven, id: Id) -> Response[str]:
        talk = await talks.read_timeline(caller.own_company, ConversationId(id))
        context = talks.talk_context(talk) | talks.composer()
        return await frame.page(request, caller, "talks/show.html", context | {"stream": _stream(talk)})

    @get("/{id:int}/anteriores")
    async def earlier(request: Asked, caller: CallerGiven, id: Id, antes: Text = "") -> Response[str]:
        talk = await talks.read_timeline(caller.own_company, ConversationId(id), before=_read_before(antes))
        return await frame.part(request, caller, "talks/_earlier.html", talks.talk_context(talk))

    @get("/{id:int}/ao-vivo")
    async def live(request: Asked, caller: CallerGiven, id: Id, visto: Text = "", desde: Text = "") -> ServerSentEvent:
        since = _read_time(desde)

        async def look() -> Timeline:
            return await talks.since(caller, ConversationId(id), since)

        await look()  # what is not there is said with a status, before the stream begins

        async def draw(talk: Timeline) -> str:
            return await talks.live_part(request, caller, talk)

        scene = Scene("conversa", look, draw, partial(talks.pulses.of, caller.own_company, ConversationId(id)))
        return stream(request, scene, request.headers.get("last-event-id", visto), talks.stream_seconds)

    return [show, earlier, live]


def _wanted(com: str, busca: str) -> Wanted:
    return Wanted(HOLDERS.get(com), "".join(mark for mark in busca if mark.isprintable()))


def _tabs(wanted: Wanted, page: TalkPage) -> Sequence[dict[str, object]]:
    everything = {"label": "Todas", "href": _address(LIST, replace(wanted, holder=None)), "current": not wanted.holder}
    return [everything] + [
        {
            "label": label,
            "href": _address(LIST, replace(wanted, holder=holder)),
            "current": wanted.holder is holder,
            "count": page.counts[holder],
        }
        for holder, label in HOLDER_TAB.items()
    ]


def _address(path: str, wanted: Wanted, **more: str) -> str:
    asked = {"com": HOLDER_WORD[wanted.holder] if wanted.holder else "", "busca": wanted.words, **more}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path


def _stream(talk: Timeline) -> str:
    """Where the page listens; it tells what it shows, so that nothing is sent twice."""
    since = talk.lines[0].at if talk.lines else talk.card.first_seen
    shown = replace(talk, before=None)
    query = urlencode({"visto": mark(shown), "desde": since.isoformat()})
    return f"{LIST}/{talk.card.conversation}/ao-vivo?{query}"


def _earlier(talk: Timeline) -> str | None:
    if talk.before is None:
        return None
    query = urlencode({"antes": f"{talk.before.at.isoformat()},{talk.before.key}"})
    return f"{LIST}/{talk.card.conversation}/anteriores?{query}"


def _place(place: Place) -> str:
    return f"{place.at.isoformat()},{place.id}"


def _read_place(said: str) -> Place | None:
    """A place nobody could mean is no place: the list begins at its beginning."""
    at, _, id = said.partition(",")
    when = _read_time(at)
    if when is None or not (id.isascii() and id.isdigit()) or int(id) > LONGEST_ID:
        return None
    return Place(when, ConversationId(int(id)))


def _read_before(said: str) -> Before | None:
    at, _, key = said.partition(",")
    when = _read_time(at)
    return Before(when, key) if when is not None and KEY.fullmatch(key) else None


def _read_time(said: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return None
    return at if at.tzinfo is not None and 2000 <= at.year < 2200 else None
