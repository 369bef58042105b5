"""What intake needs of the world: a place to keep webhooks before they are acknowledged, and someone who can read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from application.conversations.ports import ConversationWork
from domain.conversations.inbound import Inbound
from domain.shared.errors import Unavailable
from domain.shared.ids import AddressId, ConnectionId, EnvelopeId, TenantId


class InboxAway(Unavailable):
    """The database cannot keep anything now: nothing may be acknowledged."""


class Dialects(Protocol):
    """Reads every Whaticket dialect."""

    def read(self, body: bytes) -> Inbound:
        """Raises Invalid, naming the field."""

    def without_secrets(self, body: bytes) -> str:
        """The same payload, still readable, without keys, tokens and bulk."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A webhook on its way to be kept. `key` and `previous_key`: see domain.intake.envelope.

    `said_at` is WhatsApp's clock, where the dialect has one: the same in every repeat.
    """

    tenant: TenantId
    connection: ConnectionId
    address: str
    key: str
    previous_key: str | None
    body: str
    limited: bool
    correlation: str
    said_at: datetime | None = None


class Inbox(Protocol):
    async def keep(self, envelope: Envelope) -> bool:
        """Durable when this returns; False when it had been kept before. Raises InboxAway."""


@dataclass(frozen=True, slots=True)
class KeptEnvelope:
    id: EnvelopeId
    connection: ConnectionId
    body: str
    limited: bool
    correlation: str
    received_at: datetime


class Envelopes(Protocol):
    async def kept(self, address: AddressId, limit: int) -> Sequence[KeptEnvelope]:
        """What has not been read yet from that address, oldest first."""

    async def read(self, id: EnvelopeId) -> None: ...

    async def unreadable(self, id: EnvelopeId) -> None: ...


class IntakeWork(ConversationWork, Protocol):
    @property
    def envelopes(self) -> Envelopes: ...
