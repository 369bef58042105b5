"""What following up needs of the world: who is asked when, and what they said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Protocol

from domain.agenda.presence import Presence
from domain.follow_ups.replies import Intent
from domain.shared.errors import NotFound, Refused
from domain.shared.ids import AppointmentId, ContactId, TenantId

FollowUpId = NewType("FollowUpId", int)


class FollowUpNotFound(NotFound):
    """No follow-up of this company has that number."""


class WhyNotAsked(StrEnum):
    """As a log and a program read it."""

    ANSWERED = "this client has answered"
    DID_NOT_COME = "this client did not come"
    OPTED_OUT = "this client asked not to be written to"
    NEVER_WROTE = "this client never wrote to the company"
    QUOTA = "the plan of the company is used up"
    JUST_SENT = "this was just sent"
    QUIET = "people sleep now"


class NotAsked(Refused):
    """They cannot be asked now: they answered, never wrote to the company, want nothing unasked, or sleep."""

    def __init__(self, why: WhyNotAsked) -> None:
        super().__init__(str(why))
        self.why = why


class Status(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    ANSWERED = "answered"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`times` counts how often it was sent, `sent_at` is the last time."""

    id: FollowUpId
    appointment: AppointmentId
    status: Status
    times: int
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sought:
    """Which follow-ups, of those due in between; None and nothing is any. `words`: part of the client's name or number."""

    since: datetime
    until: datetime
    status: Status | None = None
    intent: Intent | None = None
    words: str = ""
    limit: int = 200


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """`why`: one fixed word for what was dropped. `times` counts how often it was sent."""

    id: FollowUpId
    appointment: AppointmentId
    contact: ContactId
    client_name: str
    service_name: str
    status: Status
    due_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    intent: Intent | None
    comment: str
    why: str = ""
    times: int = 0


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Answers of one day."""

    day: date
    positive: int
    negative: int
    feedback: int


class FollowUps(Protocol):
    async def plan(self, appointment: AppointmentId, due_at: datetime) -> bool:
        """False where it was planned or sent before."""

    async def last_sent(self, contact: ContactId) -> datetime | None: ...

    async def of(self, appointment: AppointmentId) -> FollowUp | None:
        """Locked until the work ends."""

    async def get(self, id: FollowUpId) -> FollowUp:
        """Locked. Raises FollowUpNotFound."""

    async def sent(self, id: FollowUpId, at: datetime) -> None: ...

    async def dropped(self, id: FollowUpId, why: str) -> None: ...

    async def answered(self, id: FollowUpId, intent: Intent, at: datetime) -> None: ...

    async def list(self, sought: Sought) -> Sequence[FollowUpView]:
        """The latest due first."""

    async def satisfaction(self, since: datetime, zone: str) -> Sequence[Satisfaction]: ...

    async def asked_and_answered(self, since: datetime) -> tuple[int, int]:
        """How many were asked since then, and how many of those answered."""


class Feedback(Protocol):
    """What people said, or what was seen, of an appointment: FeedbackEvent."""

    async def record(
        self, appointment: AppointmentId, source: str, intent: str, comment: str, at: datetime
    ) -> None: ...

    async def presence(self, since: datetime, until: datetime) -> Presence:
        """Of the appointments that began in between."""


class FollowUpMeasures(Protocol):
    def sent(self, tenant: TenantId) -> None: ...

    def answered(self, tenant: TenantId, intent: Intent) -> None: ...
