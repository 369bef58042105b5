"""What somebody asks for, and what has to be true before it is even looked whether it is free."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from application.agenda.look import Look, offered
from application.agenda.work import AgendaWork
from domain.access.email import checked_email
from domain.agenda.diary import Diary, Place
from domain.agenda.people import DoesNotDoThat, Service
from domain.agenda.rules import check_by_hand
from domain.agenda.slot import Slot
from domain.shared.errors import Invalid, Refused
from domain.shared.ids import ContactId, HoldId, ProfessionalId, ServiceId
from domain.shared.phone import Phone


class NotOffered(Refused):
    """Nobody attends then: outside the hours, on a day off, or off the beat."""

    about = "starts"


@dataclass(frozen=True, slots=True)
class NewClient:
    """Somebody by their number: introduced with the booking, known by it already, or, where it is refused, still nobody.

    `email` is where letters go from then on; without one, where they went before.
    """

    phone: Phone
    name: str | None = None
    email: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Raises Invalid."""
        if self.email is not None and checked_email(self.email) != self.email:
            raise Invalid("in lower case, without blanks around it", field="email")


@dataclass(frozen=True, slots=True)
class Booking:
    """`anyway` is for the company's own people: outside the hours, the beat and the leads, but never over somebody else."""

    contact: ContactId | NewClient
    service: ServiceId
    professional: ProfessionalId
    starts: datetime
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The service, the time itself, and that with the buffers around it."""

    service: Service
    slot: Slot
    busy: Slot


async def bookable(look: Look, work: AgendaWork, zone: ZoneInfo, booking: Booking, *, moving: bool = False) -> Found:
    """From here on the professional is locked; `moving` what is booked already, its service may be switched off since.

    Raises TooSoon, TooFarAhead, NotOffered, or what is not found.
    """
    professional = await work.agenda.professional(booking.professional, lock=True)
    service = await offered(work, booking.service, moving=moving)
    if not professional.active or not service.done_by(professional.id):
        raise DoesNotDoThat("this professional does not do this service")
    now = look.clock()
    check_by_hand(booking.starts, now)
    slot = Slot.lasting(booking.starts, service.length)
    if not booking.anyway:
        (await work.agenda.rules()).check(slot.starts, now)
        if not await look.is_open(work, zone, service, professional, slot):
            raise NotOffered("nobody attends at that time")
    return Found(service, slot, service.around(slot))


async def who_books(work: AgendaWork, booking: Booking) -> ContactId:
    """A new client is introduced, if whoever books commits. Raises ClientNotFound."""
    who = booking.contact
    if isinstance(who, NewClient):
        return await work.clients.by_phone(who.phone, who.name, who.email)
    return (await work.clients.get(who)).id


async def take(work: AgendaWork, professional: ProfessionalId, place: Place, now: datetime) -> HoldId:
    """The rule first, then the row; the database has the last word. Raises SlotTaken."""
    around = await work.places.around([professional], place.busy)
    Diary(professional, around.get(professional, ())).take(place, now=now)
    return await work.places.take(professional, place, now)
