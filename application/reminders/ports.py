"""What reminding needs of the world: what is planned, what was asked and is still open, and who wants none of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from application.conversations.ports import OpenNotices
from domain.agenda.appointment import Appointment
from domain.delivery.outgoing import State
from domain.reminders.cadence import Kind, Planned
from domain.reminders.manners import Manners
from domain.reminders.notices import Asked, NoticeId
from domain.shared.ids import AppointmentId, ContactId, ConversationId, MessageId, TenantId

ReminderId = NewType("ReminderId", int)


@dataclass(frozen=True, slots=True)
class Reminder:
    """`starts` is the time it was planned for: an appointment that has moved since is about something else."""

    id: ReminderId
    kind: Kind
    starts: datetime
    due_at: datetime


class ReminderState(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    """Given to the talk; whether it arrived is its message's to say."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Delivered:
    """The message of a reminder, and how far it came; `trouble` is the last one met on the way."""

    text: str
    state: State
    attempts: int
    trouble: str | None


@dataclass(frozen=True, slots=True)
class ReminderView:
    """`at`: when it was said or left out, or will be due. `why`: one fixed word for what was left out."""

    kind: Kind
    state: ReminderState
    at: datetime
    why: str = ""
    message: Delivered | None = None


class Reminders(Protocol):
    """The reminders of the company whose work is open; a kind is planned at most once for an appointment."""

    async def plan(self, appointment: Appointment, planned: Sequence[Planned]) -> None:
        """These, and none of those that were planned before."""

    async def add(self, appointment: Appointment, planned: Planned) -> None:
        """This one too."""

    async def planned(self, appointment: AppointmentId, kind: Kind) -> Reminder | None:
        """Locked until the work ends."""

    async def sent(self, id: ReminderId, at: datetime) -> None: ...

    async def dropped(self, id: ReminderId, why: str, at: datetime) -> None: ...

    async def drop_all(self, appointment: AppointmentId, why: str, at: datetime) -> Sequence[Kind]:
        """Those that were planned."""

    async def of(self, appointment: AppointmentId, limit: int) -> Sequence[ReminderView]:
        """The latest first."""

    async def left_unanswered(self, appointment: Appointment) -> bool:
        """Whether a reminder of the time it has now was said, and they have not written a word since."""


class MannersBook(Protocol):
    """How the company whose work is open speaks unasked."""

    async def get(self) -> Manners: ...

    async def put(self, manners: Manners) -> None: ...


@dataclass(frozen=True, slots=True)
class Question:
    """`about` is said once and never again. `subject` is a follow-up's or an offer's number; `intent` what the answer to
    "which?" is about, or the appointment that an offered time would replace; `said_in` the message in whose turn it is asked.
    """

    about: str
    kind: Asked
    conversation: ConversationId
    asked_at: datetime
    closes_at: datetime
    appointments: tuple[AppointmentId, ...] = ()
    subject: int | None = None
    intent: str = ""
    said_in: MessageId | None = None


class Notices(OpenNotices, Protocol):
    """What we asked without having been asked."""

    async def conversation_of(self, contact: ContactId) -> ConversationId | None:
        """Where they last wrote to the company; None where they never did."""

    async def begun_lately(self) -> int:
        """Talks that we began within a day, and that nobody has answered in."""

    async def opted_out(self, contact: ContactId) -> bool: ...

    async def set_opted_out(self, contact: ContactId, at: datetime | None) -> bool:
        """False where it was so before."""

    async def ask(self, question: Question) -> NoticeId | None:
        """None where this was asked before."""

    async def close(
        self, ids: Sequence[NoticeId], meaning: str, at: datetime, *, by: MessageId | None = None, reply: str = ""
    ) -> None: ...

    async def close_about(self, appointment: AppointmentId, at: datetime) -> None:
        """Nothing about this appointment is open any more, and what was said of its time says nothing of another."""

    async def declined(self, appointment: AppointmentId) -> bool:
        """They answered that they cannot come, or not then, and nothing better since."""


class ReminderMeasures(Protocol):
    def reminded(self, tenant: TenantId, kind: Kind) -> None: ...

    def left_out(self, tenant: TenantId, why: str) -> None: ...

    def answered(self, asked: str, meaning: str) -> None: ...

    def opted_out(self, tenant: TenantId) -> None: ...

    def offered(self, tenant: TenantId, outcome: str) -> None:
        """Of a freed time: "sent" when it is offered, and later what came of it."""
