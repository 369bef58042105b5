"""Whose chat it is: JIDs, hidden ids (LID) and bare numbers, and which of them proves a telephone.

The digits of a LID are an account's number, no telephone's: forks that took them for one wrote to strangers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from adapters.whaticket import reasons
from adapters.whaticket.wire import Node, UnreadableWebhook
from domain.conversations.inbound import Chat, Ignored
from domain.shared.phone import InvalidPhone, Phone

NUMBER_SERVERS: Final = {"s.whatsapp.net", "c.us"}
LEFT_ALONE: Final = {
    "g.us": reasons.GROUP,
    "broadcast": reasons.BROADCAST,
    "newsletter": reasons.NEWSLETTER,
    "bot": reasons.META_AI,
}
PEOPLE: Final = {"s.whatsapp.net", "lid", "hosted", "hosted.lid"}

USER: Final = re.compile(r"[0-9]{1,20}")
SEPARATORS: Final = str.maketrans("", "", "+ ().-\u00a0")
NUMBER: Final = re.compile(r"[1-9][0-9]{6,14}")
GROUP_NUMBER: Final = re.compile(r"[0-9]{8,15}-[0-9]{10}|120363[0-9]{10,14}")
LONGEST_SURE_NUMBER: Final = 13
"""A bare number of 14 or 15 digits is a LID far more often than a telephone, so it proves none."""

NUMBER_FIELDS: Final = ("senderPn", "sender_pn", "remoteJidAlt")
LID_FIELDS: Final = ("senderLid", "sender_lid", "remoteJidAlt")


@dataclass(frozen=True, slots=True)
class Jid:
    """WhatsApp's address, without device: "5531987654321" at "s.whatsapp.net"."""

    user: str
    server: str

    def __str__(self) -> str:
        return f"{self.user}@{self.server}"


def jid(value: object) -> Jid | None:
    """Lower case, without device and agent, and with Baileys' name for wwebjs' "c.us"."""
    if not isinstance(value, str) or len(value) > 100:
        return None
    user, at, server = value.strip().lower().partition("@")
    if not at or not user or not server:
        return None
    return Jid(user.partition(":")[0].partition("_")[0], "s.whatsapp.net" if server in NUMBER_SERVERS else server)


def chat_at(value: object, *, field: str, lid: object = None, number: object = None) -> Chat | Ignored:
    """The chat at a JID, or why it is none of ours. Raises UnreadableWebhook.

    `lid` and `number` are JIDs that the payload shows for the same person.
    """
    address = jid(value)
    if address is None:
        raise UnreadableWebhook("a WhatsApp address is expected", field=field)
    if address.user == "status" and address.server == "broadcast":
        return reasons.STATUS
    if address.server not in PEOPLE:
        return LEFT_ALONE.get(address.server, reasons.OTHER_ADDRESS)
    if not USER.fullmatch(address.user):
        raise UnreadableWebhook("a WhatsApp address is expected", field=field)
    if address.user == "0":
        return reasons.ANNOUNCEMENT
    phone = _phone_at(address) or _phone_at(jid(number))
    hidden = address if address.server == "lid" else jid(lid)
    shown = hidden is not None and hidden.server == "lid" and USER.fullmatch(hidden.user)
    alone = hidden == address and phone is None
    return Chat(str(address), phone, lid=str(hidden) if shown and not alone else None)


def chat_of_key(key: Node, *, at: str, from_me: bool) -> Chat | Ignored:
    """The chat of a Baileys message key. Raises UnreadableWebhook.

    In our own messages the fields about the sender describe us, and versions differ in whom the "alt" one
    describes: there only the address itself is believed.
    """
    address = key.get("remoteJid")
    if from_me:
        return chat_at(address, field=f"{at}remoteJid")
    return chat_at(
        address,
        field=f"{at}remoteJid",
        lid=_first_at(key, LID_FIELDS, "lid"),
        number=_first_at(key, NUMBER_FIELDS, "s.whatsapp.net"),
    )


def chat_of_number(value: object, *, field: str, lid: object = None) -> Chat | Ignored:
    """The chat of a ticket's number with country code, or of a JID in its place. Raises UnreadableWebhook."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or len(value) > 100:
        raise UnreadableWebhook("a number with country code is expected", field=field)
    if "@" in value:
        return chat_at(value, field=field, lid=lid)
    if GROUP_NUMBER.fullmatch(value):
        return reasons.GROUP
    digits = value.translate(SEPARATORS).removeprefix("00")
    if not NUMBER.fullmatch(digits):
        raise UnreadableWebhook("a number with country code is expected", field=field)
    hidden = jid(lid) or (Jid(lid, "lid") if isinstance(lid, str) else None)
    if hidden and hidden.user == digits:  # a ghost contact: the fork stored the hidden id as a number
        return chat_at(f"{digits}@lid", field=field)
    chat = chat_at(f"{digits}@s.whatsapp.net", field=field, lid=str(hidden) if hidden else None)
    if isinstance(chat, Chat) and len(digits) > LONGEST_SURE_NUMBER:
        return Chat(chat.address, lid=chat.lid)
    return chat


def phone_of_number(value: object, *, chat: Chat) -> Phone | None:
    """The telephone that a ticket's number adds to a chat under a hidden id, unless it is that id."""
    if not isinstance(value, str) or value == chat.address.partition("@")[0] or len(value) > LONGEST_SURE_NUMBER:
        return None
    return _phone(value) if NUMBER.fullmatch(value) else None


def _first_at(key: Node, fields: tuple[str, ...], server: str) -> str | None:
    for field in fields:
        found = jid(key.get(field))
        if found and found.server == server:
            return str(found)
    return None


def _phone_at(address: Jid | None) -> Phone | None:
    return _phone(address.user) if address and address.server == "s.whatsapp.net" else None


def _phone(digits: str) -> Phone | None:
    try:
        return Phone.parse("+" + digits)
    except InvalidPhone:  # a number WhatsApp knows and we do not: the address is enough to answer
        return None
