"""What delivery needs of the world: a channel that says clearly what became of a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from domain.shared.errors import Refused, SecretariaError, Unavailable
from domain.shared.ids import ConnectionId, OutgoingId, TenantId

NO_NUMBER: Final = OutgoingId(0)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to be sent. `to` is the chat address exactly as it was received ("55...@s.whatsapp.net", "...@lid").

    `phone` is the number known to be behind a hidden address ("+5531987654321"): most dialects can send to nothing else.
    `number` is by which a turn is kept for it. `unasked`: nobody waits for it, and it leaves room for those who do. `again`:
    it had its turn before, and did not arrive.
    """

    tenant: TenantId
    connection: ConnectionId
    to: str
    text: str
    ticket_id: str | None = None
    phone: str | None = None
    number: OutgoingId = NO_NUMBER
    unasked: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel took it. `external_id` where the dialect tells one; `queued` when "taken" does not yet mean "sent"."""

    external_id: str | None = None
    queued: bool = False


class ChannelUnavailable(Unavailable):
    """Surely not sent, and worth another try: refused before sending, 429, session away, breaker open."""


class ChannelRefused(Refused):
    """Surely not sent, and another try cannot help: the number has no WhatsApp, the text is not accepted."""


class ChannelMisconfigured(SecretariaError):
    """Surely not sent: token or login refused after a fresh login. A person must mend the connection."""


class ChannelUnknown(SecretariaError):
    """A time-out or a broken answer after the request left: it may or may not have been sent."""


class Channel(Protocol):
    """The way out to a contact."""

    async def send(self, letter: Letter) -> Sent:
        """Raises ChannelUnavailable, ChannelRefused, ChannelMisconfigured or ChannelUnknown, and nothing else."""

    async def was_sent(self, letter: Letter, *, since: datetime, known: int) -> bool | None:
        """Look the letter up at the other side, after an unknown result.

        `known` is how many messages with exactly this text we know to have arrived in this chat since `since`: more than
        that at the other side means that this one arrived too. None where the dialect cannot tell.
        Raises ChannelUnavailable when the other side cannot be asked now.
        """


class Pacing(Protocol):
    """How fast a connection and a contact may be written to."""

    async def wait(self, letter: Letter) -> float:
        """Seconds to wait before this letter may go. 0 takes the turn: the letter must then be sent or the turn is lost."""
