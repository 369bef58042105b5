"""What someone said and all that a webhook about it may need, before it takes the shape of any family."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import msgspec

from ops.sandbox.whaticket.lines import Line
from ops.sandbox.whaticket.records import Contact, Media, Message, Ticket

Kind = Literal[
    "text", "audio", "image", "video", "document", "sticker", "location", "contact", "reaction", "edit",
    "revoke", "poll", "live_location", "buttons", "list", "protocol", "status", "empty",
]  # fmt: skip
Wrapper = Literal["ephemeral", "view_once", "view_once_v2"]
Signature = Literal["valid", "wrong", "missing", "stale", "future"]
MEDIA_KINDS = frozenset({"audio", "image", "video", "document", "sticker"})


class Say(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The body of `/say`; the package's docstring tells what each field does."""

    phone: str
    name: str = ""
    text: str = ""
    kind: Kind = "text"
    fragments: list[str] = []
    gap_ms: float = 0.0
    order: list[int] = []
    times: int = 1
    id: str = ""
    target: str = ""
    quoted: str = ""
    timestamp: int = 0
    age_seconds: int = 0
    wrapper: Wrapper | None = None
    lid: str | None = None
    with_pn: bool = False
    group: str = ""
    from_me: bool = False
    media: Media | None = None
    signature: Signature = "valid"
    signature_age: int = 0
    force: bool = False
    deliver: bool = True
    wait: bool = True


@dataclass(frozen=True, slots=True)
class Stored:
    """A media file as the families tell of it: an encrypted blob for A, a public file for the rest."""

    path: str = ""
    enc_path: str = ""
    mime: str = ""
    filename: str = ""
    size: int = 0
    seconds: int = 0
    key: str = ""
    sha256: str = ""
    enc_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message on its way into a webhook. `origin` is the sandbox's own URL, where media can be fetched."""

    line: Line
    message: Message
    contact: Contact
    ticket: Ticket | None
    said: Say
    origin: str
    from_me: bool = False
    stored: Stored = field(default_factory=Stored)
