"""The insides of a Baileys message, kind by kind, in the JSON that protobufjs makes of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ops.sandbox.whaticket.spoken import Spoken

Shape = dict[str, Any]
META: Final[Shape] = {"messageContextInfo": {"deviceListMetadataVersion": 2, "messageSecret": "BwcHBw=="}}
BARE: Final = frozenset({"empty", "protocol", "reaction", "revoke", "edit", "poll"})
SOMEBODY: Final = "Bruno Lima"
WRAPPERS: Final = {
    "ephemeral": "ephemeralMessage",
    "view_once": "viewOnceMessage",
    "view_once_v2": "viewOnceMessageV2",
}


def raw(spoken: Spoken) -> Shape:
    """The whole `IWebMessageInfo` as family A posts it."""
    message, said = spoken.message, spoken.said
    whole: Shape = {
        "key": _key(spoken),
        "messageTimestamp": message.timestamp,
        "pushName": spoken.contact.name,
        "broadcast": said.kind == "status",
    }
    inner = content(spoken)
    if inner is None:
        return whole | {"messageStubType": "CIPHERTEXT", "messageStubParameters": ["Message absent from node"]}
    return whole | {"message": inner}


def content(spoken: Spoken) -> Shape | None:
    """The `message` object; None for a stub without content."""
    said = spoken.said
    if said.kind == "empty":
        return None
    inner = KINDS.get(said.kind, _text)(spoken)
    if said.quoted:
        _quote(inner, spoken)
    if said.wrapper:
        inner = {WRAPPERS[said.wrapper]: {"message": inner}}
    return inner if said.kind in BARE else inner | META


def _key(spoken: Spoken) -> Shape:
    said, message = spoken.said, spoken.message
    phone = f"{spoken.contact.phone}@s.whatsapp.net"
    sender = said.lid or phone
    remote = "status@broadcast" if said.kind == "status" else said.group or sender
    key: Shape = {"remoteJid": remote, "fromMe": spoken.from_me, "id": message.id}
    if remote != sender:
        key["participant"] = sender
    version, lid = spoken.line.setup.baileys, spoken.contact.lid
    if version == "7":
        key["addressingMode"] = "lid" if said.lid else "pn"
    if not said.with_pn:
        return key
    alternative = phone if said.lid else lid
    in_group = bool(said.group)
    if version == "6.7.19":
        key["participantPn" if in_group else "senderPn"] = phone
    elif version == "zapitu":
        key["sender_pn"] = phone
    elif version == "7" and alternative:
        key["participantAlt" if in_group else "remoteJidAlt"] = alternative
    return key


def _quote(inner: Shape, spoken: Spoken) -> None:
    context = {
        "stanzaId": spoken.said.quoted,
        "participant": f"{spoken.line.setup.own_number}@s.whatsapp.net",
        "quotedMessage": {"conversation": "…"},
    }
    if "conversation" in inner:
        inner["extendedTextMessage"] = {"text": inner.pop("conversation"), "contextInfo": context}
    else:
        next(iter(inner.values()))["contextInfo"] = context


def _text(spoken: Spoken) -> Shape:
    return {"conversation": spoken.message.text}


def _file(spoken: Spoken, **more: object) -> Shape:
    stored = spoken.stored
    return {
        "url": f"{spoken.origin}{stored.enc_path}", "mimetype": stored.mime, "fileSha256": stored.sha256,
        "fileLength": str(stored.size), "mediaKey": stored.key, "fileEncSha256": stored.enc_sha256,
        "directPath": f"{stored.enc_path}?ccb=11-4", "mediaKeyTimestamp": str(spoken.message.timestamp), **more,
    }  # fmt: skip


def _audio(spoken: Spoken) -> Shape:
    return {"audioMessage": _file(spoken, seconds=spoken.stored.seconds, ptt=True, waveform="AwMD")}


def _captioned(name: str) -> Callable[[Spoken], Shape]:
    def build(spoken: Spoken) -> Shape:
        caption = {"caption": spoken.message.text} if spoken.message.text else {}
        return {name: _file(spoken, **caption, jpegThumbnail="/9j/4AAQ")}

    return build


def _document(spoken: Spoken) -> Shape:
    filename = spoken.stored.filename or "documento.pdf"
    document = _file(spoken, title=filename, fileName=filename)
    if not spoken.message.text:
        return {"documentMessage": document}
    inner = {"documentMessage": document | {"caption": spoken.message.text}}
    return {"documentWithCaptionMessage": {"message": inner}}


def _location(spoken: Spoken) -> Shape:
    place = {"degreesLatitude": -23.5614, "degreesLongitude": -46.6559}
    return {"locationMessage": place | {"name": spoken.message.text or "Avenida Paulista, 1000"}}


def _live_location(_: Spoken) -> Shape:
    return {
        "liveLocationMessage": {
            "degreesLatitude": -23.5614, "degreesLongitude": -46.6559, "sequenceNumber": "1716300000001",
        }
    }  # fmt: skip


def _contact(spoken: Spoken) -> Shape:
    name = spoken.message.text or SOMEBODY
    return {"contactMessage": {"displayName": name, "vcard": vcard(name)}}


def vcard(name: str) -> str:
    number = "TEL;waid=5511988887777:+55 11 98888-7777"
    return f"BEGIN:VCARD\nVERSION:3.0\nFN:{name or SOMEBODY}\n{number}\nEND:VCARD"


def _target(spoken: Spoken) -> Shape:
    return {"remoteJid": spoken.contact.address, "fromMe": False, "id": spoken.said.target or "3AFFFFFFFFFFFFFFFFFF"}


def _reaction(spoken: Spoken) -> Shape:
    stamp = str(spoken.message.timestamp * 1000)
    return {
        "reactionMessage": {"key": _target(spoken), "text": spoken.message.text or "👍", "senderTimestampMs": stamp}
    }


def _edit(spoken: Spoken) -> Shape:
    edit = {
        "key": _target(spoken), "type": "MESSAGE_EDIT", "editedMessage": {"conversation": spoken.message.text},
        "timestampMs": str(spoken.message.timestamp * 1000),
    }  # fmt: skip
    return {"editedMessage": {"message": {"protocolMessage": edit}}}


def _revoke(spoken: Spoken) -> Shape:
    return {"protocolMessage": {"key": _target(spoken), "type": "REVOKE"}}


def _protocol(_: Spoken) -> Shape:
    return {"protocolMessage": {"type": "EPHEMERAL_SETTING", "ephemeralExpiration": 604800}}


def _poll(spoken: Spoken) -> Shape:
    vote = {"encPayload": "q6urqw==", "encIv": "AAECAwQFBgcICQoL"}
    stamp = str(spoken.message.timestamp * 1000)
    return {"pollUpdateMessage": {"pollCreationMessageKey": _target(spoken), "vote": vote, "senderTimestampMs": stamp}}


def _buttons(spoken: Spoken) -> Shape:
    return {"buttonsResponseMessage": {"selectedButtonId": "1", "selectedDisplayText": spoken.message.text}}


def _list(spoken: Spoken) -> Shape:
    picked = {"title": spoken.message.text, "listType": "SINGLE_SELECT", "singleSelectReply": {"selectedRowId": "1"}}
    return {"listResponseMessage": picked}


def _sticker(spoken: Spoken) -> Shape:
    return {"stickerMessage": _file(spoken, isAnimated=False)}


KINDS: Final[dict[str, Callable[[Spoken], Shape]]] = {
    "audio": _audio, "image": _captioned("imageMessage"), "video": _captioned("videoMessage"),
    "document": _document, "sticker": _sticker, "location": _location, "live_location": _live_location,
    "contact": _contact, "reaction": _reaction, "edit": _edit, "revoke": _revoke, "protocol": _protocol,
    "poll": _poll, "buttons": _buttons, "list": _list,
}  # fmt: skip
