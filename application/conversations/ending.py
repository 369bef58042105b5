"""How a turn ends: with words or with a reason for silence, and what that does to the conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from application.agenda.chat.ports import Notes
from application.assistant.answer import Reply, Rung
from application.assistant.texts import ASSISTANT_RESTS, ENOUGH_FOR_TODAY, HANDED_TO_PERSON, LOOP_STOPPED, media_text
from domain.assistant.attendance import Attendance
from domain.conversations.conversation import Conversation, Reason
from domain.conversations.turn import HandOver, Politely, SayClosed, SayEnough, Silence, StopLoop, Unanswered
from domain.delivery.formatting import to_whatsapp
from domain.delivery.outgoing import Origin

Consequence = Callable[[Conversation, datetime], None]


def _nothing_else(_conversation: Conversation, _at: datetime) -> None:
    pass


NOTHING_ELSE: Final[Consequence] = _nothing_else


@dataclass(frozen=True, slots=True)
class Ending:
    """How a turn ends: with words, or with a reason for silence; and what it does to the conversation.

    With both, the contact is told something that is no answer, and not again what it was told after `once_since`. `notes`
    is what the agenda's desk will want to know next time.
    """

    say: str | None = None
    origin: Origin = Origin.FIXED
    unanswered: Unanswered | None = None
    then: Consequence = NOTHING_ELSE
    reply: Reply | None = None
    notes: Notes | None = None
    once_since: datetime | None = None
    go_on: bool = False
    """Something else was asked in the same breath: what the model answers to it is said after these words."""
    heard_as: str | None = None
    """What the model, or the menu, is to answer in place of what was written: "2" may have told whose the "sim" was."""

    @property
    def outcome(self) -> str:
        """One fixed word for logs and metrics."""
        return self.unanswered or (self.reply.rung if self.reply else "fixed")


def wanting_a_person(reason: Reason) -> Consequence:
    return lambda conversation, at: conversation.ask_for_person(reason, at)


OUT_OF_QUOTA: Final = Ending(say=ASSISTANT_RESTS, unanswered=Unanswered.QUOTA, then=wanting_a_person(Reason.QUOTA))
"""No cost is made, a person is awaited, and the next message asks again."""

ENOUGH: Final = Ending(
    say=ENOUGH_FOR_TODAY, unanswered=Unanswered.DAILY_LIMIT, then=wanting_a_person(Reason.DAILY_LIMIT)
)
"""The assistant is silent until a person has looked."""

AFTER: Final[Mapping[Rung, Consequence]] = {
    Rung.MODEL: Conversation.answered_well,
    Rung.SMALL: Conversation.answered_well,
    Rung.BLOCKED: NOTHING_ELSE,
    Rung.FAQ: Conversation.answered_poorly,
    Rung.FIXED: Conversation.answered_poorly,
    Rung.MENU: _nothing_else,
}


Costless = Silence | SayClosed | SayEnough | StopLoop | HandOver | Politely


def without_thinking(verdict: Costless, attendance: Attendance, local: datetime) -> Ending:
    """What costs nothing; `local` is the time where the company is."""
    match verdict:
        case Silence(reason):
            return Ending(unanswered=reason)
        case SayClosed():
            words, since = to_whatsapp(attendance.closed_text), attendance.hours.last_closing(local)
            return Ending(say=words, unanswered=Unanswered.OFF_HOURS, once_since=since)
        case SayEnough():
            return replace(ENOUGH, once_since=start_of_day(local))
        case StopLoop():
            return Ending(say=LOOP_STOPPED, then=wanting_a_person(Reason.LOOP))
        case HandOver():
            return Ending(say=HANDED_TO_PERSON, then=wanting_a_person(Reason.ASKED))
        case Politely(kind):
            return Ending(say=media_text(kind))


def start_of_day(local: datetime) -> datetime:
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
