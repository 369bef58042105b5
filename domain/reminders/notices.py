"""What we asked of a contact unasked, and what stands open of it when they write."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from domain.shared.ids import AppointmentId

NoticeId = NewType("NoticeId", int)


class Asked(StrEnum):
    """What kind of answer is awaited."""

    REMINDER = "reminder"
    WHICH = "which"
    INSTEAD = "instead"
    SURE = "sure"
    FOLLOW_UP = "follow_up"
    RECOVERY = "recovery"
    OFFER = "offer"
    TO_WHAT = "to_what"
    """A short answer fitted more than one question: which of them was meant."""
    SETTLED = "settled"
    """Nothing: it was said, and once is enough."""


@dataclass(frozen=True, slots=True)
class OpenNotice:
    """`fresh`: nothing else was said to them since, so that a bare "sim" can mean only this."""

    id: NoticeId
    kind: Asked
    appointments: tuple[AppointmentId, ...]
    subject: int | None
    intent: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Replied:
    """What was said to an answer, and what it was taken to mean."""

    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Open:
    """`notices`: the newest first. `replied`: this was answered before, and the end of the turn was lost."""

    notices: tuple[OpenNotice, ...] = ()
    replied: Replied | None = None
