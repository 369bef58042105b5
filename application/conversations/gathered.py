"""What one turn gathers before it begins to think."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from application.agenda.chat.books import Pages
from application.assistant.ports import Utterance
from domain.assistant.persona import Persona
from domain.conversations.conversation import Conversation
from domain.conversations.turn import Burst, Verdict
from domain.quotas.standing import Standing
from domain.reminders.notices import Open


@dataclass(frozen=True, slots=True)
class Turn:
    """All that one turn knows; it holds no transaction while the model thinks."""

    conversation: Conversation
    burst: Burst
    verdict: Verdict
    persona: Persona
    contact_name: str | None
    history: Sequence[Utterance]
    standing: Standing
    asked: Open
    pages: Pages | None
    """Of the agenda; None where the model is not to be asked."""

    @property
    def speakers(self) -> tuple[str, ...]:
        """What the two who write to each other are called."""
        return tuple(name for name in (self.contact_name, self.persona.assistant_name) if name)

    def written(self, message: str) -> tuple[str, ...]:
        """All that was said in this talk, with what came last."""
        return (*(one.text for one in self.history), message)
