"""The agenda's slice of a company's transaction: how it is set up, what is taken, and the appointments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from application.agenda.setup_work import AgendaSetup
from application.agenda.untold import Untold
from application.agenda.waiting_work import Offers, WaitingList
from application.shared.audit import AuditedWork
from domain.agenda.appointment import Appointment, Status
from domain.agenda.availability import Stretch
from domain.agenda.diary import Place
from domain.agenda.presence import Presence
from domain.agenda.slot import Slot
from domain.shared.errors import NotFound
from domain.shared.ids import (
    AppointmentId,
    ContactId,
    HoldId,
    ProfessionalId,
)
from domain.shared.phone import Phone


class HoldNotFound(NotFound):
    """This contact holds no such time, or held it too long."""


class ClientNotFound(NotFound):
    """No contact of this company has that number."""

    about = "contact"


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

    async def keep_only(self, professional: ProfessionalId, place: Place, slot: Slot) -> None:
        """Of all that its appointment takes, only where the `slot` lies stays taken, and no more of that than the place."""

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
    """Else the earliest first; of more than the limit the first of that order."""


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
    def untold(self) -> Untold: ...

    @property
    def clients(self) -> Clients: ...

    @property
    def offers(self) -> Offers: ...

    @property
    def waiting(self) -> WaitingList: ...
