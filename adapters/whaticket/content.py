"""What a message says, whatever carried it; each family's reader ends here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from adapters.whaticket import reasons, wire
from domain.conversations.inbound import Chat, Ignored, Inbound, InboundMessage, Kind, MediaRef, StaffMessage

USUAL_MIME: Final = {
    Kind.AUDIO: "audio/ogg",
    Kind.IMAGE: "image/jpeg",
    Kind.VIDEO: "video/mp4",
    Kind.STICKER: "image/webp",
}
MIME_BY_ENDING: Final = {
    "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg", "mp3": "audio/mpeg", "m4a": "audio/mp4",
    "aac": "audio/aac", "wav": "audio/wav", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png",
    "webp": "image/webp", "gif": "image/gif", "mp4": "video/mp4", "3gp": "video/3gpp",
    "pdf": "application/pdf",
}  # fmt: skip
ANY_MIME: Final = "application/octet-stream"

WORDLESS: Final = {Kind.AUDIO, Kind.STICKER}
"""Whaticket writes a file name or "Áudio" where these have no words; a contact never said that."""

LONGEST_FILENAME: Final = 255
CONTACTS_NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class Content:
    """The part of a message that does not depend on who sent it."""

    kind: Kind
    text: str = ""
    media: MediaRef | None = None
    quoted_id: str | None = None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The rest: which message it is, when it was sent, by whom, and what Whaticket makes of it."""

    external_id: str | None = None
    sent_at: datetime | None = None
    name: str | None = None
    ticket_id: str | None = None
    ticket_person: bool = False
    from_me: bool = False


def delivered(chat: Chat, content: Content | Ignored, around: Circumstances) -> Inbound:
    """The message in our words; one without words and without a medium is nothing."""
    if isinstance(content, Ignored):
        return content
    if content.kind is Kind.TEXT and not content.text:
        return reasons.EMPTY
    if around.from_me:
        return StaffMessage(chat, content.text, around.external_id, around.sent_at)
    return InboundMessage(
        chat=chat,
        kind=content.kind,
        text="" if content.kind in WORDLESS else content.text,
        external_id=around.external_id,
        sent_at=around.sent_at,
        name=around.name,
        media=content.media,
        quoted_id=content.quoted_id,
        ticket_id=around.ticket_id,
        ticket_person=around.ticket_person,
    )


def mime_of(stated: object, *, kind: Kind, url: str) -> str:
    """The bare type: without "; codecs=opus", and completed where a fork keeps only its first half."""
    bare = wire.words(stated, limit=100).partition(";")[0].strip().lower()
    if bare.count("/") == 1:
        return bare
    return MIME_BY_ENDING.get(_ending(url)) or USUAL_MIME.get(kind, ANY_MIME)


def filename(value: object) -> str | None:
    """A file's own name without the path somebody may have put before it."""
    whole = wire.words(value, limit=4 * LONGEST_FILENAME)
    return whole.replace("\\", "/").rpartition("/")[2][:LONGEST_FILENAME] or None


def place(*, title: object, address: object, latitude: object, longitude: object) -> str:
    """A location in words, or else its coordinates; "" when it has neither."""
    named = [found for found in (wire.words(title), wire.words(address)) if found]
    if named:
        return ", ".join(dict.fromkeys(named))
    if isinstance(latitude, int | float) and isinstance(longitude, int | float):
        return f"{latitude}, {longitude}"
    return ""


def _ending(url: str) -> str:
    try:
        return urlsplit(url).path.rpartition(".")[2].lower()
    except ValueError:  # "http://[" is no address at all
        return ""
