"""How a turn ends: with words or with a reason for silence, and what that does to the conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from application.assistant.answer import Reply, Rung
from application.assistant.texts import ASSISTANT_RESTS
from domain.conversations.conversation import Conversation, Reason
from domain.conversations.turn import Unanswered
from domain.delivery.outgoing import Origin

Consequence = Callable[[Conversation, datetime], None]


def _nothing_else(_conversation: Conversation, _at: datetime) -> None:
    pass


NOTHING_ELSE: Final[Consequence] = _nothing_else


@dataclass(frozen=True, slots=True)
class Ending:
    """How a turn ends: with words, or with a reason for silence; and what it does to the conversation.

    With both, the contact is told something that is no answer.
    """

    say: str | None = None
    origin: Origin = Origin.FIXED
    unanswered: Unanswered | None = None
    then: Consequence = NOTHING_ELSE
    reply: Reply | None = None
    go_on: bool = False
    """Something else was asked in the same breath: what the model answers to it is said after these words."""

    @property
    def outcome(self) -> str:
        """One fixed word for logs and metrics."""
        return self.unanswered or (self.reply.rung if self.reply else "fixed")


def wanting_a_person(reason: Reason) -> Consequence:
    return lambda conversation, at: conversation.ask_for_person(reason, at)


OUT_OF_QUOTA: Final = Ending(say=ASSISTANT_RESTS, unanswered=Unanswered.QUOTA, then=wanting_a_person(Reason.QUOTA))
"""No cost is made, a person is awaited, and the next message asks again."""

AFTER: Final[Mapping[Rung, Consequence]] = {
    Rung.MODEL: Conversation.answered_well,
    Rung.SMALL: Conversation.answered_well,
    Rung.BLOCKED: NOTHING_ELSE,
    Rung.FAQ: Conversation.answered_poorly,
    Rung.FIXED: Conversation.answered_poorly,
}
