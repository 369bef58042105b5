"""What conversations need of the world: the people, the talk itself, what is to be sent, and a short memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from application.agenda.chat.ports import BookingTalks
from application.assistant.ports import Completion, Utterance
from application.conversations.ending import Ending
from application.delivery.outbox import OutboxWork
from application.quotas.ports import MeteredWork
from domain.assistant.persona import Persona
from domain.conversations.conversation import Conversation
from domain.conversations.inbound import Chat, InboundMessage, StaffMessage
from domain.conversations.loop_guard import Line
from domain.conversations.turn import Burst, Heard, Unanswered
from domain.reminders.notices import Open, OpenNotice, Replied
from domain.shared.errors import NotFound
from domain.shared.ids import (
    AddressId,
    ConnectionId,
    ContactId,
    ConversationId,
    EnvelopeId,
    MessageId,
    TenantId,
)


@dataclass(frozen=True, slots=True)
class Recognized:
    """`joined`: two contacts turned out to be one just now, and what waited in one conversation waits in the other."""

    contact: ContactId
    joined: bool = False


class Contacts(Protocol):
    async def recognize(self, address: AddressId, chat: Chat, name: str | None) -> Recognized:
        """The person behind an address: known, learned now, or two who turn out to be one and are joined."""

    async def name_of(self, contact: ContactId) -> str | None: ...

    async def phone_of(self, contact: ContactId) -> str | None:
        """In E.164, where WhatsApp shows it."""


class ConversationNotFound(NotFound):
    """No conversation of this company has that id."""


class MessageState(StrEnum):
    WAITING = "waiting"  # for the assistant's next turn
    ANSWERED = "answered"
    UNANSWERED = "unanswered"  # on purpose: a person has the conversation, too old, over the limit


class Conversations(Protocol):
    async def with_contact(self, connection: ConnectionId, contact: ContactId, reply_to: str) -> Conversation:
        """The conversation, begun if there was none, and locked until the work ends."""

    async def get(self, id: ConversationId, *, lock: bool = False) -> Conversation:
        """Raises ConversationNotFound."""

    async def save(self, conversation: Conversation) -> None: ...

    async def add(
        self,
        conversation: ConversationId,
        envelope: EnvelopeId,
        message: InboundMessage,
        *,
        state: MessageState,
        reason: Unanswered | None,
        received_at: datetime,
    ) -> MessageId: ...

    async def add_staff(
        self,
        conversation: ConversationId,
        envelope: EnvelopeId,
        message: StaffMessage,
        *,
        received_at: datetime,
    ) -> None: ...

    async def waiting(self, id: ConversationId, *, also_given_up: bool = False) -> Sequence[Heard]:
        """What waits for an answer, in order of arrival; with what was given up on, when a person asks for another try."""

    async def settle(self, ids: Sequence[MessageId], state: MessageState, *, reason: Unanswered | None = None) -> None:
        """These messages wait no more."""

    async def await_answers(self, id: ConversationId, *, since: datetime) -> bool:
        """A person gave the conversation back: what the contact said since then, and after everybody else, waits again.

        False when it is not the contact who spoke last.
        """

    async def told_before(self, id: ConversationId, before: MessageId, limit: int) -> Sequence[Utterance]:
        """The last `limit` things said before that message, oldest first."""

    async def lines(self, id: ConversationId, limit: int) -> Sequence[Line]:
        """The last `limit` lines with their times, oldest first."""

    async def version_before(self, id: ConversationId, before: MessageId) -> int:
        """The newest message before that one: a memory that knows it is up to date."""

    async def answered_since(self, contact: ContactId, since: datetime) -> int:
        """How many messages of this contact, on whichever connection, came since then and were answered."""

    async def count_model_calls(self, id: ConversationId, rung: str, calls: Sequence[Completion]) -> None:
        """Write down what a turn cost, with the rung of the ladder it ended on."""


class OpenNotices(Protocol):
    """What we asked somebody without having been asked, and is not answered yet."""

    async def open_in(self, conversation: ConversationId, now: datetime, heard: MessageId) -> Sequence[OpenNotice]:
        """The newest first, without those that were asked in answer to `heard` itself."""

    async def reply_to(self, conversation: ConversationId, message: MessageId) -> Replied | None:
        """What was said already to what ended with that message."""


class ConversationWork(OutboxWork, MeteredWork, Protocol):
    @property
    def contacts(self) -> Contacts: ...

    @property
    def conversations(self) -> Conversations: ...

    @property
    def booking_talks(self) -> BookingTalks: ...

    @property
    def notices(self) -> OpenNotices: ...

    async def persona(self) -> Persona: ...


@dataclass(frozen=True, slots=True)
class Recollection:
    """What was said lately, true as long as `version` is the newest message before the burst."""

    version: int
    said: tuple[Utterance, ...]


class Answers(Protocol):
    """What contacts answer to what they were asked."""

    async def __call__(self, tenant: TenantId, conversation: Conversation, burst: Burst, asked: Open) -> Ending | None:
        """How the turn ends, where this answers a question of ours; None leaves it to the model. Asked again about the same
        burst it says the same again.
        """


class Memory(Protocol):
    """Short memory with a time to live. It may forget at any moment, and never raises: PostgreSQL knows everything."""

    async def recall(self, tenant: TenantId, conversation: ConversationId) -> Recollection | None: ...

    async def remember(self, tenant: TenantId, conversation: ConversationId, recollection: Recollection) -> None: ...
