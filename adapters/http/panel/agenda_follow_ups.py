""" "Pós-Atendimento": who was asked how it was, who answered what, and one more question where it helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter

from adapters.http.access import CallerGiven, requires
from adapters.http.needle import needle
from adapters.http.panel import follow_up_words as words
from adapters.http.panel.agenda import AgendaPages
from adapters.http.panel.agenda_look import LONGEST_ID, PAGE
from adapters.http.panel.entry import fields
from adapters.http.panel.frame import Asked, back_to
from application.access.caller import Caller
from application.agenda.keep import Asker
from application.follow_ups.ports import FollowUpId, NotAsked, Satisfaction, Status
from application.follow_ups.read_follow_ups import Overview, ReadFollowUps, Wish
from application.follow_ups.send_follow_up import SendFollowUp
from domain.access.role import Permission
from domain.follow_ups.replies import Intent

HERE: Final = f"{PAGE}/pos-atendimento"
FIELDS: Final = ("estado", "resposta", "periodo", "busca")
USUAL: Final = "30"
MOST: Final = 100

Id = Annotated[int, PathParameter(ge=1, le=LONGEST_ID)]


@dataclass(frozen=True, slots=True)
class Sieve:
    """What was asked for in an address; what nobody could mean is everything."""

    estado: str = ""
    resposta: str = ""
    periodo: str = ""
    busca: str = ""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Sieve:
        state, answer, period, whom = (str(said.get(name, ""))[:100] for name in FIELDS)
        plain = " ".join("".join(mark for mark in whom if mark.isprintable()).split())
        return cls(
            state if state in set(Status) else "",
            answer if answer in set(Intent) else "",
            period if period in words.PERIODS else USUAL,
            plain,
        )

    @property
    def wish(self) -> Wish:
        return Wish(
            Status(self.estado) if self.estado else None,
            Intent(self.resposta) if self.resposta else None,
            needle(self.busca),
            words.PERIODS[self.periodo][1],
            MOST,
        )

    @property
    def narrows(self) -> bool:
        return bool(self.estado or self.resposta or self.busca or self.periodo != USUAL)

    @property
    def href(self) -> str:
        said = {
            name: value for name in FIELDS if (value := getattr(self, name)) and (name, value) != ("periodo", USUAL)
        }
        return f"{HERE}?{urlencode(said)}" if said else HERE


@dataclass(frozen=True, slots=True)
class FollowUpPages:
    shared: AgendaPages
    read: ReadFollowUps
    send: SendFollowUp

    async def show(self, request: Asked, caller: Caller, sieve: Sieve, problem: str | None = None) -> Response[str]:
        overview = await self.read(caller.own_company, sieve.wish)
        context = {
            "active": "agenda",
            "section": "follow_ups",
            "overview": overview,
            "content": content_of(overview),
            "sieve": sieve,
            "states": words.STATES,
            "intents": words.INTENTS,
            "periods": words.PERIODS,
            "picture": words.picture_of(overview.satisfaction, await self.shared.today(caller)),
            "may_write": Permission.AGENDA_WRITE in caller.permissions,
            "may_set_up": Permission.AGENDA_SETUP in caller.permissions,
            "most": MOST,
            "problem": problem,
        }
        status = 422 if problem else 200
        return await self.shared.frame.page(request, caller, "agenda/follow_ups.html", context, status=status)

    async def resend(self, request: Asked, caller: Caller, id: int) -> Response[Any]:
        sieve = Sieve.of(dict(zip(FIELDS, await fields(request, *FIELDS), strict=True)))
        try:
            await self.send.again(caller.own_company, FollowUpId(id), Asker(caller.who))
        except NotAsked as no:
            return await self.show(request, caller, sieve, words.NOT_ASKED[no.why])
        return back_to(sieve.href, "follow-up")


def content_of(overview: Overview) -> Satisfaction | None:
    """All answers of the thirty days as if of one; None while there are none."""
    days = overview.satisfaction
    if not days:
        return None
    return Satisfaction(
        days[-1].day,
        sum(one.positive for one in days),
        sum(one.negative for one in days),
        sum(one.feedback for one in days),
    )


def follow_up_handlers(pages: FollowUpPages) -> list[HTTPRouteHandler]:
    @get("/pos-atendimento", guards=[requires(Permission.AGENDA_READ)])
    async def show(request: Asked, caller: CallerGiven) -> Response[str]:
        return await pages.show(request, caller, Sieve.of(request.query_params))

    @post(
        "/pos-atendimento/{id:int}/reenviar",
        guards=[requires(Permission.AGENDA_WRITE)],
        status_code=303,
        opt={"audit": "agenda.follow_up"},
    )
    async def resend(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        return await pages.resend(request, caller, id)

    return [show, resend]
