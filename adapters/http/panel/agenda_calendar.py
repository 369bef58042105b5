"""Which calendar the company has: the one that is built in or a Cal.com, a test of it, and addresses to read along from."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter

from adapters.http.access import CallerGiven, requires
from adapters.http.calendar_settings import CAL_COM, FEED, WEBHOOK
from adapters.http.panel.agenda import AgendaPages
from adapters.http.panel.agenda_look import LONGEST_ID, PAGE
from adapters.http.panel.calendar_form import Pair, Typed, order_from, pairs_of, typed_from
from adapters.http.panel.frame import Asked, back_to
from adapters.http.panel.proof import NotProven, ProofGate
from application.access.caller import Caller
from application.agenda.change_webhook_secret import ChangeWebhookSecret
from application.agenda.connect_calendar import ConnectCalendar, ConnectedCalendar
from application.agenda.connections import NoCalendarConnection
from application.agenda.feed import FeedNotFound, GiveFeed
from application.agenda.try_calendar import MOST, Found, TryCalendar
from domain.access.role import Permission
from domain.shared.errors import NotFound
from domain.shared.ids import ProfessionalId

HERE: Final = f"{PAGE}/calendario"
LONGEST: Final = 400
TRIED: Final[Mapping[Found, tuple[str, str]]] = {
    Found.FREE: ("tem horários livres nos próximos 14 dias", ""),
    Found.NOTHING_FREE: ("respondeu, mas sem nenhum horário livre em 14 dias", "wait"),
    Found.UNKNOWN: ("o Cal.com não conhece esse tipo de evento, ou a duração não combina", "bad"),
    Found.AWAY: ("o Cal.com não respondeu ou recusou a chave", "bad"),
}
NO_CALENDAR: Final = "Não há mais um Cal.com conectado. Atualize a página."
GONE: Final = "Um dos profissionais ou serviços não existe mais. Atualize a página."

Id = Annotated[int, PathParameter(ge=1, le=LONGEST_ID)]


@dataclass(frozen=True, slots=True)
class CalendarPages:
    shared: AgendaPages
    connect: ConnectCalendar
    change_secret: ChangeWebhookSecret
    feeds: GiveFeed
    trial: TryCalendar
    proof: ProofGate
    public_url: str

    async def show(
        self, request: Asked, caller: Caller, typed: Typed | None = None, problem: str | None = None
    ) -> Response[str]:
        company, desk = caller.own_company, self.shared.agenda.set_up
        people, pairs = await desk.professionals(company), await self.pairs(caller)
        connected = await self.connect.show(company)
        left = await self.connect.left_hanging(company)
        usual = typed_from(*((connected.base_url, connected.event_types) if connected else (CAL_COM, ())), pairs)
        context = {
            "active": "agenda",
            "connected": connected,
            "left": f"{self.public_url}{WEBHOOK}/{left}" if left is not None else None,
            "people": [each for each in people if each.active],
            "given": await self.feeds.given(company),
            "pairs": pairs,
            "typed": typed or usual,
            "problem": problem,
            "doubt": await self.proof.doubt(caller),
        }
        status = 422 if problem or (typed and typed.problems) else 200
        return await self.shared.frame.page(request, caller, "agenda/calendar.html", context, status=status)

    async def pairs(self, caller: Caller) -> list[Pair]:
        desk, company = self.shared.agenda.set_up, caller.own_company
        return pairs_of(await desk.services(company), await desk.professionals(company))

    async def plug(self, request: Asked, caller: Caller) -> Response[Any]:
        form = await request.form()
        typed = Typed({name: str(value)[:LONGEST] for name, value in form.items()})
        order = order_from(typed, await self.pairs(caller))
        if order is None:
            return await self.show(request, caller, typed)
        try:
            await self.proof.pass_through(request, caller)
            connected = await self.connect.connect(caller.own_company, order, caller.who)
        except NotProven as error:
            return await self.show(request, caller, typed, str(error))
        except NotFound:
            return await self.show(request, caller, typed, GONE)
        return await self._once(request, caller, connected=connected)

    async def unplug(self, request: Asked, caller: Caller) -> Response[Any]:
        try:
            await self.proof.pass_through(request, caller)
        except NotProven as error:
            return await self.show(request, caller, problem=str(error))
        await self.connect.give_up(caller.own_company, caller.who)
        return back_to(HERE, "calendario-proprio")

    async def renew(self, request: Asked, caller: Caller) -> Response[Any]:
        try:
            await self.proof.pass_through(request, caller)
            changed = await self.change_secret(caller.own_company)
        except (NotProven, NoCalendarConnection) as error:
            return await self.show(request, caller, problem=NO_CALENDAR if isinstance(error, NotFound) else str(error))
        connected = await self.connect.show(caller.own_company)
        if connected is None:
            return await self.show(request, caller, problem=NO_CALENDAR)
        return await self._once(request, caller, connected=replace(connected, secret=changed.secret), renewed=True)

    async def give(self, request: Asked, caller: Caller, id: int) -> Response[Any]:
        try:
            await self.proof.pass_through(request, caller)
        except NotProven as error:
            return await self.show(request, caller, problem=str(error))
        company = caller.own_company
        token = await self.feeds(company, ProfessionalId(id), caller.who)
        who = await self.shared.agenda.set_up.professional(company, ProfessionalId(id))
        return await self._once(request, caller, feed=f"{self.public_url}{FEED}/{company}/{token}", whose=who.name)

    async def test(self, request: Asked, caller: Caller) -> Response[str]:
        tried = await self.trial(caller.own_company)
        names = {(each.service.id, each.professional.id): each for each in await self.pairs(caller)}
        context = {"tried": tried, "names": names, "words": TRIED, "most": MOST}
        return await self.shared.frame.part(request, caller, "agenda/_tried.html", context)

    async def _once(
        self,
        request: Asked,
        caller: Caller,
        *,
        connected: ConnectedCalendar | None = None,
        renewed: bool = False,
        feed: str | None = None,
        whose: str = "",
    ) -> Response[str]:
        webhook = f"{self.public_url}{WEBHOOK}/{connected.id}" if connected else None
        context = {"active": "agenda", "connected": connected, "webhook": webhook, "renewed": renewed}
        context |= {"feed": feed, "whose": whose}
        return await self.shared.frame.page(request, caller, "agenda/calendar_once.html", context)


def calendar_handlers(pages: CalendarPages) -> list[HTTPRouteHandler]:
    guards = [requires(Permission.AGENDA_SETUP)]

    @get("/calendario", guards=guards)
    async def show(request: Asked, caller: CallerGiven) -> Response[str]:
        return await pages.show(request, caller)

    @post("/calendario", guards=guards, status_code=200, opt={"audit": "calendar.connect"})
    async def plug(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.plug(request, caller)

    @post("/calendario/desligar", guards=guards, status_code=200, opt={"audit": "calendar.give_up"})
    async def unplug(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.unplug(request, caller)

    @post("/calendario/segredo", guards=guards, status_code=200, opt={"audit": "calendar.secret"})
    async def renew(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.renew(request, caller)

    @post("/calendario/testar", guards=guards, status_code=200, opt={"audit": "calendar.test"})
    async def test(request: Asked, caller: CallerGiven) -> Response[str]:
        return await pages.test(request, caller)

    return [show, plug, unplug, renew, test, *_feeds(pages)]


def _feeds(pages: CalendarPages) -> list[HTTPRouteHandler]:
    guards = [requires(Permission.AGENDA_SETUP)]

    @post("/calendario/enderecos/{id:int}", guards=guards, status_code=200, opt={"audit": "agenda.feed"})
    async def give(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        return await pages.give(request, caller, id)

    @post("/calendario/enderecos/{id:int}/encerrar", guards=guards, status_code=303, opt={"audit": "agenda.feed_end"})
    async def take_back(caller: CallerGiven, id: Id) -> Response[Any]:
        await pages.shared.agenda.set_up.professional(caller.own_company, ProfessionalId(id))
        with suppress(FeedNotFound):  # pressed twice: it is at an end either way
            await pages.feeds.take_back(caller.own_company, ProfessionalId(id), caller.who)
        return back_to(f"{HERE}#enderecos", "endereco-encerrado")

    return [give, take_back]
