"""What people at the panel need of the world: the conversation, the way out to the contact, and a book for what they did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from application.conversations.ports import Conversations
from application.delivery.outbox import OutboxWork
from application.quotas.ports import MeteredWork
from domain.handoff.entry import Attendant, Entry
from domain.shared.ids import ConversationId, MessageId


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person's next answer stands among all answers of the conversation."""

    answers_to: MessageId
    step: int


class Desk(Protocol):
    """The book of one company; the conversation's row must be locked by whoever asks for a place."""

    async def write(self, conversation: ConversationId, entry: Entry) -> None: ...

    async def next_place(self, conversation: ConversationId) -> Place: ...

    async def sign(self, conversation: ConversationId, place: Place, by: Attendant, request: str) -> None:
        """Say who wrote the answer at that place, and which request it came with."""

    async def has_answered(self, conversation: ConversationId, request: str) -> bool: ...

    async def newest_message(self, conversation: ConversationId) -> MessageId: ...


class HandoffWork(OutboxWork, Protocol):
    @property
    def conversations(self) -> Conversations: ...

    @property
    def desk(self) -> Desk: ...


class SummaryWork(HandoffWork, MeteredWork, Protocol):
    """Reading costs: what a summary takes of the plan is counted with it."""
