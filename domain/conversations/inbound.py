"""What can reach us from WhatsApp, in our own words: a message, a staff member's message, a ticket that moved, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.shared.phone import Phone


class Kind(StrEnum):
    """What a message is made of; anything we cannot use yet is UNSUPPORTED and answered politely."""

    TEXT = "text"
    AUDIO = "audio"
    IMAGE = "image"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Chat:
    """Where a contact writes from, and where the reply must go: exactly the address received.

    `address` is WhatsApp's own form, lower case, without device part: "5531987654321@s.whatsapp.net", or "...@lid".
    `phone` is the canonical number behind it, when the payload proves one; the digits of a LID never become a phone.
    `lid` is the hidden id when the payload shows it beside the number: both are the same person.
    """

    address: str
    phone: Phone | None = None
    lid: str | None = None


@dataclass(frozen=True, slots=True)
class MediaRef:
    """Where the bytes of a media message can be had: `url` as received; `key` is the base64 decryption key, if any."""

    url: str
    mime: str
    key: str | None = None
    sha256: str | None = None
    seconds: int | None = None
    filename: str | None = None


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """A contact's message, ready to be kept. `external_id` is WhatsApp's id, absent where the dialect has none.

    `sent_at` is WhatsApp's clock in UTC with one-second resolution, or None where the dialect has none.
    `text` is what can be read of it: the words, a caption, a button's label, a place's name; "" for a bare medium.
    `ticket_person` says that Whaticket has a person assigned to this ticket (a reason to stay silent).
    """

    chat: Chat
    kind: Kind
    text: str
    external_id: str | None = None
    sent_at: datetime | None = None
    name: str | None = None
    media: MediaRef | None = None
    quoted_id: str | None = None
    ticket_id: str | None = None
    ticket_person: bool = False


@dataclass(frozen=True, slots=True)
class StaffMessage:
    """Something our own number sent: our reply coming back as an echo, or a person answering from panel or phone."""

    chat: Chat
    text: str
    external_id: str | None = None
    sent_at: datetime | None = None


class TicketMove(StrEnum):
    """What happened to a ticket at Whaticket."""

    ASSIGNED = "assigned"  # a person took it
    RELEASED = "released"  # back to the pool, nobody owns it
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class TicketMoved:
    """A ticket changed hands at Whaticket. `event_id` identifies the event where the dialect can."""

    chat: Chat
    move: TicketMove
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing for us to do, and why: a short fixed word such as "group" or "reaction" (it labels a metric)."""

    reason: str


Inbound = InboundMessage | StaffMessage | TicketMoved | Ignored
