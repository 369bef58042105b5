"""How the agenda is set up: who attends and when, what is offered, days off, and the rules for booking."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.agenda import AgendaPages
from adapters.http.panel.agenda_forms import (
    DAY_FIELDS,
    Reading,
    day_off_from,
    professional_from,
    professional_typed,
    rules_from,
    rules_typed,
    service_from,
    service_typed,
)
from adapters.http.panel.agenda_look import LONGEST_ID, PAGE, number_of
from adapters.http.panel.agenda_manners import REMINDER_FIELDS, manners_from, manners_typed
from adapters.http.panel.agenda_words import DAYS
from adapters.http.panel.entry import fields
from adapters.http.panel.frame import Asked, back_to
from adapters.http.panel.texts import told
from application.access.caller import Caller
from application.reminders.keep_manners import KeepManners
from domain.access.role import Permission
from domain.agenda.people import NEW_PROFESSIONAL, NEW_SERVICE, Service, ServiceNotFound
from domain.agenda.rules import BEATS, STATES
from domain.shared.errors import Invalid, NotFound, Refused
from domain.shared.ids import DayOffId, ProfessionalId, ServiceId

SETTINGS: Final = f"{PAGE}/ajustes"
PERSON_FIELDS: Final = ("nome", "email", "ativo", *DAY_FIELDS)
SERVICE_FIELDS: Final = ("nome", "duracao", "antes", "depois", "preco", "aviso", "ativo")
OFF_FIELDS: Final = ("motivo", "primeiro", "ultimo", "horas", "quem", "anual")
RULE_FIELDS: Final = ("passo", "antecedencia", "horizonte", "feriados", "facultativos", "estado")
WORKDAY: Final = "8:00-12:00, 13:00-18:00"
MOST_DOERS: Final = 200
BLAMED: Final = {"first": "primeiro", "last": "ultimo"}
NO_SUCH_AGE: Final = "Escolha um dia de 2000 até daqui a dez anos."

Id = Annotated[int, PathParameter(ge=1, le=LONGEST_ID)]


@dataclass(frozen=True, slots=True)
class SettingsPages:
    shared: AgendaPages
    manners: KeepManners

    async def show(
        self,
        request: Asked,
        caller: Caller,
        *,
        off: Reading | None = None,
        rules: Reading | None = None,
        reminders: Reading | None = None,
    ) -> Response[str]:
        desk, company = self.shared.agenda.set_up, caller.own_company
        people = await desk.professionals(company)
        broken = off or rules or reminders
        context = {
            "active": "agenda",
            "people": people,
            "names": {each.id: each.name for each in people},
            "services": await desk.services(company),
            "days_off": await desk.days_off(company, await self.shared.today(caller)),
            "off": off.typed if off else dict.fromkeys(OFF_FIELDS, ""),
            "rules": rules.typed if rules else rules_typed(await desk.rules(company)),
            "reminders": reminders.typed if reminders else manners_typed(await self.manners.get(company)),
            "problems": broken.problems if broken else {},
            "beats": BEATS,
            "states": sorted(STATES),
        }
        status = 422 if broken else 200
        return await self.shared.frame.page(request, caller, "agenda/settings.html", context, status=status)

    async def person_form(
        self, request: Asked, caller: Caller, id: int, typed: Mapping[str, str], problems: Mapping[str, str]
    ) -> Response[str]:
        context = {
            "active": "agenda",
            "id": id,
            "typed": typed,
            "problems": problems,
            "days": list(zip(DAY_FIELDS, DAYS, strict=True)),
        }
        status = 422 if problems else 200
        return await self.shared.frame.page(request, caller, "agenda/professional.html", context, status=status)

    async def put_person(self, request: Asked, caller: Caller, id: int) -> Response[Any]:
        reading = await _read(request, PERSON_FIELDS)
        one = professional_from(reading, ProfessionalId(id))
        if one is not None and await _kept(
            reading, lambda: self.shared.agenda.set_up.put_professional(caller.own_company, one, caller.who)
        ):
            return back_to(SETTINGS, "profissional")
        return await self.person_form(request, caller, id, reading.typed, reading.problems)

    async def service_form(
        self, request: Asked, caller: Caller, id: int, reading: Reading, doers: frozenset[int]
    ) -> Response[str]:
        context = {
            "active": "agenda",
            "id": id,
            "typed": reading.typed,
            "problems": reading.problems,
            "doers": doers,
            "people": await self.shared.agenda.set_up.professionals(caller.own_company),
        }
        status = 422 if reading.problems else 200
        return await self.shared.frame.page(request, caller, "agenda/service.html", context, status=status)

    async def put_service(self, request: Asked, caller: Caller, id: int) -> Response[Any]:
        reading = await _read(request, SERVICE_FIELDS)
        said = (await request.form()).getall("quem", [])[:MOST_DOERS]
        numbers = frozenset(number for one in said if isinstance(one, str) and (number := number_of(one)))
        one = service_from(reading, ServiceId(id), frozenset(map(ProfessionalId, numbers)))
        if one is not None and await _kept(
            reading, lambda: self.shared.agenda.set_up.put_service(caller.own_company, one, caller.who)
        ):
            return back_to(SETTINGS, "servico")
        return await self.service_form(request, caller, id, reading, numbers)

    async def service(self, caller: Caller, id: int) -> Service:
        """Raises ServiceNotFound."""
        for each in await self.shared.agenda.set_up.services(caller.own_company):
            if each.id == id:
                return each
        raise ServiceNotFound(f"there is no service {id}")


async def _read(request: Asked, names: tuple[str, ...]) -> Reading:
    return Reading(dict(zip(names, await fields(request, *names), strict=True)))


async def _kept(reading: Reading, put: Callable[[], Awaitable[object]], field: str = "nome") -> bool:
    try:
        await put()
    except (Refused, NotFound, Invalid) as no:
        blamed = BLAMED.get(no.field or "") if isinstance(no, Invalid) else None
        reading.problems[blamed or field] = NO_SUCH_AGE if blamed else told(no)
        return False
    return True


def settings_handlers(pages: SettingsPages) -> list[HTTPRouteHandler]:
    guards = [requires(Permission.AGENDA_SETUP)]

    @get("/ajustes", guards=guards)
    async def show(request: Asked, caller: CallerGiven) -> Response[str]:
        return await pages.show(request, caller)

    @post("/ajustes/folgas", guards=guards, status_code=303, opt={"audit": "agenda.day_off"})
    async def add_off(request: Asked, caller: CallerGiven) -> Response[Any]:
        reading = await _read(request, OFF_FIELDS)
        one = day_off_from(reading)
        desk = pages.shared.agenda.set_up
        if one is not None and await _kept(
            reading, lambda: desk.add_day_off(caller.own_company, one, caller.who), "quem"
        ):
            return back_to(SETTINGS, "folga")
        return await pages.show(request, caller, off=reading)

    @post("/ajustes/folgas/{id:int}/tirar", guards=guards, status_code=303, opt={"audit": "agenda.day_off_removed"})
    async def remove_off(caller: CallerGiven, id: Id) -> Response[Any]:
        await pages.shared.agenda.set_up.remove_day_off(caller.own_company, DayOffId(id), caller.who)
        return back_to(SETTINGS, "folga-tirada")

    @post("/ajustes/regras", guards=guards, status_code=303, opt={"audit": "agenda.rules"})
    async def rules(request: Asked, caller: CallerGiven) -> Response[Any]:
        reading = await _read(request, RULE_FIELDS)
        one = rules_from(reading)
        if one is None:
            return await pages.show(request, caller, rules=reading)
        await pages.shared.agenda.set_up.set_rules(caller.own_company, one, caller.who)
        return back_to(SETTINGS, "regras")

    return [show, add_off, remove_off, rules, *_reminders(pages), *_people(pages), *_services(pages)]


def _reminders(pages: SettingsPages) -> list[HTTPRouteHandler]:
    guards = [requires(Permission.AGENDA_SETUP)]

    @post("/ajustes/lembretes", guards=guards, status_code=303, opt={"audit": "agenda.reminders"})
    async def reminders(request: Asked, caller: CallerGiven) -> Response[Any]:
        reading = await _read(request, REMINDER_FIELDS)
        one = manners_from(reading)
        if one is None:
            return await pages.show(request, caller, reminders=reading)
        await pages.manners.put(caller.own_company, one, caller.who)
        return back_to(SETTINGS, "lembretes")

    return [reminders]


def _people(pages: SettingsPages) -> list[HTTPRouteHandler]:
    guards = [requires(Permission.AGENDA_SETUP)]

    @get("/ajustes/profissionais/novo", guards=guards)
    async def new(request: Asked, caller: CallerGiven) -> Response[str]:
        typed = (
            {"nome": "", "email": "", "ativo": "sim"}
            | dict.fromkeys(DAY_FIELDS[:5], WORKDAY)
            | dict.fromkeys(DAY_FIELDS[5:], "")
        )
        return await pages.person_form(request, caller, NEW_PROFESSIONAL, typed, {})

    @get("/ajustes/profissionais/{id:int}", guards=guards)
    async def one(request: Asked, caller: CallerGiven, id: Id) -> Response[str]:
        found = await pages.shared.agenda.set_up.professional(caller.own_company, ProfessionalId(id))
        return await pages.person_form(request, caller, id, professional_typed(found), {})

    @post("/ajustes/profissionais", guards=guards, status_code=303, opt={"audit": "agenda.professional"})
    async def add(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.put_person(request, caller, NEW_PROFESSIONAL)

    @post("/ajustes/profissionais/{id:int}", guards=guards, status_code=303, opt={"audit": "agenda.professional"})
    async def change(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        await pages.shared.agenda.set_up.professional(caller.own_company, ProfessionalId(id))
        return await pages.put_person(request, caller, id)

    return [new, one, add, change]


def _services(pages: SettingsPages) -> list[HTTPRouteHandler]:
    guards = [requires(Permission.AGENDA_SETUP)]

    @get("/ajustes/servicos/novo", guards=guards)
    async def new(request: Asked, caller: CallerGiven) -> Response[str]:
        typed = dict.fromkeys(SERVICE_FIELDS, "") | {"duracao": "30", "ativo": "sim"}
        return await pages.service_form(request, caller, NEW_SERVICE, Reading(typed), frozenset())

    @get("/ajustes/servicos/{id:int}", guards=guards)
    async def one(request: Asked, caller: CallerGiven, id: Id) -> Response[str]:
        found = await pages.service(caller, id)
        return await pages.service_form(request, caller, id, Reading(service_typed(found)), found.professionals)

    @post("/ajustes/servicos", guards=guards, status_code=303, opt={"audit": "agenda.service"})
    async def add(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.put_service(request, caller, NEW_SERVICE)

    @post("/ajustes/servicos/{id:int}", guards=guards, status_code=303, opt={"audit": "agenda.service"})
    async def change(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        await pages.service(caller, id)
        return await pages.put_service(request, caller, id)

    return [new, one, add, change]
