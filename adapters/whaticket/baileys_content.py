"""The content of a Baileys message: one known key among others, at times inside wrappers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from adapters.whaticket import reasons, wire
from adapters.whaticket.content import CONTACTS_NAMED, Content, filename, mime_of, place
from adapters.whaticket.encodings import base64_of, integer
from adapters.whaticket.wire import Node
from domain.conversations.inbound import Ignored, Kind, MediaRef

WRAPPERS: Final = (
    "ephemeralMessage",
    "viewOnceMessage",
    "viewOnceMessageV2",
    "viewOnceMessageV2Extension",
    "documentWithCaptionMessage",
    "editedMessage",
    "associatedChildMessage",
    "groupStatusMessage",
    "groupStatusMessageV2",
    "deviceSentMessage",
)
DEEPEST_WRAPPING: Final = 5
MEDIA_HOST: Final = "https://mmg.whatsapp.net"
PLACEHOLDER_HOST: Final = "https://web.whatsapp.net"
VCARD_NUMBER: Final = re.compile(r"waid=([0-9]{7,15})")
LONGEST_VCARD: Final = 8_000

SILENT: Final = {
    "protocolMessage": reasons.PROTOCOL,
    "reactionMessage": reasons.REACTION,
    "encReactionMessage": reasons.REACTION,
    "pollUpdateMessage": reasons.POLL,
    "pollCreationMessage": reasons.POLL,
    "pollCreationMessageV2": reasons.POLL,
    "pollCreationMessageV3": reasons.POLL,
    "pollResultSnapshotMessage": reasons.POLL,
    "keepInChatMessage": reasons.PROTOCOL,
    "pinInChatMessage": reasons.PROTOCOL,
    "secretEncryptedMessage": reasons.PROTOCOL,
    "placeholderMessage": reasons.STUB,
    "albumMessage": reasons.EMPTY,  # only announces pictures that come one by one
    "call": reasons.CALL,
    "callLogMesssage": reasons.CALL,  # sic: the protocol has three "s"
    "bcallMessage": reasons.CALL,
}
"""Nothing that a contact says, and nothing to answer."""

BESIDE_CONTENT: Final = {
    "messageContextInfo",
    "senderKeyDistributionMessage",
    "fastRatchetKeySenderKeyDistributionMessage",
    *wire.BULKY,
}
ABSENT: Final = (None, "")
PROTOCOL_KINDS: Final = {
    "REVOKE": reasons.REVOKE,
    0: reasons.REVOKE,
    "MESSAGE_EDIT": reasons.EDIT,
    14: reasons.EDIT,
}


def content_of(message: Node, *, at: str) -> Content | Ignored:
    """What the message says, or why there is nothing to answer. Raises UnreadableWebhook naming the field."""
    message, at = _unwrapped(message, at)
    if ".editedMessage." in at:
        return reasons.EDIT
    for key, value in message.items():
        if key in READERS and value not in ABSENT:
            return _read(key, message, at)
    for key, value in message.items():
        if key in SILENT and value is not None:
            return _silent(key, value)
    unknown = any(isinstance(value, dict) and key not in BESIDE_CONTENT for key, value in message.items())
    return Content(Kind.UNSUPPORTED) if unknown else reasons.EMPTY


def _unwrapped(message: Node, at: str) -> tuple[Node, str]:
    for _ in range(DEEPEST_WRAPPING):
        for wrapper in WRAPPERS:
            inside = message.get(wrapper)
            inner = inside.get("message") if isinstance(inside, dict) else None
            if isinstance(inner, dict):
                message, at = inner, f"{at}.{wrapper}.message"
                break
        else:
            break
    return message, at


def _read(key: str, message: Node, at: str) -> Content:
    if key == "conversation":
        return Content(Kind.TEXT, wire.text(message[key], field=f"{at}.conversation"))
    part = wire.required_child(message, key, at=f"{at}.")
    kind, reader = READERS[key]
    text = reader(part, f"{at}.{key}")
    return Content(kind, text, _media(part, kind) if kind in MEDIA_KINDS else None, _quoted(part))


def _silent(key: str, value: object) -> Ignored:
    told = value.get("type") if key == "protocolMessage" and isinstance(value, dict) else None
    return PROTOCOL_KINDS.get(told, SILENT[key]) if isinstance(told, str | int) else SILENT[key]


def _quoted(part: Node) -> str | None:
    context = wire.child(part, "contextInfo")
    stanza = context.get("stanzaId") if context else None
    return stanza if isinstance(stanza, str) and wire.ID.fullmatch(stanza) else None


def _media(part: Node, kind: Kind) -> MediaRef | None:
    url = _media_url(part)
    if url is None:
        return None
    return MediaRef(
        url=url,
        mime=mime_of(part.get("mimetype"), kind=kind, url=url),
        key=base64_of(part.get("mediaKey")),
        sha256=base64_of(part.get("fileSha256")),
        seconds=integer(part.get("seconds")),
        filename=filename(part.get("fileName")),
    )


def _media_url(part: Node) -> str | None:
    """Newer clients put a placeholder into `url`; then the path is the true one."""
    stated, path = wire.url(part.get("url")), part.get("directPath")
    if stated and not stated.startswith(PLACEHOLDER_HOST):
        return stated
    behind = f"{MEDIA_HOST}{path}" if isinstance(path, str) and path.startswith("/") else None
    return wire.url(behind) or stated


def _nothing(_part: Node, _at: str) -> str:
    return ""


def _text(part: Node, at: str) -> str:
    return wire.text(part.get("text"), field=f"{at}.text")


def _caption(part: Node, at: str) -> str:
    return wire.text(part.get("caption"), field=f"{at}.caption")


def _document(part: Node, at: str) -> str:
    return _caption(part, at) or wire.words(part.get("fileName")) or wire.words(part.get("title"))


def _place(part: Node, _at: str) -> str:
    return place(
        title=part.get("name"),
        address=part.get("address"),
        latitude=part.get("degreesLatitude"),
        longitude=part.get("degreesLongitude"),
    )


def _contact(part: Node, _at: str) -> str:
    vcard = part.get("vcard")
    number = VCARD_NUMBER.search(vcard[:LONGEST_VCARD]) if isinstance(vcard, str) else None
    shown = wire.words(part.get("displayName"), limit=wire.LONGEST_NAME)
    return " ".join(filter(None, (shown, f"(+{number[1]})" if number else "")))


def _contacts(part: Node, at: str) -> str:
    listed = part.get("contacts")
    cards = listed[:CONTACTS_NAMED] if isinstance(listed, list) else []
    return ", ".join(filter(None, (_contact(card, at) for card in cards if isinstance(card, dict))))


def _button(part: Node, at: str) -> str:
    label = wire.text(part.get("selectedDisplayText"), field=f"{at}.selectedDisplayText")
    return label or wire.words(part.get("selectedButtonId")) or wire.words(part.get("selectedId"))


def _list(part: Node, at: str) -> str:
    row = wire.child(part, "singleSelectReply") or {}
    return wire.text(part.get("title"), field=f"{at}.title") or wire.words(row.get("selectedRowId"))


def _interactive(part: Node, at: str) -> str:
    body = wire.child(part, "body") or {}
    said = wire.text(body.get("text"), field=f"{at}.body.text")
    flow = wire.child(part, "nativeFlowResponseMessage") or {}
    return said or _chosen(flow.get("paramsJson"))


def _chosen(params: object) -> str:
    """The label, or else the id, of what was chosen: it comes as JSON within a string."""
    if not isinstance(params, str) or len(params) > wire.LONGEST_TEXT:
        return ""
    try:
        chosen = wire.decode(params.encode())
    except wire.UnreadableWebhook:
        return ""
    return next(filter(None, (wire.words(chosen.get(field)) for field in ("display_text", "title", "id"))), "")


MEDIA_KINDS: Final = {Kind.AUDIO, Kind.IMAGE, Kind.VIDEO, Kind.DOCUMENT, Kind.STICKER}

READERS: Final[dict[str, tuple[Kind, Callable[[Node, str], str]]]] = {
    "conversation": (Kind.TEXT, _nothing),
    "extendedTextMessage": (Kind.TEXT, _text),
    "imageMessage": (Kind.IMAGE, _caption),
    "videoMessage": (Kind.VIDEO, _caption),
    "ptvMessage": (Kind.VIDEO, _caption),
    "audioMessage": (Kind.AUDIO, _nothing),
    "documentMessage": (Kind.DOCUMENT, _document),
    "stickerMessage": (Kind.STICKER, _nothing),
    "locationMessage": (Kind.LOCATION, _place),
    "liveLocationMessage": (Kind.LOCATION, _place),
    "contactMessage": (Kind.CONTACT, _contact),
    "contactsArrayMessage": (Kind.CONTACT, _contacts),
    "buttonsResponseMessage": (Kind.TEXT, _button),
    "templateButtonReplyMessage": (Kind.TEXT, _button),
    "listResponseMessage": (Kind.TEXT, _list),
    "interactiveResponseMessage": (Kind.TEXT, _interactive),
}
