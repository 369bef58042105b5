"""What bookings by chat need kept: what a conversation was offered, where its menu stands, and which claims were held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from application.agenda.work import AgendaWork
from application.assistant.truth import HeldClaim
from domain.agenda.menu import Menu
from domain.shared.ids import AppointmentId, ContactId, ConversationId, MessageId, ProfessionalId, ServiceId, TenantId


@dataclass(frozen=True, slots=True)
class Visit:
    """One turn of one contact, as the webhook named them. `now` is aware, in the company's zone."""

    tenant: TenantId
    conversation: ConversationId
    contact: ContactId
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        assert isinstance(self.now.tzinfo, ZoneInfo)
        return self.now.tzinfo


@dataclass(frozen=True, slots=True)
class Offered:
    """A free time that the contact was told of, with the token that books it."""

    token: str
    service: ServiceId
    professional: ProfessionalId
    starts: datetime


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where an appointment was before it was moved in this talk."""

    appointment: AppointmentId
    starts: datetime


@dataclass(frozen=True, slots=True)
class Notes:
    """What the desk remembers of a conversation from one turn to the next."""

    at: datetime
    offered: tuple[Offered, ...] = ()
    menu: Menu | None = None
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldView:
    """A reply that was held: to what it answered, what the model said, and what the contact read in its place."""

    conversation: ConversationId
    name: str | None
    phone: str | None
    asked: str
    claim: HeldClaim
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldCount:
    """`rewritten`: the model itself said it better; of the others a fixed text of ours was said."""

    held: int
    rewritten: int
    replies: int
    """All that the assistant said in that time, to measure it by."""


class BookingTalks(Protocol):
    async def notes(self, conversation: ConversationId, *, lock: bool = False) -> Notes | None:
        """`lock`: nobody else keeps any until this work ends."""

    async def keep(self, conversation: ConversationId, notes: Notes) -> None: ...

    async def add_held(
        self, conversation: ConversationId, answers_to: MessageId, held: Sequence[HeldClaim]
    ) -> None: ...

    async def held_since(self, since: datetime, limit: int) -> Sequence[HeldView]:
        """The newest first."""

    async def count_held(self, since: datetime) -> HeldCount: ...


class ChatWork(AgendaWork, Protocol):
    @property
    def booking_talks(self) -> BookingTalks: ...
