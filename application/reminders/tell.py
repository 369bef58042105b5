"""Says something to somebody who did not write first: once, never to who asked to be left alone, in the talk there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from application.delivery.outbox import BELOW_ALL, Words
from application.delivery.queue_reply import queue_reply
from application.reminders.open_talk import OpenTalk
from application.reminders.ports import Question
from application.reminders.texts import first_words
from application.reminders.work import TellingWork
from application.shared.ports import Clock
from domain.delivery.outgoing import Origin
from domain.delivery.parts import as_typed
from domain.quotas.standing import Standing
from domain.reminders.notices import Asked
from domain.shared.ids import AppointmentId, ContactId, MessageId, TenantId


class Told(StrEnum):
    SAID = "said"
    AGAIN = "said_before"
    OPTED_OUT = "opted_out"
    UNREACHABLE = "unreachable"
    """They never wrote to the company, and it may not or cannot begin: there is no talk to say it in."""
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
    intent: str = ""
    wanted: bool = False
    """The company's people want it said: they know whom they write to, also for the first time."""


@dataclass(frozen=True, slots=True)
class Tell:
    open_talk: OpenTalk
    clock: Clock

    async def __call__(
        self, work: TellingWork, tenant: TenantId, standing: Standing, saying: Saying, correlation: str
    ) -> Told:
        """Commits nothing: it is said if whoever asked for it commits."""
        if await work.notices.opted_out(saying.contact):
            return Told.OPTED_OUT
        if not standing.open:
            return Told.QUOTA
        talk = await self.open_talk(work, tenant, saying.contact, wanted=saying.wanted)
        if talk is None:
            return Told.UNREACHABLE
        id = talk.id
        await work.conversations.get(id, lock=True)
        asked = Question(
            saying.about,
            saying.kind,
            id,
            asked_at=self.clock(),
            closes_at=saying.closes_at,
            appointments=tuple(saying.appointments),
            subject=saying.subject,
            intent=saying.intent,
        )
        notice = await work.notices.ask(asked)
        if notice is None:
            return Told.AGAIN
        place = MessageId(BELOW_ALL - notice)
        text = first_words(await work.persona(), saying.text) if talk.begun else saying.text
        await queue_reply(work, Words(id, place, as_typed(text), Origin.FIXED, correlation))
        return Told.SAID
