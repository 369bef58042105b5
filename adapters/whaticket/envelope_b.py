"""Family B, the closed builds' ticket envelope: Portuguese words, the whole ticket, and no message id."""

from __future__ import annotations

from typing import Final

from adapters.whaticket import reasons, wire
from adapters.whaticket.addresses import chat_of_number
from adapters.whaticket.content import Circumstances, Content, delivered
from adapters.whaticket.media import content_of_file
from adapters.whaticket.tickets import has_person, ticket_id
from adapters.whaticket.wire import Node
from domain.conversations.inbound import Chat, Ignored, Inbound, Kind, TicketMove, TicketMoved

CLOSED: Final = {"closed", "ticket:closed"}
MOST_PARTS: Final = 50


def fits(payload: Node) -> bool:
    return "chamadoId" in payload or payload.get("action") == "tag-sync" or "ticketData" in payload


def read(payload: Node) -> Inbound:
    action = payload.get("acao")
    if payload.get("action") == "tag-sync":
        return reasons.TAG
    ticket = wire.child(payload, "ticketData")
    contact = (wire.child(ticket, "contact") if ticket else None) or {}
    if any(wire.said_true(holder.get("isGroup")) for holder in (payload, ticket or {}, contact)):
        return reasons.GROUP
    chat = _chat(payload, contact)
    if isinstance(chat, Ignored):
        return chat
    if isinstance(action, str) and action.lower() in CLOSED:
        return TicketMoved(chat, TicketMove.CLOSED)
    if isinstance(action, str) and action.lower().startswith("ticket:"):
        return reasons.TICKET
    if wire.said_true(contact.get("disableBot")):
        return reasons.BOT_DISABLED
    return _message(payload, chat, ticket, contact)


def _message(payload: Node, chat: Chat, ticket: Node | None, contact: Node) -> Inbound:
    said = payload.get("mensagem")
    from_me = wire.said_true(payload.get("fromMe"))
    if isinstance(said, dict):
        from_me = from_me or wire.said_true(said.get("fromMe"))
    called = wire.identifier(payload.get("chamadoId"), field="chamadoId")
    around = Circumstances(
        name=wire.name(payload.get("name"), contact.get("name")),
        ticket_id=called or ticket_id(ticket, field="ticketData.id"),
        ticket_person=has_person(ticket),
        from_me=from_me,
    )
    return delivered(chat, _content(said), around)


def _chat(payload: Node, contact: Node) -> Chat | Ignored:
    """The ticket's contact before the sender: in an echo, the sender may be us."""
    number = contact.get("number")
    if number is None:
        return chat_of_number(payload.get("sender"), field="sender", lid=contact.get("lid"))
    return chat_of_number(number, field="ticketData.contact.number", lid=contact.get("lid"))


def _content(said: object) -> Content | Ignored:
    if isinstance(said, list):
        parts = (part.get("text") for part in said[:MOST_PARTS] if isinstance(part, dict))
        return Content(Kind.TEXT, wire.words("\n".join(filter(None, map(wire.words, parts)))))
    if isinstance(said, dict):
        return content_of_file(
            said.get("mediaType"),
            body=wire.text(said.get("body"), field="mensagem.body"),
            url=said.get("mediaUrl"),
            mime=said.get("mimetype"),
            named=said.get("filename"),
        )
    return Content(Kind.TEXT, wire.text(said, field="mensagem"))
