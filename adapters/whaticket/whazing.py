"""Family E, Whazing: flat messages, and ticket events that repeat the last message without being one."""

from __future__ import annotations

from adapters.whaticket import reasons, wire
from adapters.whaticket.addresses import chat_of_number
from adapters.whaticket.content import Circumstances, delivered
from adapters.whaticket.encodings import moment
from adapters.whaticket.media import content_of_file
from adapters.whaticket.tickets import has_person, ticket_id
from adapters.whaticket.wire import Node
from domain.conversations.inbound import Chat, Ignored, Inbound, TicketMove, TicketMoved


def fits(payload: Node) -> bool:
    return ("messageId" in payload and "messageBody" in payload) or isinstance(payload.get("Type"), str)


def read(payload: Node) -> Inbound:
    stated = payload.get("Type")
    return _ticket(payload, stated.lower()) if isinstance(stated, str) else _message(payload)


def _message(payload: Node) -> Inbound:
    if wire.said_true(payload.get("isDeleted")):
        return reasons.REVOKE
    if wire.said_true(payload.get("edited")):
        return reasons.EDIT
    if isinstance(payload.get("reactions"), list | dict) and payload["reactions"]:
        return reasons.REACTION  # the message itself came before somebody reacted to it
    ticket, contact = wire.child(payload, "ticket"), wire.required_child(payload, "contact")
    chat = _chat(ticket, contact)
    if isinstance(chat, Ignored):
        return chat
    content = content_of_file(
        payload.get("mediaType"),
        body=wire.text(payload.get("messageBody"), field="messageBody"),
        url=payload.get("mediaUrl"),
    )
    around = Circumstances(
        external_id=wire.identifier(payload.get("messageId"), field="messageId"),
        sent_at=moment(payload.get("timestamp")),
        name=wire.name(contact.get("pushname"), contact.get("name")),
        ticket_id=ticket_id(ticket, field="ticket.id"),
        ticket_person=has_person(ticket, payload.get("user")),
        from_me=wire.said_true(payload.get("fromMe")),
    )
    return delivered(chat, content, around)


def _ticket(payload: Node, event: str) -> Inbound:
    ticket, contact = wire.child(payload, "ticket"), wire.child(payload, "contact")
    move = _move(event, owned=has_person(ticket, payload.get("user")))
    if move is None or contact is None:
        return reasons.TICKET
    chat = _chat(ticket, contact)
    return TicketMoved(chat, move) if isinstance(chat, Chat) else chat


def _move(event: str, *, owned: bool) -> TicketMove | None:
    """The documentation has changed the names' word order before, so one word of them decides."""
    if "closed" in event:
        return TicketMove.CLOSED
    if "transfer" in event:
        return TicketMove.ASSIGNED if owned else TicketMove.RELEASED
    return TicketMove.ASSIGNED if "usercreate" in event and owned else None


def _chat(ticket: Node | None, contact: Node) -> Chat | Ignored:
    if wire.said_true(contact.get("isGroup")) or (ticket and wire.said_true(ticket.get("isGroup"))):
        return reasons.GROUP
    if wire.said_true(contact.get("disableBot")):
        return reasons.BOT_DISABLED
    number = contact.get("phoneNumber") or contact.get("number") or _hidden(contact.get("lid"))
    return chat_of_number(number, field="contact.phoneNumber", lid=contact.get("lid"))


def _hidden(lid: object) -> str | None:
    if not isinstance(lid, str) or not lid:
        return None
    return lid if "@" in lid else f"{lid}@lid"
