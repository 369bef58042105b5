"""The rows that wait to be sent: first in, first out, one at a time for each conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from application.shared.ports import Work
from domain.delivery.outgoing import Origin, Outcome, Outgoing
from domain.shared.errors import NotFound
from domain.shared.ids import ConnectionId, ConversationId, MessageId, OutgoingId

BELOW_ALL: Final = MessageId(-(2**40))
"""What is said unasked answers this number less its own: no message has it, and nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an outgoing message goes."""

    connection: ConnectionId
    address: str
    ticket_id: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in answer to everything up to a message; each text is sent as a message of its own.

    `first_step` tells two answers to the same message apart, where there may be two.
    """

    conversation: ConversationId
    answers_to: MessageId
    texts: tuple[str, ...]
    origin: Origin
    correlation: str
    first_step: int = 0


@dataclass(frozen=True, slots=True)
class Following:
    """Whose turn it is after another message; `goes_on` when it is the next part of the same reply."""

    id: OutgoingId
    characters: int
    goes_on: bool


class OutgoingNotFound(NotFound):
    """No outgoing message of this company has that id."""


class Outbox(Protocol):
    """The conversation's row must be locked by the caller: that is what keeps the order."""

    async def put(self, words: Words) -> OutgoingId | None:
        """Queue the words as the one answer to everything up to a message.

        Returns the message whose turn it is to be sent, or None when an earlier one is still under way. An earlier one that
        is said unasked and was not yet tried has its turn now: an answer waits behind it. A second answer to the same
        message is not stored.
        """

    async def get(self, id: OutgoingId) -> Outgoing:
        """Raises OutgoingNotFound."""

    async def addressed(self, id: OutgoingId) -> tuple[Outgoing, Destination]:
        """The message and where it goes. Raises OutgoingNotFound."""

    async def save(self, outgoing: Outgoing) -> None: ...

    async def record(self, outgoing: Outgoing, outcome: Outcome, *, error: str | None, seconds: float | None) -> None:
        """Save what became of an attempt, with its line in the delivery log."""

    async def next_in_line(self, conversation: ConversationId) -> OutgoingId | None:
        """The first unfinished message, if any."""

    async def next_after(self, outgoing: Outgoing) -> Following | None:
        """The first unfinished message of the same conversation, if any: `outgoing` itself while it is not settled."""

    async def same_text_arrived(self, outgoing: Outgoing, since: datetime) -> int:
        """How many other messages with exactly this text surely arrived in this conversation since then."""

    async def is_ours(self, conversation: ConversationId, text: str, external_id: str | None, since: datetime) -> bool:
        """Whether something our number said is a message of ours coming back."""

    async def told_lately(self, conversation: ConversationId, text: str, since: datetime) -> bool: ...


class OutboxWork(Work, Protocol):
    @property
    def outbox(self) -> Outbox: ...


class DeliveryWork(OutboxWork, Protocol):
    async def lock_conversation_of(self, id: OutgoingId) -> ConversationId:
        """Hold the order of the conversation the message is in now, until the work ends.

        Conversations are joined when two contacts turn out to be one. Raises OutgoingNotFound.
        """
