"""What one burst of messages deserves: silence, a fixed sentence, or an answer that was thought about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.assistant.attendance import Absence
from domain.assistant.requests import wants_a_person
from domain.conversations.conversation import Conversation
from domain.conversations.inbound import Kind
from domain.conversations.loop_guard import Line, looks_like_a_machine
from domain.shared.ids import MessageId


@dataclass(frozen=True, slots=True)
class Heard:
    """A message waiting for an answer."""

    id: MessageId
    kind: Kind
    text: str
    sent_at: datetime
    received_at: datetime

    @property
    def age_on_arrival(self) -> timedelta:
        """How old it already was when it reached us: a replay after a reconnect is hours old, our own delay counts nothing."""
        return self.received_at - self.sent_at


class Unanswered(StrEnum):
    """Why a message gets no answer of the assistant."""

    HELD = "held"  # a person has the conversation, or is awaited
    DISABLED = "disabled"
    OFF_HOURS = "off_hours"
    NOT_MEANT = "not_meant"  # the company chose whom the assistant answers
    OLD = "old"
    LIMITED = "limited"
    GAVE_UP = "gave_up"
    DAILY_LIMIT = "daily_limit"  # this contact was answered as often as it may be in a day
    QUOTA = "quota"  # the company has used up what it bought, or has not paid for it


@dataclass(frozen=True, slots=True)
class Silence:
    reason: Unanswered


@dataclass(frozen=True, slots=True)
class StopLoop:
    """The other side is a machine: say so once, then be silent until a person has looked."""


@dataclass(frozen=True, slots=True)
class SayClosed:
    """The business is closed, and says so."""


@dataclass(frozen=True, slots=True)
class SayEnough:
    """The contact was answered as often as it may be in a day: a person goes on."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """The contact asked for a person."""


@dataclass(frozen=True, slots=True)
class Politely:
    """There is nothing to read in it; `kind` says what we cannot use."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Think:
    """The burst told as one message, for the model."""

    message: str


Verdict = Silence | SayClosed | SayEnough | StopLoop | HandOver | Politely | Think


@dataclass(frozen=True, slots=True)
class Burst:
    """What waits for an answer, in the order it was written; never empty."""

    heard: tuple[Heard, ...]

    @classmethod
    def told_in_order(cls, heard: Sequence[Heard]) -> Burst:
        """WhatsApp's clock has whole seconds and webhooks overtake each other: by time written, then by arrival."""
        return cls(tuple(sorted(heard, key=lambda one: (one.sent_at.replace(microsecond=0), one.id))))

    @property
    def last(self) -> MessageId:
        return max(one.id for one in self.heard)

    @property
    def first(self) -> MessageId:
        return min(one.id for one in self.heard)

    @property
    def wants_a_person(self) -> bool:
        return any(wants_a_person(one.text) for one in self.heard)

    def as_one(self) -> str:
        return "\n".join(one.text if one.kind is Kind.TEXT else _named(one) for one in self.heard)


ABSENT: Final[Mapping[Absence, Unanswered]] = {
    Absence.DISABLED: Unanswered.DISABLED,
    Absence.OFF_HOURS: Unanswered.OFF_HOURS,
    Absence.NOT_MEANT: Unanswered.NOT_MEANT,
}


def judge(
    burst: Burst,
    conversation: Conversation,
    *,
    absence: Absence | None,
    lines: Sequence[Line],
    age_limit: timedelta,
    now: datetime,
) -> Verdict:
    """The first rule that applies decides."""
    if not conversation.attended_by_assistant:
        return Silence(Unanswered.HELD)
    if absence is not None and absence in ABSENT:
        return Silence(ABSENT[absence])
    if min(one.age_on_arrival for one in burst.heard) > age_limit:
        return Silence(Unanswered.OLD)
    if absence is Absence.CLOSED:
        return SayClosed()
    if looks_like_a_machine(lines, now=now):
        return StopLoop()
    return SayEnough() if absence is Absence.ENOUGH and not burst.wants_a_person else _worth_an_answer(burst)


def _worth_an_answer(burst: Burst) -> Verdict:
    if not any(one.text.strip() for one in burst.heard):
        return Politely(burst.heard[-1].kind)
    return HandOver() if burst.wants_a_person else Think(burst.as_one())


NAMES = {
    Kind.AUDIO: "áudio",
    Kind.IMAGE: "imagem",
    Kind.VIDEO: "vídeo",
    Kind.DOCUMENT: "documento",
    Kind.STICKER: "figurinha",
    Kind.LOCATION: "localização",
    Kind.CONTACT: "contato",
    Kind.UNSUPPORTED: "mensagem de um tipo que não consigo abrir",
}
"""How the model is told, in the language of the talk, that something other than words came."""


def _named(one: Heard) -> str:
    return f"[{NAMES[one.kind]}] {one.text}".strip()
