"""The plain shape that needs no Whaticket: a message in Baileys' words, and a number beside it."""

from __future__ import annotations

from adapters.whaticket import reasons, wire
from adapters.whaticket.addresses import chat_of_number
from adapters.whaticket.baileys_content import content_of
from adapters.whaticket.content import Circumstances, delivered
from adapters.whaticket.encodings import moment
from adapters.whaticket.tickets import has_person, ticket_id
from adapters.whaticket.wire import Node
from domain.conversations.inbound import Ignored, Inbound


def read(payload: Node) -> Inbound:
    """Comes last, so its refusals name what the plainest message would need."""
    message = wire.required_child(payload, "message")
    ticket = wire.child(payload, "ticket")
    contact = (wire.child(ticket, "contact") if ticket else None) or {}
    if any(wire.said_true(holder.get("isGroup")) for holder in (payload, ticket or {}, contact)):
        return reasons.GROUP
    direct = payload.get("number")
    chat = (
        chat_of_number(contact.get("number"), field="ticket.contact.number", lid=contact.get("lid"))
        if direct is None and contact
        else chat_of_number(direct, field="number")
    )
    if isinstance(chat, Ignored):
        return chat
    around = Circumstances(
        external_id=wire.identifier(payload.get("messageId"), field="messageId")
        or wire.identifier(payload.get("id"), field="id"),
        sent_at=moment(payload.get("timestamp")),
        name=wire.name(payload.get("name"), contact.get("name")),
        ticket_id=ticket_id(ticket, field="ticket.id"),
        ticket_person=has_person(ticket),
        from_me=wire.said_true(payload.get("fromMe")),
    )
    return delivered(chat, content_of(message, at="message"), around)
