"""Why an appointment was called off, where nobody gave a reason in words of their own: kept as a code, told in Portuguese."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class CalledOff(StrEnum):
    ASKED_BY_CHAT = "asked_by_chat"
    ANSWERED_A_REMINDER = "answered_a_reminder"
    REFUSED_BY_CALENDAR = "refused_by_calendar"
    CANCELLED_IN_CALENDAR = "cancelled_in_calendar"


WORDS: Final[Mapping[CalledOff, str]] = {
    CalledOff.ASKED_BY_CHAT: "pedido pela conversa",
    CalledOff.ANSWERED_A_REMINDER: "resposta do cliente a um lembrete",
    CalledOff.REFUSED_BY_CALENDAR: "recusado pelo calendário",
    CalledOff.CANCELLED_IN_CALENDAR: "cancelado no calendário",
}
EARLIER: Final[Mapping[str, CalledOff]] = {
    "asked for by chat": CalledOff.ASKED_BY_CHAT,
    "called off by the client in the chat": CalledOff.ANSWERED_A_REMINDER,
    "refused by the calendar": CalledOff.REFUSED_BY_CALENDAR,
    "cancelled in the calendar": CalledOff.CANCELLED_IN_CALENDAR,
}
"""As they were kept once."""


def reason_of(kept: str) -> CalledOff | None:
    """None for what somebody wrote."""
    return EARLIER.get(kept) or next((each for each in CalledOff if each == kept), None)


def in_words(kept: str) -> str:
    """As people read it; what somebody wrote is read as they wrote it."""
    reason = reason_of(kept)
    return kept if reason is None else WORDS[reason]
