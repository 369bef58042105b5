"""Says something to somebody who did not write first: once, never to who asked to be left alone, in the talk they know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from application.delivery.outbox import BELOW_ALL, Words
from application.delivery.queue_reply import queue_reply
from application.reminders.ports import Question
from application.reminders.work import TellingWork
from application.shared.ports import Clock
from domain.delivery.outgoing import Origin
from domain.delivery.parts import as_typed
from domain.quotas.standing import Standing
from domain.reminders.notices import Asked
from domain.shared.ids import AppointmentId, ContactId, MessageId


class Told(StrEnum):
    SAID = "said"
    AGAIN = "said_before"
    OPTED_OUT = "opted_out"
    UNREACHABLE = "unreachable"
    """They never wrote to the company: there is no talk to say it in."""
    QUOTA = "quota"


@dataclass(frozen=True, slots=True)
class Saying:
    """`about` is said once and never again; an answer is awaited until `closes_at`."""

    about: str
    kind: Asked
    contact: ContactId
    text: str
    closes_at: datetime
    appointments: Sequence[AppointmentId] = ()
    subject: int | None = None
    wanted: bool = False
    """The company's people want it said: they know whom they write to."""


@dataclass(frozen=True, slots=True)
class Tell:
    clock: Clock

    async def __call__(self, work: TellingWork, standing: Standing, saying: Saying, correlation: str) -> Told:
        """Commits nothing: it is said if whoever asked for it commits."""
        if await work.notices.opted_out(saying.contact):
            return Told.OPTED_OUT
        if not standing.open:
            return Told.QUOTA
        id = await work.notices.conversation_of(saying.contact)
        if id is None:
            return Told.UNREACHABLE
        await work.conversations.get(id, lock=True)
        asked = Question(
            saying.about,
            saying.kind,
            id,
            asked_at=self.clock(),
            closes_at=saying.closes_at,
            appointments=tuple(saying.appointments),
            subject=saying.subject,
        )
        notice = await work.notices.ask(asked)
        if notice is None:
            return Told.AGAIN
        place = MessageId(BELOW_ALL - notice)
        await queue_reply(work, Words(id, place, as_typed(saying.text), Origin.FIXED, correlation))
        return Told.SAID
