"""AutoAtende's FlowBuilder node, the only sender that signs: the ticket with its last message."""

from __future__ import annotations

from adapters.whaticket import reasons, wire
from adapters.whaticket.addresses import chat_of_number
from adapters.whaticket.content import Circumstances, Content, delivered
from adapters.whaticket.tickets import has_person, ticket_id
from adapters.whaticket.wire import Node
from domain.conversations.inbound import Ignored, Inbound, Kind


def fits(payload: Node) -> bool:
    return "flowExecution" in payload


def read(payload: Node) -> Inbound:
    """The node's own body is merged at the top: a text put there as "message" is meant to be answered."""
    ticket, contact = wire.required_child(payload, "ticket"), wire.required_child(payload, "contact")
    if wire.said_true(ticket.get("isGroup")) or wire.said_true(contact.get("isGroup")):
        return reasons.GROUP
    if wire.said_true(contact.get("disableBot")):
        return reasons.BOT_DISABLED
    chat = chat_of_number(contact.get("number"), field="contact.number", lid=contact.get("lid"))
    if isinstance(chat, Ignored):
        return chat
    chosen = wire.words(payload.get("message"))
    said = chosen or wire.text(ticket.get("lastMessage"), field="ticket.lastMessage")
    around = Circumstances(
        name=wire.name(contact.get("name")),
        ticket_id=ticket_id(ticket, field="ticket.id"),
        ticket_person=has_person(ticket),
    )
    return delivered(chat, Content(Kind.TEXT, said), around)
