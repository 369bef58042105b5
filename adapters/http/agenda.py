"""The agenda over JSON: free times, bookings and what becomes of them, for a company's own people and programs."""

from __future__ import annotations

from typing import Annotated, Any, Final, TypeVar

from litestar import Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_202_ACCEPTED

from adapters.http.access import CallerGiven, requires
from adapters.http.agenda_window import Looked, looked_at
from adapters.http.agenda_wire import (
    BOOKED,
    CHANGED,
    FREE,
    MOST,
    NOT_YET,
    REFUSED,
    AppointmentOut,
    AppointmentsOut,
    AvailabilityOut,
    BookingIn,
    CancelIn,
    RescheduleIn,
    appointment_out,
    number,
    slot_out,
)
from adapters.http.needle import needle
from application.access.caller import Caller
from application.agenda.booking import Booking, NewClient
from application.agenda.face import Agenda
from application.agenda.keep import Asker
from application.agenda.look import Wanted
from application.agenda.reschedule_appointment import Move
from application.agenda.work import Listed
from domain.access.email import checked_email
from domain.access.role import Permission
from domain.agenda.appointment import Appointment, Status
from domain.agenda.slot import start_in_utc
from domain.shared.errors import Invalid
from domain.shared.ids import AppointmentId, ContactId, ProfessionalId, ServiceId
from domain.shared.phone import Phone

READ: Final = [requires(Permission.AGENDA_READ)]
WRITE: Final = [requires(Permission.AGENDA_WRITE)]
NO_LOOK_AT_PEOPLE: Final = {"audit": False}

SAID_BY_A_TOKEN: Final = ("service", "professional", "starts", "outside_hours")

T = TypeVar("T")
Id = Annotated[int, QueryParameter(ge=1, le=MOST)]
Limit = Annotated[int, QueryParameter(ge=1, le=500)]


def agenda_router(agenda: Agenda) -> Router:
    handlers = [*_booking(agenda), *_looking(agenda), *_changing(agenda), *_attending(agenda)]
    provided = {"looked": Provide(looked_at, sync_to_thread=False)}
    return Router("/api/agenda", route_handlers=handlers, dependencies=provided, tags=["agenda"])


def _booking(agenda: Agenda) -> list[Any]:
    @get("/availability", guards=READ, responses={200: FREE, **REFUSED}, summary="Free times", opt=NO_LOOK_AT_PEOPLE)
    async def availability(
        caller: CallerGiven,
        service: Id,
        looked: NamedDependency[Looked],
        limit: Limit = 100,
    ) -> AvailabilityOut:
        company = caller.own_company
        wanted = Wanted(
            service=ServiceId(service),
            window=looked.window(agenda.clock()),
            professional=looked.professional,
            contact=looked.contact,
            limit=limit,
        )
        offers, zone = await agenda.find_slots(company, wanted), await agenda.zones.of(company)
        return AvailabilityOut(zone.key, [slot_out(each, zone) for each in offers])

    @post(
        "/booking",
        guards=WRITE,
        responses={201: BOOKED, 202: NOT_YET, **REFUSED},
        status_code=HTTP_201_CREATED,
        summary="Book a time for somebody",
        opt={"audit": "agenda.book"},
    )
    async def book(data: JSONBody[BookingIn], caller: CallerGiven) -> Response[AppointmentOut]:
        booking = await _wish(agenda, caller, data)
        return await _answer(
            agenda, caller, await agenda.book(caller.own_company, booking, Asker(caller.who)), new=True
        )

    return [availability, book]


def _looking(agenda: Agenda) -> list[Any]:
    @get("/appointments", guards=READ, responses=REFUSED, summary="Who is expected when")
    async def appointments(
        caller: CallerGiven,
        looked: NamedDependency[Looked],
        client: Annotated[str, QueryParameter(max_length=80, description="Part of a name or a number")] = "",
        status: Annotated[list[Status] | None, QueryParameter(description="Any of these")] = None,
        limit: Limit = 200,
    ) -> AppointmentsOut:
        company = caller.own_company
        wanted = Listed(
            window=looked.window(agenda.clock()),
            professional=looked.professional,
            contact=looked.contact,
            words=needle(_text(client)),
            statuses=frozenset(status or ()),
            limit=limit,
        )
        found, zone = await agenda.appointments(company, wanted), await agenda.zones.of(company)
        return AppointmentsOut(zone.key, [appointment_out(each, zone) for each in found])

    @get("/appointments/{id:int}", guards=READ, responses={200: CHANGED, **REFUSED}, summary="One of them")
    async def appointment(id: FromPath[int], caller: CallerGiven) -> AppointmentOut:
        company = caller.own_company
        view = await agenda.appointments.one(company, AppointmentId(number(id)))
        return appointment_out(view, await agenda.zones.of(company))

    return [appointments, appointment]


def _changing(agenda: Agenda) -> list[Any]:
    more: Any = {
        "guards": WRITE,
        "responses": {200: CHANGED, 202: NOT_YET, **REFUSED},
        "status_code": HTTP_200_OK,
    }

    @post("/cancel", **more, summary="Call it off; the time is free at once", opt={"audit": "agenda.cancel"})
    async def cancel(data: JSONBody[CancelIn], caller: CallerGiven) -> Response[AppointmentOut]:
        id, reason = AppointmentId(data.appointment), _text(data.reason, "reason")
        asker = Asker(caller.who, quietly=not data.notify)
        changed = await agenda.cancel(caller.own_company, id, asker, reason)
        return await _answer(agenda, caller, changed)

    @post(
        "/appointments/{id:int}/reschedule",
        **more,
        summary="Another time, or professional",
        opt={"audit": "agenda.reschedule"},
    )
    async def reschedule(
        id: FromPath[int], data: JSONBody[RescheduleIn], caller: CallerGiven
    ) -> Response[AppointmentOut]:
        to = None if data.professional is None else ProfessionalId(data.professional)
        move = Move(start_in_utc(data.starts, "starts"), data.outside_hours, to)
        asker = Asker(caller.who, quietly=not data.notify)
        changed = await agenda.reschedule(caller.own_company, AppointmentId(number(id)), move, asker)
        return await _answer(agenda, caller, changed)

    @post("/appointments/{id:int}/confirm", **more, summary="The client will come", opt={"audit": "agenda.confirm"})
    async def confirm(id: FromPath[int], caller: CallerGiven) -> Response[AppointmentOut]:
        changed = await agenda.confirm(caller.own_company, AppointmentId(number(id)), Asker(caller.who))
        return await _answer(agenda, caller, changed)

    return [cancel, reschedule, confirm]


def _attending(agenda: Agenda) -> list[Any]:
    more: Any = {"guards": WRITE, "responses": {200: CHANGED, **REFUSED}, "status_code": HTTP_200_OK}

    @post("/appointments/{id:int}/kept", **more, summary="The client came", opt={"audit": "agenda.kept"})
    async def kept(id: FromPath[int], caller: CallerGiven) -> Response[AppointmentOut]:
        changed = await agenda.attendance.kept(caller.own_company, AppointmentId(number(id)), Asker(caller.who))
        return await _answer(agenda, caller, changed)

    @post("/appointments/{id:int}/missed", **more, summary="The client did not come", opt={"audit": "agenda.missed"})
    async def missed(id: FromPath[int], caller: CallerGiven) -> Response[AppointmentOut]:
        changed = await agenda.attendance.missed(caller.own_company, AppointmentId(number(id)), Asker(caller.who))
        return await _answer(agenda, caller, changed)

    return [kept, missed]


async def _wish(agenda: Agenda, caller: Caller, data: BookingIn) -> Booking:
    """Raises Invalid."""
    company = caller.own_company
    if (data.contact is None) is (data.client is None):
        raise Invalid("either a contact or a client", field="contact")
    if data.token is not None:
        if data.contact is None:
            raise Invalid("a token goes with the contact it was issued to", field="contact")
        for field in SAID_BY_A_TOKEN:
            if getattr(data, field):
                raise Invalid("either a token, or what it stands for", field=field)
        return await agenda.tokens.read(company, data.token, ContactId(data.contact))
    return Booking(
        service=ServiceId(_needed(data.service, "service")),
        professional=ProfessionalId(_needed(data.professional, "professional")),
        starts=start_in_utc(_needed(data.starts, "starts"), "starts"),
        contact=_contact(data),
        anyway=data.outside_hours,
    )


def _needed(value: T | None, field: str) -> T:
    if value is None:
        raise Invalid("needed without a token", field=field)
    return value


def _contact(data: BookingIn) -> ContactId | NewClient:
    if data.client is None:
        return ContactId(data.contact or 0)
    try:
        phone = Phone.parse(data.client.phone)
    except Invalid as error:
        raise Invalid(str(error), field="client.phone") from error
    name = None if data.client.name is None else _text(data.client.name, "client.name")
    email = None if data.client.email is None else checked_email(data.client.email, field="client.email")
    return NewClient(phone, name, email)


def _text(typed: str, field: str = "client") -> str:
    """Without stray blanks. Raises Invalid for what PostgreSQL cannot keep."""
    tidy = " ".join(typed.split())
    if not tidy.isprintable():
        raise Invalid("printable characters only", field=field)
    return tidy


async def _answer(
    agenda: Agenda, caller: Caller, appointment: Appointment, *, new: bool = False
) -> Response[AppointmentOut]:
    """202 while the calendar has still to say something about it."""
    company = caller.own_company
    view = await agenda.appointments.one(company, appointment.id)
    status = HTTP_201_CREATED if new else HTTP_200_OK
    if appointment.owed is not None:
        status = HTTP_202_ACCEPTED
    return Response(appointment_out(view, await agenda.zones.of(company)), status_code=status)
