"""By what a webhook is recognised when it comes again: WhatsApp's own id, or what it says and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from domain.conversations.inbound import InboundMessage, StaffMessage, TicketMoved

BUCKET: Final = 10
"""Seconds within which the same words without an id are one message, give or take a bucket."""

LONGEST_ID: Final = 200
"""WhatsApp's ids have some twenty characters; a made-up one may not outgrow the index."""


@dataclass(frozen=True, slots=True)
class EnvelopeKeys:
    """Two webhooks of one connection and `address` are one if their `key` is equal.

    Where the dialect has no id, one kept under `previous_key` is the same too: the bucket turned between.
    """

    address: str
    key: str
    previous_key: str | None = None


def keys_of(inbound: InboundMessage | StaffMessage | TicketMoved, *, received_at: datetime) -> EnvelopeKeys:
    """The contact's, the staff's and the ticket's keys never meet."""
    address = inbound.chat.address
    match inbound:
        case InboundMessage():
            said = (inbound.ticket_id, address, inbound.text, inbound.media.url if inbound.media else None)
            return _keys(address, "message", inbound.external_id, said, received_at)
        case StaffMessage():
            return _keys(address, "staff", inbound.external_id, (address, inbound.text), received_at)
        case TicketMoved():
            return _keys(address, "ticket", inbound.event_id, (address, inbound.move), received_at)


def _keys(
    address: str, prefix: str, known: str | None, said: tuple[str | None, ...], received_at: datetime
) -> EnvelopeKeys:
    if known:
        return EnvelopeKeys(address, f"{prefix}:id:{known if len(known) <= LONGEST_ID else _digest((known,))}")
    bucket = int(received_at.timestamp()) // BUCKET
    digest = _digest(said)
    return EnvelopeKeys(
        address, f"{prefix}:said:{digest}:{bucket}", previous_key=f"{prefix}:said:{digest}:{bucket - 1}"
    )


def _digest(parts: tuple[str | None, ...]) -> str:
    """Lengths go in as well, so that no text can be cut elsewhere and give the same digest."""
    digest = sha256()
    for part in parts:
        octets = b"" if part is None else part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % (-1 if part is None else len(octets)) + octets)
    return digest.hexdigest()
