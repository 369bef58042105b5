"""The words by which whatsapp-web.js, Baileys and the forks' own tables name a kind of message."""

from __future__ import annotations

from typing import Final

from adapters.whaticket import reasons
from domain.conversations.inbound import Kind

KINDS: Final = {
    "chat": Kind.TEXT,
    "text": Kind.TEXT,
    "conversation": Kind.TEXT,
    "extendedtext": Kind.TEXT,
    "buttons_response": Kind.TEXT,
    "template_button_reply": Kind.TEXT,
    "list_response": Kind.TEXT,
    "ptt": Kind.AUDIO,
    "audio": Kind.AUDIO,
    "voice": Kind.AUDIO,
    "image": Kind.IMAGE,
    "video": Kind.VIDEO,
    "ptv": Kind.VIDEO,
    "document": Kind.DOCUMENT,
    "application": Kind.DOCUMENT,
    "sticker": Kind.STICKER,
    "location": Kind.LOCATION,
    "vcard": Kind.CONTACT,
    "multi_vcard": Kind.CONTACT,
    "contact": Kind.CONTACT,
}
"""Some forks keep the first half of the MIME type, hence "application" and, for a text file, "text"."""

SILENT: Final = {
    "reaction": reasons.REACTION,
    "protocol": reasons.PROTOCOL,
    "revoked": reasons.REVOKE,
    "ciphertext": reasons.STUB,
    "debug": reasons.STUB,
    "call_log": reasons.CALL,
    "poll_creation": reasons.POLL,
    "poll_vote": reasons.POLL,
    "e2e_notification": reasons.PROTOCOL,
    "notification": reasons.PROTOCOL,
    "notification_template": reasons.PROTOCOL,
    "gp2": reasons.GROUP,
    "group_notification": reasons.GROUP,
    "broadcast_notification": reasons.BROADCAST,
}
"""Nothing that a contact says."""


def plain(stated: object) -> str:
    """The word in lower case without Baileys' ending: "audioMessage" is "audio"; "" for what is no word."""
    return stated.lower().removesuffix("message") if isinstance(stated, str) and len(stated) <= 40 else ""
