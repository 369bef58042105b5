"""What goes over the wire about appointments. Times come in with an offset, and go out in the company's own zone."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example

from adapters.http.problems import refusal
from application.agenda.find_slots import Offer
from application.agenda.work import AppointmentView
from domain.agenda.reasons import in_words
from domain.shared.errors import NotFound

MOST: Final = 2**53
Number = Annotated[int, msgspec.Meta(ge=1, le=MOST)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
When = Annotated[datetime, msgspec.Meta(tz=True, examples=["2026-11-24T09:00:00-03:00"])]
Email = Annotated[str, msgspec.Meta(max_length=254, examples=["ana@example.com"])]
Reason = Annotated[str, msgspec.Meta(max_length=300)]


class NamedOut(msgspec.Struct):
    id: int
    name: str


class ClientOut(NamedOut):
    """`talks`: there is a WhatsApp conversation with them. Reminders reach others only where the company writes first, and
    letters those who have an e-mail address.
    """

    phone: str | None
    talks: bool = False


class SlotOut(msgspec.Struct, omit_defaults=True):
    """`token` is there where a contact was named: only they can book with it, and only for half an hour."""

    professional: int
    starts: datetime
    ends: datetime
    token: str | None = None


class AvailabilityOut(msgspec.Struct):
    time_zone: str
    slots: list[SlotOut]


class AppointmentOut(msgspec.Struct):
    """`status`: pending (the calendar has not answered yet), booked, confirmed, rescheduled, kept, missed, cancelled.

    `version` grows with every change. `moving_to`: where it is being moved, while the calendar is asked; and to which
    `moving_professional`, if that is another.
    """

    id: int
    status: str
    version: int
    starts: datetime
    ends: datetime
    professional: NamedOut
    service: NamedOut
    client: ClientOut
    price_cents: int
    reason: str
    moving_to: datetime | None = None
    moving_professional: int | None = None


class AppointmentsOut(msgspec.Struct):
    time_zone: str
    appointments: list[AppointmentOut]


class ClientIn(msgspec.Struct, forbid_unknown_fields=True):
    """Who is known by the number stays known by their name. `email`: where confirmations go, besides the chat."""

    phone: Annotated[str, msgspec.Meta(min_length=8, max_length=40, examples=["+5511987654321"])]
    name: Name | None = None
    email: Email | None = None


class BookingIn(msgspec.Struct, forbid_unknown_fields=True):
    """For a `contact` or a `client`; either `service`, `professional` and `starts`, or a `token` of this contact's.

    `outside_hours`: whatever the opening hours and the leads say, but never over somebody else.
    """

    contact: Number | None = None
    client: ClientIn | None = None
    service: Number | None = None
    professional: Number | None = None
    starts: When | None = None
    token: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    outside_hours: bool = False


class CancelIn(msgspec.Struct, forbid_unknown_fields=True):
    """`notify`: the client is told in the chat, where there is one; false for who tells them otherwise."""

    appointment: Number
    reason: Reason = ""
    notify: bool = True


class RescheduleIn(msgspec.Struct, forbid_unknown_fields=True):
    """To `professional`, or to who has it now; `outside_hours` as a booking has it, `notify` as a cancellation."""

    starts: When
    professional: Number | None = None
    outside_hours: bool = False
    notify: bool = True


EXAMPLE: Final = {
    "id": 12,
    "status": "booked",
    "version": 2,
    "starts": "2026-11-24T09:00:00-03:00",
    "ends": "2026-11-24T09:30:00-03:00",
    "professional": {"id": 1, "name": "Dra. Marina"},
    "service": {"id": 3, "name": "Consulta"},
    "client": {"id": 88, "name": "Ana", "phone": "+5511987654321", "talks": True},
    "price_cents": 18000,
    "reason": "",
    "moving_to": None,
    "moving_professional": None,
}
PENDING: Final = EXAMPLE | {"status": "pending", "version": 1}
SLOTS: Final = {
    "time_zone": "America/Sao_Paulo",
    "slots": [{"professional": 1, "starts": "2026-11-24T09:00:00-03:00", "ends": "2026-11-24T09:30:00-03:00"}],
}

BOOKED: Final = ResponseSpec(
    AppointmentOut, description="Booked at both ends", examples=[Example(summary="Booked", value=EXAMPLE)]
)
NOT_YET: Final = ResponseSpec(
    AppointmentOut,
    description="The time is taken; the calendar does not answer and goes on being asked",
    examples=[Example(summary="Pending", value=PENDING)],
)
CHANGED: Final = ResponseSpec(
    AppointmentOut, description="As it stands now", examples=[Example(summary="As it stands", value=EXAMPLE)]
)
FREE: Final = ResponseSpec(
    AvailabilityOut, description="The earliest first", examples=[Example(summary="One", value=SLOTS)]
)
REFUSED: Final = {
    404: refusal("There is no such thing in this company"),
    409: refusal("Taken, past, too soon, too late, or not from the state it is in"),
    422: refusal("A field is wrong: `field` says which; a time without an offset, a token of somebody else"),
    503: refusal("The calendar or the database did not answer"),
}


def number(id: int) -> int:
    """One of a path, which may be longer than any we have. Raises NotFound."""
    if not 0 < id <= MOST:
        raise NotFound("there is no such thing in this company")
    return id


def slot_out(offer: Offer, zone: ZoneInfo) -> SlotOut:
    free = offer.free
    return SlotOut(free.professional, free.slot.starts.astimezone(zone), free.slot.ends.astimezone(zone), offer.token)


def appointment_out(view: AppointmentView, zone: ZoneInfo) -> AppointmentOut:
    it, client = view.appointment, view.client
    return AppointmentOut(
        id=it.id,
        status=it.status,
        version=it.version,
        starts=it.slot.starts.astimezone(zone),
        ends=it.slot.ends.astimezone(zone),
        professional=NamedOut(it.professional, view.professional_name),
        service=NamedOut(it.service, view.service_name),
        client=ClientOut(client.id, client.name, None if client.phone is None else client.phone.value, client.talks),
        price_cents=it.price_cents,
        reason=in_words(it.reason),
        moving_to=None if it.moving_to is None else it.moving_to.starts.astimezone(zone),
        moving_professional=it.moving_professional,
    )
