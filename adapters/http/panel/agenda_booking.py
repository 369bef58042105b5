"""Booking for somebody at the desk: a known contact or a new one, a service, a day and one of its free times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter

from adapters.http.access import CallerGiven, requires
from adapters.http.needle import needle
from adapters.http.panel.agenda import AgendaPages
from adapters.http.panel.agenda_look import PAGE, day_of, number_of
from adapters.http.panel.agenda_times import Time, read_time, times_of
from adapters.http.panel.entry import fields
from adapters.http.panel.frame import Asked, back_to
from adapters.http.panel.texts import told
from application.access.caller import Caller
from application.agenda.booking import Booking, NewClient
from application.agenda.keep import Asker
from application.agenda.look import Wanted
from application.agenda.work import Client
from domain.access.role import Permission
from domain.agenda.local_time import moment
from domain.agenda.people import Professional, Service, checked_name
from domain.agenda.slot import Slot
from domain.shared.errors import Invalid, NotFound, Refused, Unavailable
from domain.shared.ids import ContactId, ProfessionalId, ServiceId
from domain.shared.phone import Phone

FIELDS: Final = (
    "busca", "contato", "nome", "telefone", "servico", "profissional", "dia", "hora", "outra", "fora",
)  # fmt: skip
MOST_TIMES: Final = 200
CHECK: Final = "Alguns campos precisam de atenção antes de marcar."
NO_CLIENT: Final = "Escolha um contato da lista, ou escreva nome e telefone."
NO_PHONE: Final = "Escreva o telefone com DDD, como (11) 98765-4321."
NO_NAME: Final = "Escreva o nome do cliente."
NO_SERVICE: Final = "Escolha um serviço."
NO_PROFESSIONAL: Final = "Escolha quem atende."
NO_DAY: Final = "Escolha o dia."
NO_TIME: Final = "Escolha um horário da lista, ou escreva a hora como 14:30."
TWO_TIMES: Final = "Escolha um horário da lista ou escreva outra hora: os dois juntos não dá."

Text = Annotated[str, QueryParameter(max_length=100)]


class Unclear(Invalid):
    """The message is for the person, in their language."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers for what is chosen so far; `away`: the calendar cannot say what is free."""

    services: Sequence[Service]
    professionals: Sequence[Professional]
    clients: Sequence[Client] = ()
    times: Sequence[Time] = ()
    asked: bool = False
    away: bool = False


@dataclass(frozen=True, slots=True)
class BookingPages:
    shared: AgendaPages

    async def form(
        self, request: Asked, caller: Caller, typed: Mapping[str, str], problems: Mapping[str, str] | None = None
    ) -> Response[str]:
        context = await self._context(caller, typed, problems or {})
        status = 422 if problems else 200
        return await self.shared.frame.page(request, caller, "agenda/new.html", context, status=status)

    async def part(self, request: Asked, caller: Caller, typed: Mapping[str, str], name: str) -> Response[str]:
        context = await self._context(caller, typed, {})
        return await self.shared.frame.part(request, caller, f"agenda/_{name}.html", context)

    async def book(self, request: Asked, caller: Caller) -> Response[Any]:
        typed = dict(zip(FIELDS, await fields(request, *FIELDS), strict=True))
        [only_look] = await fields(request, "ver")
        if only_look:
            return await self.form(request, caller, typed)
        agenda, company = self.shared.agenda, caller.own_company
        try:
            booking = await self._read(caller, typed)
            done = await agenda.book(company, booking, Asker(caller.who))
        except Unclear as error:
            return await self.form(request, caller, typed, {error.field or "aviso": str(error)})
        except (Refused, NotFound) as error:
            return await self.form(request, caller, typed, {"hora": told(error)})
        zone = await agenda.zones.of(company)
        day = done.slot.starts.astimezone(zone).date().isoformat()
        return back_to(f"{PAGE}?dia={day}", "marcado" if done.owed is None else "marcado-pendente")

    async def _read(self, caller: Caller, typed: Mapping[str, str]) -> Booking:
        """Raises Unclear."""
        zone = await self.shared.agenda.zones.of(caller.own_company)
        service, professional = number_of(typed["servico"]), number_of(typed["profissional"])
        if service is None:
            raise Unclear(NO_SERVICE, field="servico")
        if day_of(typed["dia"]) is None:
            raise Unclear(NO_DAY, field="dia")
        if typed["outra"].strip() and typed["hora"]:
            raise Unclear(TWO_TIMES, field="hora")
        said, _, whose = (typed["outra"].strip() or typed["hora"]).partition("@")
        offered = number_of(whose)
        if offered is not None and professional not in (None, offered):
            raise Unclear(NO_TIME, field="hora")
        professional = offered or professional
        if professional is None:
            raise Unclear(NO_PROFESSIONAL, field="profissional")
        try:
            starts = read_time(typed["dia"], said, zone)
        except Invalid:
            raise Unclear(NO_TIME, field="hora") from None
        contact = _contact(typed)
        anyway = typed["fora"] == "sim"
        return Booking(contact, ServiceId(service), ProfessionalId(professional), starts, anyway)

    async def _context(
        self, caller: Caller, typed: Mapping[str, str], problems: Mapping[str, str]
    ) -> dict[str, object]:
        return {
            "active": "agenda",
            "typed": typed,
            "choices": await self._choices(caller, typed),
            "problems": problems,
            "problem": CHECK if problems else None,
        }

    async def _choices(self, caller: Caller, typed: Mapping[str, str]) -> Choices:
        agenda, company = self.shared.agenda, caller.own_company
        services = [each for each in await agenda.set_up.services(company) if each.active]
        people = [each for each in await agenda.set_up.professionals(company) if each.active]
        clients = list(await agenda.find_clients(company, needle(" ".join(typed["busca"].split()))))
        chosen = number_of(typed["contato"])
        if chosen is not None and all(each.id != chosen for each in clients):
            try:
                clients.insert(0, await agenda.find_clients.one(company, ContactId(chosen)))
            except NotFound:
                chosen = None
        service, day = number_of(typed["servico"]), day_of(typed["dia"])
        if service is None or day is None:
            return Choices(services, people, clients)
        try:
            times = await self._times(caller, ServiceId(service), number_of(typed["profissional"]), day)
        except Unavailable:
            return Choices(services, people, clients, asked=True, away=True)
        except (Refused, NotFound):
            times = ()
        return Choices(services, people, clients, times, asked=True)

    async def _times(self, caller: Caller, service: ServiceId, professional: int | None, day: date) -> Sequence[Time]:
        zone = await self.shared.agenda.zones.of(caller.own_company)
        window = Slot(moment(day, 0, zone), moment(day + timedelta(days=1), 0, zone))
        who = None if professional is None else ProfessionalId(professional)
        wanted = Wanted(service, window, who, limit=MOST_TIMES)
        offers = await self.shared.agenda.find_slots(caller.own_company, wanted)
        return times_of([each.free for each in offers], zone)


def _contact(typed: Mapping[str, str]) -> ContactId | NewClient:
    known = number_of(typed["contato"])
    if known is not None and not typed["telefone"].strip():
        return ContactId(known)
    if not typed["nome"].strip() and not typed["telefone"].strip():
        raise Unclear(NO_CLIENT, field="contato")
    try:
        name = checked_name(" ".join(typed["nome"].split()))
    except Invalid:
        raise Unclear(NO_NAME, field="nome") from None
    try:
        phone = Phone.parse(typed["telefone"])
    except Invalid:
        raise Unclear(NO_PHONE, field="telefone") from None
    return NewClient(phone, name)


def booking_handlers(pages: BookingPages) -> list[HTTPRouteHandler]:
    guards = [requires(Permission.AGENDA_WRITE)]

    @get("/novo", guards=guards)
    async def form(
        request: Asked,
        caller: CallerGiven,
        dia: Text = "",
        hora: Text = "",
        profissional: Text = "",
        contato: Text = "",
    ) -> Response[str]:
        day = day_of(dia) or await pages.shared.today(caller)
        typed = dict.fromkeys(FIELDS, "")
        typed |= {"dia": day.isoformat(), "outra": hora, "profissional": profissional, "contato": contato}
        services = [one for one in await pages.shared.agenda.set_up.services(caller.own_company) if one.active]
        if len(services) == 1:
            typed["servico"] = str(services[0].id)
        return await pages.form(request, caller, typed)

    @post("/novo", guards=guards, status_code=200, opt={"audit": "agenda.book"})
    async def book(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.book(request, caller)

    @post("/novo/horarios", guards=guards, status_code=200, opt={"audit": False})
    async def times(request: Asked, caller: CallerGiven) -> Response[str]:
        typed = dict(zip(FIELDS, await fields(request, *FIELDS), strict=True))
        return await pages.part(request, caller, typed, "times")

    @post("/novo/clientes", guards=guards, status_code=200, opt={"audit": False})
    async def clients(request: Asked, caller: CallerGiven) -> Response[str]:
        typed = dict(zip(FIELDS, await fields(request, *FIELDS), strict=True))
        return await pages.part(request, caller, typed, "clients")

    return [form, book, times, clients]
