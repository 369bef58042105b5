"""Families A and A': Baileys' message as WhatsApp gave it, bare or under "message"."""

from __future__ import annotations

from adapters.whaticket import reasons, wire
from adapters.whaticket.addresses import chat_of_key
from adapters.whaticket.baileys_content import content_of
from adapters.whaticket.content import Circumstances, delivered
from adapters.whaticket.encodings import moment
from adapters.whaticket.wire import Node
from domain.conversations.inbound import Ignored, Inbound

NO_STUB = (None, 0, "UNKNOWN")


def fits(payload: Node) -> bool:
    return "key" in payload and ("message" in payload or "messageStubType" in payload)


def fits_wrapped(payload: Node) -> bool:
    message = payload.get("message")
    return isinstance(message, dict) and "key" in message


def read(payload: Node) -> Inbound:
    return read_at(payload, at="")


def read_wrapped(payload: Node) -> Inbound:
    return read_at(wire.required_child(payload, "message"), at="message.")


def read_at(message: Node, *, at: str) -> Inbound:
    """Reads the message that stands at the dotted path `at`. Raises UnreadableWebhook."""
    key = wire.required_child(message, "key", at=at)
    from_me = wire.said_true(key.get("fromMe"))
    chat = chat_of_key(key, at=f"{at}key.", from_me=from_me)
    if isinstance(chat, Ignored):
        return chat
    if wire.said_true(message.get("broadcast")):
        return reasons.BROADCAST
    if message.get("messageStubType") not in NO_STUB:
        return reasons.STUB
    if message.get("message") is None:
        return reasons.EMPTY
    return delivered(
        chat,
        content_of(wire.required_child(message, "message", at=at), at=f"{at}message"),
        Circumstances(
            external_id=wire.identifier(key.get("id"), field=f"{at}key.id"),
            sent_at=moment(message.get("messageTimestamp")),
            name=wire.name(message.get("pushName")),
            from_me=from_me,
        ),
    )
