"""Conversations as a person looks at them: the list, one talk line by line, the contact's card. Reading only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from application.shared.ports import Work
from domain.conversations.conversation import Holder, Reason
from domain.conversations.turn import Unanswered
from domain.delivery.outgoing import State
from domain.handoff.entry import EntryKind
from domain.shared.ids import ContactId, ConversationId


class Voice(StrEnum):
    """Whose words a line is."""

    CONTACT = "contact"
    ASSISTANT = "assistant"
    PERSON = "person"
    """Somebody of the team at our panel."""
    STAFF = "staff"
    """Somebody of the team at Whaticket or on the telephone."""
    DESK = "desk"
    """Nobody said it: a note, or what a person did with the conversation."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list begins: behind this one."""

    at: datetime
    id: ConversationId


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which conversations are looked for. `words` is what was typed: a name, a number, something that was said."""

    holder: Holder | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class TalkRow:
    """One conversation in the list. `said` is the last thing said, `voice` who said it."""

    id: ConversationId
    name: str | None
    phone: str | None
    holder: Holder
    reason: Reason | None
    held_since: datetime
    at: datetime
    said: str
    voice: Voice | None
    state: State | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a talk. `key` is its name among all lines; `kind` what a message or an entry is made of.

    `state`, `attempts` and `trouble` tell of a message on its way out; `unanswered` why the assistant kept silent.
    """

    key: str
    at: datetime
    voice: Voice
    text: str
    kind: str
    who: str | None = None
    state: State | None = None
    attempts: int = 0
    trouble: str | None = None
    unanswered: Unanswered | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """Where an earlier page of a talk ends: the instant and key of the first line shown."""

    at: datetime
    key: str


@dataclass(frozen=True, slots=True)
class Card:
    """The contact and who holds the talk. `keeper` is the person of the panel who has it now."""

    conversation: ConversationId
    contact: ContactId
    name: str | None
    phone: str | None
    connection: str
    holder: Holder
    reason: Reason | None
    held_since: datetime
    keeper: str | None
    first_seen: datetime
    messages: int
    answers: int


class TalkViews(Protocol):
    """The talks of the company whose work is open."""

    async def count(self) -> dict[Holder, int]: ...

    async def waiting(self) -> int:
        """How many wait for a person."""

    async def pulse(self) -> str:
        """Another one after anything that the list shows was written."""

    async def pulse_of(self, id: ConversationId) -> str:
        """The same of one conversation's page."""

    async def rows(self, wanted: Wanted, *, after: Place | None, limit: int) -> Sequence[TalkRow]:
        """Newest first."""

    async def card(self, id: ConversationId) -> Card:
        """Raises ConversationNotFound."""

    async def lines(self, id: ConversationId, *, before: Before | None, limit: int) -> Sequence[Line]:
        """The last `limit` lines before that place, oldest first."""

    async def entries(self, id: ConversationId, kind: EntryKind, limit: int) -> Sequence[Line]:
        """The newest of the team's own entries of one kind, newest first."""


class LookingWork(Work, Protocol):
    @property
    def talks(self) -> TalkViews: ...
