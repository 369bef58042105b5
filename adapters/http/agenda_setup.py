"""Who attends, what for and when, over JSON; and who waits for a place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from litestar import Router, delete, get, post, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_201_CREATED

from adapters.http.access import CallerGiven, requires
from adapters.http.agenda_setup_wire import (
    DayOffIn,
    DayOffOut,
    HoursIn,
    ProfessionalIn,
    ProfessionalOut,
    ProfessionalWhole,
    RulesWire,
    ServiceIn,
    ServiceOut,
    ServiceWhole,
    WaitIn,
    WaitOut,
    day_off_from,
    day_off_out,
    hours_from,
    professional_from,
    professional_out,
    rules_from,
    rules_out,
    service_from,
    service_out,
    wait_from,
    wait_out,
)
from adapters.http.agenda_wire import REFUSED, number
from application.agenda.face import Agenda
from domain.access.role import Permission
from domain.agenda.people import NEW_PROFESSIONAL, NEW_SERVICE
from domain.shared.errors import Invalid
from domain.shared.ids import DayOffId, ProfessionalId, ServiceId, WaitingId

READ: Final = [requires(Permission.AGENDA_READ)]
SETUP: Final = [requires(Permission.AGENDA_SETUP)]
WRITE: Final = [requires(Permission.AGENDA_WRITE)]
NO_LOOK_AT_PEOPLE: Final = {"audit": False}
ADDED: Final[Any] = {"responses": REFUSED, "status_code": HTTP_201_CREATED}


def agenda_setup_router(agenda: Agenda) -> Router:
    handlers = [*_professionals(agenda), *_services(agenda), *_days_off(agenda), *_rules(agenda), *_waiting(agenda)]
    return Router("/api/agenda", route_handlers=handlers, tags=["agenda"])


def _professionals(agenda: Agenda) -> list[Any]:
    desk = agenda.set_up

    @get("/professionals", guards=READ, summary="Who attends, and who did", opt=NO_LOOK_AT_PEOPLE)
    async def professionals(caller: CallerGiven) -> list[ProfessionalOut]:
        return [professional_out(each) for each in await desk.professionals(caller.own_company)]

    @post("/professionals", guards=SETUP, **ADDED, summary="One more attends")
    async def add(data: JSONBody[ProfessionalIn], caller: CallerGiven) -> ProfessionalOut:
        new = professional_from(data, NEW_PROFESSIONAL)
        return professional_out(await desk.put_professional(caller.own_company, new, caller.who))

    @put("/professionals/{id:int}", guards=SETUP, responses=REFUSED, summary="Name, hours, whether they attend")
    async def change(id: FromPath[int], data: JSONBody[ProfessionalWhole], caller: CallerGiven) -> ProfessionalOut:
        changed = professional_from(data, ProfessionalId(number(id)))
        return professional_out(await desk.put_professional(caller.own_company, changed, caller.who))

    @put("/professionals/{id:int}/hours", guards=SETUP, responses=REFUSED, summary="Their week")
    async def hours(id: FromPath[int], data: JSONBody[HoursIn], caller: CallerGiven) -> ProfessionalOut:
        one = await desk.professional(caller.own_company, ProfessionalId(number(id)))
        changed = replace(one, hours=hours_from(data.hours))
        return professional_out(await desk.put_professional(caller.own_company, changed, caller.who))

    return [professionals, add, change, hours]


def _services(agenda: Agenda) -> list[Any]:
    desk = agenda.set_up

    @get("/services", guards=READ, summary="What is offered, and what was", opt=NO_LOOK_AT_PEOPLE)
    async def services(caller: CallerGiven) -> list[ServiceOut]:
        return [service_out(each) for each in await desk.services(caller.own_company)]

    @post("/services", guards=SETUP, **ADDED, summary="Offer one more")
    async def add(data: JSONBody[ServiceIn], caller: CallerGiven) -> ServiceOut:
        return service_out(await desk.put_service(caller.own_company, service_from(data, NEW_SERVICE), caller.who))

    @put("/services/{id:int}", guards=SETUP, responses=REFUSED, summary="Change what it takes, costs, or who does it")
    async def change(id: FromPath[int], data: JSONBody[ServiceWhole], caller: CallerGiven) -> ServiceOut:
        service = service_from(data, ServiceId(number(id)))
        return service_out(await desk.put_service(caller.own_company, service, caller.who))

    return [services, add, change]


def _days_off(agenda: Agenda) -> list[Any]:
    desk = agenda.set_up

    @get("/days-off", guards=READ, summary="Those that are not over", opt=NO_LOOK_AT_PEOPLE)
    async def days_off(caller: CallerGiven) -> list[DayOffOut]:
        zone = await agenda.zones.of(caller.own_company)
        today = agenda.clock().astimezone(zone).date()
        return [day_off_out(each) for each in await desk.days_off(caller.own_company, today)]

    @post("/days-off", guards=SETUP, **ADDED, summary="A day, a week, an hour off")
    async def add(data: JSONBody[DayOffIn], caller: CallerGiven) -> DayOffOut:
        return day_off_out(await desk.add_day_off(caller.own_company, day_off_from(data), caller.who))

    @delete("/days-off/{id:int}", guards=SETUP, responses=REFUSED, summary="Attend after all")
    async def remove(id: FromPath[int], caller: CallerGiven) -> None:
        await desk.remove_day_off(caller.own_company, DayOffId(number(id)), caller.who)

    return [days_off, add, remove]


def _rules(agenda: Agenda) -> list[Any]:
    desk = agenda.set_up

    @get("/rules", guards=READ, summary="From when, until when, at which beats", opt=NO_LOOK_AT_PEOPLE)
    async def rules(caller: CallerGiven) -> RulesWire:
        return rules_out(await desk.rules(caller.own_company))

    @put("/rules", guards=SETUP, responses=REFUSED, summary="Change them")
    async def change(data: JSONBody[RulesWire], caller: CallerGiven) -> RulesWire:
        changed = rules_from(data)
        await desk.set_rules(caller.own_company, changed, caller.who)
        return rules_out(changed)

    return [rules, change]


def _waiting(agenda: Agenda) -> list[Any]:
    @get("/waiting-list", guards=READ, summary="Who waits for a place, the longest waiting first")
    async def waiting(caller: CallerGiven) -> list[WaitOut]:
        zone = await agenda.zones.of(caller.own_company)
        return [wait_out(each, zone) for each in await agenda.waiting.list(caller.own_company)]

    @post("/waiting-list", guards=WRITE, **ADDED, summary="One more waits")
    async def add(data: JSONBody[WaitIn], caller: CallerGiven) -> WaitOut:
        wait = wait_from(data)
        if wait.within.ends <= agenda.clock():
            raise Invalid("it is past", field="ends")
        kept = await agenda.waiting.add(caller.own_company, wait, caller.who)
        return wait_out(kept, await agenda.zones.of(caller.own_company))

    @delete("/waiting-list/{id:int}", guards=WRITE, responses=REFUSED, summary="Waits no longer")
    async def remove(id: FromPath[int], caller: CallerGiven) -> None:
        await agenda.waiting.remove(caller.own_company, WaitingId(number(id)), caller.who)

    return [waiting, add, remove]
