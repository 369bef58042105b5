"""Family D, whapiv4: named events with ids, echoes of our own messages, and a true "a person took over"."""

from __future__ import annotations

from typing import Final

from adapters.whaticket import reasons, wire
from adapters.whaticket.addresses import chat_of_number
from adapters.whaticket.content import Circumstances, delivered
from adapters.whaticket.encodings import moment
from adapters.whaticket.media import content_of_file
from adapters.whaticket.tickets import has_person
from adapters.whaticket.wire import Node
from domain.conversations.inbound import Chat, Ignored, Inbound, TicketMove, TicketMoved

SILENT: Final = {
    "message_ack": reasons.RECEIPT,
    "connection_update": reasons.CONNECTION,
    "connection_health": reasons.CONNECTION,
    "contact_created": reasons.CONTACT,
    "contact_updated": reasons.CONTACT,
    "ticket_created": reasons.TICKET,
}


def fits(payload: Node) -> bool:
    return isinstance(payload.get("event"), str) and "data" in payload


def read(payload: Node) -> Inbound:
    match payload.get("event"):
        case "message_received" | "message_sent":
            return _message(payload, wire.required_child(payload, "data"))
        case "ticket_updated" | "ticket_closed":
            return _ticket(payload, wire.required_child(payload, "data"))
        case str(event):
            return SILENT.get(event, reasons.OTHER_EVENT)
        case _:
            raise wire.UnreadableWebhook("the event has no name", field="event")


def _message(payload: Node, data: Node) -> Inbound:
    contact = wire.required_child(data, "contact", at="data.")
    if wire.said_true(data.get("isGroup")) or wire.said_true(contact.get("isGroup")):
        return reasons.GROUP
    if wire.said_true(contact.get("disableBot")):
        return reasons.BOT_DISABLED
    chat = chat_of_number(contact.get("number"), field="data.contact.number", lid=contact.get("lid"))
    if isinstance(chat, Ignored):
        return chat
    if payload.get("connectionNumber") == contact.get("number"):
        return reasons.OWN_CHAT
    media = wire.child(data, "media") or {}
    content = content_of_file(
        data.get("mediaType") or media.get("type"),
        body=wire.text(data.get("body"), field="data.body"),
        url=media.get("url"),
        mime=media.get("mimeType"),
        named=media.get("filename"),
    )
    return delivered(chat, content, _circumstances(payload, data, contact))


def _circumstances(payload: Node, data: Node, contact: Node) -> Circumstances:
    ticket = wire.child(data, "ticket")
    return Circumstances(
        external_id=wire.identifier(data.get("messageId"), field="data.messageId"),
        sent_at=moment(data.get("timestamp")),
        name=wire.name(contact.get("name")),
        ticket_id=wire.identifier(data.get("ticketId"), field="data.ticketId"),
        ticket_person=has_person(ticket),
        from_me=wire.said_true(data.get("fromMe")) or payload.get("event") == "message_sent",
    )


def _ticket(payload: Node, data: Node) -> Inbound:
    if wire.said_true(data.get("isGroup")):
        return reasons.GROUP
    move = TicketMove.CLOSED if payload.get("event") == "ticket_closed" else _move(data)
    number = data.get("contactNumber") or (wire.child(data, "contact") or {}).get("number")
    if move is None or number is None:
        return reasons.TICKET
    chat = chat_of_number(number, field="data.contactNumber")
    return TicketMoved(chat, move, _event_id(payload, data)) if isinstance(chat, Chat) else chat


def _move(data: Node) -> TicketMove | None:
    """None for what leaves the ticket with whom it was: another queue, a tag, a second look."""
    owner, status = data.get("newUserId"), data.get("newStatus")
    changed = owner != data.get("oldUserId") or status != data.get("oldStatus")
    if not changed:
        return None
    if status == "closed":
        return TicketMove.CLOSED
    if owner is not None:
        return TicketMove.ASSIGNED
    return TicketMove.RELEASED if data.get("oldUserId") is not None or data.get("oldStatus") == "open" else None


def _event_id(payload: Node, data: Node) -> str | None:
    """The event has no id of its own; ticket and millisecond make one."""
    ticket = wire.identifier(data.get("ticketId"), field="data.ticketId")
    made = f"{payload.get('event')}:{ticket}:{payload.get('timestamp')}"
    return made if ticket and isinstance(payload.get("timestamp"), str) and wire.ID.fullmatch(made) else None
