""" "Enviar lembrete agora": asked for on an appointment's card, which then tells what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

from adapters.http.access import CallerGiven, requires
from adapters.http.panel import aftercare_words as words
from adapters.http.panel.agenda_card import CardPages, Id, Moving
from adapters.http.panel.agenda_look import PAGE
from adapters.http.panel.entry import fields
from adapters.http.panel.frame import Asked, back_to
from application.access.caller import Caller
from application.agenda.keep import Asker
from application.reminders.remind_now import NotToRemind, RemindNow
from application.reminders.write_first import WriteFirst
from domain.access.role import Permission
from domain.shared.ids import AppointmentId


@dataclass(frozen=True, slots=True)
class ReminderPages:
    card: CardPages
    remind: RemindNow
    write_first: WriteFirst

    async def send(self, request: Asked, caller: Caller, id: int) -> Response[Any]:
        [anyway] = await fields(request, "silencio")
        outlook = await self.card.reminders(caller.own_company, AppointmentId(id))
        problem = words.LINE_OFF if outlook.why_not is None and outlook.line_off else None
        if problem is None:
            try:
                await self.remind(caller.own_company, AppointmentId(id), Asker(caller.who), anyway=anyway == "sim")
            except NotToRemind as no:
                problem = words.NOT_TO_REMIND[no.why]
        if problem is not None:
            return await self.card.show(request, caller, id, Moving(), problem)
        return back_to(f"{PAGE}/{id}#lembretes", "lembrete")

    async def begin(self, request: Asked, caller: Caller, id: int) -> Response[Any]:
        company, asker = caller.own_company, Asker(caller.who)
        view = await self.card.shared.agenda.appointments.one(company, AppointmentId(id))
        try:
            talk = await self.write_first(company, view.client.id, asker)
        except NotToRemind as no:
            return await self.card.show(request, caller, id, Moving(), words.NOT_TO_REMIND[no.why])
        return Redirect(f"/painel/conversas/{talk}", status_code=303)

    async def part(self, request: Asked, caller: Caller, id: int) -> Response[str]:
        context = await self.card.about_reminders(caller, AppointmentId(id))
        return await self.card.shared.frame.part(request, caller, "agenda/_reminders.html", context)


def reminder_handlers(pages: ReminderPages) -> list[HTTPRouteHandler]:
    @post(
        "/{id:int}/lembrar", guards=[requires(Permission.AGENDA_WRITE)], status_code=200, opt={"audit": "agenda.remind"}
    )
    async def remind(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        return await pages.send(request, caller, id)

    @get("/{id:int}/lembretes", guards=[requires(Permission.AGENDA_READ)])
    async def reminders(request: Asked, caller: CallerGiven, id: Id) -> Response[str]:
        return await pages.part(request, caller, id)

    @post(
        "/{id:int}/conversar",
        guards=[requires(Permission.CONVERSATIONS_ATTEND)],
        status_code=200,
        opt={"audit": "conversation.begun"},
    )
    async def begin(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        return await pages.begin(request, caller, id)

    return [remind, reminders, begin]
