"""One appointment: who, what, with whom and when, and what the desk can do with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter, QueryParameter

from adapters.http.access import CallerGiven, requires
from adapters.http.panel import aftercare_words as words
from adapters.http.panel.agenda import AgendaPages
from adapters.http.panel.agenda_look import LONGEST_ID, PAGE, day_of, number_of
from adapters.http.panel.agenda_times import Time, read_time, times_of
from adapters.http.panel.entry import fields
from adapters.http.panel.frame import Asked, back_to
from adapters.http.panel.pages import by_htmx
from adapters.http.panel.texts import told
from adapters.http.panel.troubles import toast
from application.access.caller import Caller
from application.agenda.booking import NotOffered
from application.agenda.keep import Asker
from application.agenda.look import Wanted
from application.agenda.reschedule_appointment import Move
from application.agenda.work import AppointmentView
from application.reminders.read_reminders import ReadReminders
from application.reminders.remind_now import WhyNot
from domain.access.role import Permission
from domain.agenda.appointment import MOVES, Appointment, Status
from domain.agenda.local_time import moment
from domain.agenda.people import Professional
from domain.agenda.rules import TooSoon
from domain.agenda.slot import Slot
from domain.shared.errors import Invalid, NotFound, Refused, Unavailable
from domain.shared.ids import AppointmentId, ProfessionalId, TenantId

LONGEST_REASON: Final = 300
MOST_TIMES: Final = 200
EMAIL: Final = "Escreva um e-mail, como ana@exemplo.com.br, ou deixe vazio."
ANYWAY: Final = "Mudar mesmo assim"
NO_TIME: Final = "Escolha um horário da lista, ou escreva a hora como 14:30."

Id = Annotated[int, PathParameter(ge=1, le=LONGEST_ID)]
Day = Annotated[str, QueryParameter(max_length=20)]
Deed = Callable[[TenantId, AppointmentId, Asker], Awaitable[Appointment]]


@dataclass(frozen=True, slots=True)
class Moving:
    """What was typed into the form for another time, or professional; `problem`: why it was not taken."""

    day: str = ""
    who: ProfessionalId | None = None
    time: str = ""
    anyway: bool = False
    quietly: bool = False
    problem: str | None = None

    def href(self, id: int) -> str:
        """To the form, filled in with this, to be done all the same."""
        said = {"mover": self.day, "com": str(self.who or ""), "mesmo_assim": self.time}
        return f"{PAGE}/{id}?{urlencode({name: value for name, value in said.items() if value})}#mover"


@dataclass(frozen=True, slots=True)
class Email:
    """What stands in the form for the client's address; `problem`: why it was not taken."""

    said: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class CardPages:
    shared: AgendaPages
    reminders: ReadReminders

    async def show(
        self,
        request: Asked,
        caller: Caller,
        id: int,
        moving: Moving,
        problem: str | None = None,
        email: Email | None = None,
    ) -> Response[str]:
        agenda = self.shared.agenda
        view = await agenda.appointments.one(caller.own_company, AppointmentId(id))
        zone = await agenda.zones.of(caller.own_company)
        day = day_of(moving.day) or max(
            view.appointment.slot.starts.astimezone(zone).date(), await self.shared.today(caller)
        )
        may = await self._may(caller, view)
        who, people = moving.who or view.appointment.professional, await self._people(caller, view)
        context = {
            "active": "agenda",
            "view": view,
            "day": view.appointment.slot.starts.astimezone(zone).date(),
            "moving": moving,
            "moving_day": day,
            "moving_who": who,
            "people": people,
            "times": await self._times(caller, view, who, day) if "move" in may else (),
            "may": may,
            "email": email or Email(view.client.email or ""),
            "may_write": Permission.AGENDA_WRITE in caller.permissions,
            "problem": problem,
            **await self.about_reminders(caller, AppointmentId(id)),
        }
        status = 422 if problem or moving.problem or email else 200
        return await self.shared.frame.page(request, caller, "agenda/card.html", context, status=status)

    async def about_reminders(self, caller: Caller, id: AppointmentId) -> dict[str, object]:
        outlook = await self.reminders(caller.own_company, id)
        may = Permission.AGENDA_WRITE in caller.permissions and outlook.why_not is not WhyNot.OVER
        hindered = None if outlook.why_not is None else words.NOT_TO_REMIND[outlook.why_not]
        return {
            "id": id,
            "outlook": outlook,
            "may_remind": may,
            "hindered": hindered or (words.LINE_OFF if outlook.line_off else None),
            "looks_again": any(words.under_way(one) for one in outlook.reminders),
        }

    async def do(
        self, request: Asked, caller: Caller, id: int, deed: Deed, flash: str, *, quietly: bool = False
    ) -> Response[Any]:
        try:
            done = await deed(caller.own_company, AppointmentId(id), Asker(caller.who, quietly=quietly))
        except Refused as no:
            return await self.show(request, caller, id, Moving(), told(no))
        return back_to(await self._day(caller, done), flash)

    async def move(self, request: Asked, caller: Caller, id: int) -> Response[Any]:
        """Answers a drag with a word in the corner, and a form with its page. The client hears of a drag in any case."""
        day, whose, time, typed, anyway, tells = await fields(request, "dia", "com", "hora", "outra", "fora", "avisar")
        quietly = tells != "sim" and not by_htmx(request)
        moving = Moving(day, somebody(whose), typed or time, anyway == "sim", quietly)
        try:
            zone = await self.shared.agenda.zones.of(caller.own_company)
            starts = read_time(day, moving.time, zone)
            move, asker = Move(starts, moving.anyway, moving.who), Asker(caller.who, quietly=quietly)
            done = await self.shared.agenda.reschedule(caller.own_company, AppointmentId(id), move, asker)
        except (Refused, Invalid) as no:
            problem = NO_TIME if isinstance(no, Invalid) else told(no)
            if by_htmx(request):
                leads = (moving.href(id), ANYWAY) if isinstance(no, (NotOffered, TooSoon)) else None
                return toast(problem, status=409, bad=True, leads=leads)
            return await self.show(request, caller, id, replace(moving, problem=problem))
        if by_htmx(request):
            return toast("Horário mudado." if done.owed is None else "Mudança pedida ao calendário.")
        return back_to(await self._day(caller, done), "remarcado" if done.owed is None else "remarcado-pendente")

    async def put_email(self, request: Asked, caller: Caller, id: int) -> Response[Any]:
        [said] = await fields(request, "email")
        agenda, company = self.shared.agenda, caller.own_company
        contact = (await agenda.appointments.one(company, AppointmentId(id))).client.id
        try:
            await agenda.put_email(company, contact, said, Asker(caller.who))
        except Invalid:
            return await self.show(request, caller, id, Moving(), email=Email(said, EMAIL))
        return back_to(f"{PAGE}/{id}", "email-do-cliente")

    async def _day(self, caller: Caller, appointment: Appointment) -> str:
        zone = await self.shared.agenda.zones.of(caller.own_company)
        return f"{PAGE}?dia={appointment.slot.starts.astimezone(zone).date().isoformat()}"

    async def _may(self, caller: Caller, view: AppointmentView) -> frozenset[str]:
        """What the buttons offer; the use cases have the last word."""
        one, now = view.appointment, self.shared.agenda.clock()
        if Permission.AGENDA_WRITE not in caller.permissions or one.owed is not None:
            return frozenset()
        begun, moves = one.slot.starts <= now, MOVES[one.status]
        offered = {
            "confirm": Status.CONFIRMED in moves and one.slot.ends > now,
            "kept": Status.KEPT in moves and begun,
            "missed": Status.MISSED in moves and begun,
            "move": Status.CANCELLED in moves and not begun and one.status is not Status.PENDING,
            "cancel": Status.CANCELLED in moves and not begun and one.status is not Status.PENDING,
        }
        return frozenset(name for name, offers in offered.items() if offers)

    async def _people(self, caller: Caller, view: AppointmentView) -> Sequence[Professional]:
        """Who could do it instead, and who does it now."""
        setup, company, one = self.shared.agenda.set_up, caller.own_company, view.appointment
        doers = [each for each in await setup.services(company) if each.id == one.service]
        return [
            each
            for each in await setup.professionals(company)
            if each.id in (one.professional, one.moving_professional)
            or (each.active and doers and doers[0].done_by(each.id))
        ]

    async def _times(self, caller: Caller, view: AppointmentView, who: ProfessionalId, day: date) -> Sequence[Time]:
        agenda, one = self.shared.agenda, view.appointment
        zone = await agenda.zones.of(caller.own_company)
        window = Slot(moment(day, 0, zone), moment(day + timedelta(days=1), 0, zone))
        wanted = Wanted(one.service, window, who, moved=one.id, limit=MOST_TIMES)
        try:
            offers = await agenda.find_slots(caller.own_company, wanted)
        except (Refused, NotFound, Unavailable):  # no longer offered, or the calendar is away: the hour can be typed
            return ()
        return times_of([each.free for each in offers], zone)


def somebody(said: str) -> ProfessionalId | None:
    number = number_of(said)
    return None if number is None else ProfessionalId(number)


def card_handlers(pages: CardPages) -> list[HTTPRouteHandler]:
    writing = [requires(Permission.AGENDA_WRITE)]

    @get("/{id:int}", guards=[requires(Permission.AGENDA_READ)])
    async def show(
        request: Asked, caller: CallerGiven, id: Id, mover: Day = "", com: Day = "", mesmo_assim: Day = ""
    ) -> Response[str]:
        return await pages.show(request, caller, id, Moving(mover, somebody(com), mesmo_assim, bool(mesmo_assim)))

    @post("/{id:int}/mover", guards=writing, status_code=200, opt={"audit": "agenda.reschedule"})
    async def move(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        return await pages.move(request, caller, id)

    @post("/{id:int}/cancelar", guards=writing, status_code=303, opt={"audit": "agenda.cancel"})
    async def cancel(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        reason, tells = await fields(request, "motivo", "avisar")
        tidy = " ".join("".join(mark if mark.isprintable() else " " for mark in reason).split())[:LONGEST_REASON]

        async def call_off(company: TenantId, one: AppointmentId, asker: Asker) -> Appointment:
            return await pages.shared.agenda.cancel(company, one, asker, tidy)

        return await pages.do(request, caller, id, call_off, "cancelado", quietly=tells != "sim")

    @post("/{id:int}/email", guards=writing, status_code=303, opt={"audit": "client.email"})
    async def put_email(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        return await pages.put_email(request, caller, id)

    agenda = pages.shared.agenda
    deeds: dict[str, tuple[Deed, str]] = {
        "confirmar": (agenda.confirm, "agenda.confirm"),
        "compareceu": (agenda.attendance.kept, "agenda.kept"),
        "faltou": (agenda.attendance.missed, "agenda.missed"),
    }
    return [
        show,
        move,
        cancel,
        put_email,
        *(_deed(pages, path, deed, action) for path, (deed, action) in deeds.items()),
    ]


def _deed(pages: CardPages, path: str, deed: Deed, action: str) -> HTTPRouteHandler:
    flash = "confirmado" if path == "confirmar" else path
    guards = [requires(Permission.AGENDA_WRITE)]

    @post(f"/{{id:int}}/{path}", guards=guards, status_code=303, opt={"audit": action}, name=f"panel {action}")
    async def do(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        return await pages.do(request, caller, id, deed, flash)

    return do
