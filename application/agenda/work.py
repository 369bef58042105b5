"""The agenda's slice of a company's transaction: how it is set up, what is taken, and the appointments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from application.agenda.waiting_work import Offers, WaitingList
from application.shared.audit import AuditedWork
from domain.agenda.appointment import Appointment, Status
from domain.agenda.availability import Stretch
from domain.agenda.diary import Place
from domain.agenda.opening_hours import DayOff
from domain.agenda.people import Professional, Service
from domain.agenda.presence import Presence
from domain.agenda.rules import Rules
from domain.agenda.slot import Slot
from domain.shared.errors import NotFound
from domain.shared.ids import (
    AppointmentId,
    ContactId,
    DayOffId,
    HoldId,
    ProfessionalId,
    ServiceId,
)
from domain.shared.phone import Phone


class HoldNotFound(NotFound):
    """This contact holds no such time, or held it too long."""


class ClientNotFound(NotFound):
    """No contact of this company has that number."""


class AgendaSetup(Protocol):
    """Who attends what and when. Putting what has no number yet adds it; the number it has now is the answer."""

    async def rules(self) -> Rules: ...

    async def put_rules(self, rules: Rules) -> None: ...

    async def professionals(self, *, also_inactive: bool = False) -> Sequence[Professional]:
        """In the order in which they came."""

    async def professional(self, id: ProfessionalId, *, lock: bool = False) -> Professional:
        """Locked, nobody else takes or gives back of their time until this work ends. Raises ProfessionalNotFound."""

    async def put_professional(self, professional: Professional) -> ProfessionalId:
        """Raises ProfessionalNotFound or AgendaNameTaken."""

    async def services(self, *, also_inactive: bool = False) -> Sequence[Service]: ...

    async def service(self, id: ServiceId) -> Service:
        """Raises ServiceNotFound."""

    async def put_service(self, service: Service) -> ServiceId:
        """Raises ServiceNotFound, ProfessionalNotFound or AgendaNameTaken."""

    async def days_off(self) -> Sequence[DayOff]: ...

    async def add_day_off(self, day_off: DayOff) -> DayOffId:
        """Raises ProfessionalNotFound."""

    async def remove_day_off(self, id: DayOffId) -> None:
        """Raises DayOffNotFound."""


@dataclass(frozen=True, slots=True)
class Held:
    """A time that waits for somebody's yes."""

    id: HoldId
    professional: ProfessionalId
    contact: ContactId
    slot: Slot
    until: datetime


@dataclass(frozen=True, slots=True)
class Sparing:
    """What is in the way of others only: what a contact holds, and an appointment that is being moved."""

    contact: ContactId | None = None
    moved: AppointmentId | None = None


class Places(Protocol):
    """What is taken of people's time; whoever takes has locked the professional."""

    async def around(
        self, professionals: Sequence[ProfessionalId], window: Slot
    ) -> Mapping[ProfessionalId, Sequence[Place]]:
        """Lapsed holds may be among them."""

    async def taken(
        self, window: Slot, now: datetime, *, sparing: Sparing, of: Sequence[ProfessionalId]
    ) -> Mapping[ProfessionalId, Sequence[Stretch]]:
        """What is in the way of whoever looks for a time; lapsed holds are in nobody's."""

    async def take(self, professional: ProfessionalId, place: Place, now: datetime) -> HoldId:
        """Sweeps away lapsed holds that are in the way. Raises SlotTaken."""

    async def give_back(self, appointment: AppointmentId) -> None:
        """All that the appointment takes."""

    async def let_go(self, contact: ContactId, taking: Slot | None = None) -> None:
        """All that the contact holds; a time they were offered and have not answered to only where they take it now."""


@dataclass(frozen=True, slots=True)
class Client:
    """`talks`: there is a conversation with them; without one nothing unasked can reach them in the chat."""

    id: ContactId
    name: str
    phone: Phone | None
    talks: bool = False
    email: str | None = field(default=None, repr=False)


class Clients(Protocol):
    """The company's contacts, as far as the agenda needs to know them."""

    async def get(self, id: ContactId) -> Client:
        """Raises ClientNotFound."""

    async def by_phone(self, phone: Phone, name: str | None, email: str | None = None) -> ContactId:
        """Who has this number; introduced where nobody has. A name that is known stays; an address gives way to a newer."""

    async def put_email(self, contact: ContactId, email: str | None) -> None: ...

    async def find(self, words: str, limit: int) -> Sequence[Client]:
        """By a part of the name or the number; who came last comes first."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Which appointments somebody would like to see; None is any."""

    window: Slot
    professional: ProfessionalId | None = None
    contact: ContactId | None = None
    words: str = ""
    """Part of the client's name or number."""
    statuses: frozenset[Status] = frozenset()
    limit: int = 200
    latest_first: bool = False


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """An appointment with the names that people know it by."""

    appointment: Appointment
    client: Client
    professional_name: str
    service_name: str


class Appointments(Protocol):
    async def get(self, id: AppointmentId, *, lock: bool = False) -> Appointment:
        """Raises AppointmentNotFound."""

    async def add(self, appointment: Appointment) -> AppointmentId: ...

    async def save(self, appointment: Appointment) -> None: ...

    async def view(self, id: AppointmentId) -> AppointmentView:
        """Raises AppointmentNotFound."""

    async def list(self, wanted: Listed) -> Sequence[AppointmentView]:
        """Those that touch the window, by start: as many as the limit says, from that end which comes first."""

    async def presence(self, window: Slot) -> Presence:
        """Of those that began in the window."""


class AgendaWork(AuditedWork, Protocol):
    @property
    def agenda(self) -> AgendaSetup: ...

    @property
    def places(self) -> Places: ...

    @property
    def appointments(self) -> Appointments: ...

    @property
    def clients(self) -> Clients: ...

    @property
    def offers(self) -> Offers: ...

    @property
    def waiting(self) -> WaitingList: ...
