"""What a letter about an appointment needs of the world: who reads letters, what they were told, a page for their calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from application.agenda.work import AgendaWork, AppointmentView
from domain.shared.ids import AppointmentId, ProfessionalId, TenantId


class Role(StrEnum):
    CLIENT = "client"
    PROFESSIONAL = "professional"


class Method(StrEnum):
    """As iCalendar (RFC 5546) calls them: come, or do not come any more."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody was told of an appointment; `professional` None is from before that was written down."""

    method: Method
    version: int
    starts: datetime
    professional: ProfessionalId | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """`last` is what they were told last. `gone`: a professional who expects somebody that went to another since."""

    role: Role
    address: str = field(repr=False)
    last: Sent | None = None
    gone: bool = False


class Letters(Protocol):
    """Of the company whose work is open."""

    async def readers(self, appointment: AppointmentId) -> Sequence[Reader]:
        """Who has an e-mail address and did not ask to be left alone: the client, the professional, and who was that before."""

    async def sent(self, appointment: AppointmentId, role: Role, sent: Sent, at: datetime) -> None:
        """Again is fine."""


class LetterWork(AgendaWork, Protocol):
    @property
    def letters(self) -> Letters: ...


@dataclass(frozen=True, slots=True)
class Invitation:
    """One appointment for one reader's calendar; `company` is who invites."""

    tenant: TenantId
    company: str
    view: AppointmentView
    reader: Reader
    method: Method
    now: datetime


class Invitations(Protocol):
    def __call__(self, invitation: Invitation) -> bytes:
        """The same appointment has the same UID in each, and its version as SEQUENCE: a calendar knows the newer one."""
