"""Families C (Press-Ticket) and izing: a whatsapp-web.js message, its ticket and its contact."""

from __future__ import annotations

from dataclasses import replace

from adapters.whaticket import reasons, wire
from adapters.whaticket.addresses import chat_at, phone_of_number
from adapters.whaticket.baileys_content import VCARD_NUMBER
from adapters.whaticket.content import CONTACTS_NAMED, Circumstances, Content, delivered, place
from adapters.whaticket.encodings import moment
from adapters.whaticket.kinds import KINDS, SILENT
from adapters.whaticket.tickets import has_person, ticket_id
from adapters.whaticket.wire import Node
from domain.conversations.inbound import Chat, Ignored, Inbound, Kind


def fits_press_ticket(payload: Node) -> bool:
    return "ticket" in payload and _is_message(payload.get("message"))


def fits_izing(payload: Node) -> bool:
    kind = payload.get("type")
    return kind == "hookMessageStatus" or (kind == "hookMessage" and _is_message(payload.get("message")))


def read_press_ticket(payload: Node) -> Inbound:
    """Comes before nearly every filter of Press-Ticket: echoes, groups and unknown types included."""
    ticket, contact = wire.child(payload, "ticket"), wire.child(payload, "contact") or {}
    if ticket and wire.said_true(ticket.get("isGroup")):
        return reasons.GROUP
    if wire.said_true(contact.get("disableBot")):
        return reasons.BOT_DISABLED
    known = Circumstances(
        name=wire.name(contact.get("name")),
        ticket_id=ticket_id(ticket, field="ticket.id"),
        ticket_person=has_person(ticket),
    )
    return _read(wire.required_child(payload, "message"), known, number=contact.get("number"))


def read_izing(payload: Node) -> Inbound:
    if payload.get("type") == "hookMessageStatus":
        return reasons.RECEIPT
    known = Circumstances(ticket_id=wire.identifier(payload.get("ticketId"), field="ticketId"))
    return _read(wire.required_child(payload, "message"), known)


def _is_message(message: object) -> bool:
    return isinstance(message, dict) and isinstance(message.get("id"), dict) and "key" not in message


def _read(message: Node, known: Circumstances, *, number: object = None) -> Inbound:
    id_ = wire.required_child(message, "id", at="message.")
    from_me = wire.said_true(id_.get("fromMe")) or wire.said_true(message.get("fromMe"))
    if wire.said_true(message.get("isStatus")):
        return reasons.STATUS
    chat = _chat(message, id_, from_me=from_me)
    if isinstance(chat, Ignored):
        return chat
    if wire.said_true(message.get("broadcast")):
        return reasons.BROADCAST
    if chat.phone is None:
        phone = phone_of_number(number, chat=chat)
        chat = replace(chat, phone=phone, lid=chat.address if phone else chat.lid)
    return delivered(
        chat,
        _content(message),
        replace(
            known,
            external_id=wire.identifier(id_.get("id"), field="message.id.id"),
            sent_at=moment(message.get("timestamp")),
            name=known.name or wire.name(message.get("notifyName")),
            from_me=from_me,
        ),
    )


def _chat(message: Node, id_: Node, *, from_me: bool) -> Chat | Ignored:
    remote = id_.get("remote")
    if isinstance(remote, dict):
        remote = remote.get("_serialized")
    return chat_at(remote or message.get("to" if from_me else "from"), field="message.id.remote")


def _content(message: Node) -> Content | Ignored:
    """Media have no address here: Press-Ticket hands them out by its API. A location's body is a picture."""
    stated = message.get("type", "chat")
    if not isinstance(stated, str):
        raise wire.UnreadableWebhook("a text is expected", field="message.type")
    if stated in SILENT:
        return SILENT[stated]
    match KINDS.get(stated, Kind.UNSUPPORTED):
        case Kind.LOCATION:
            return Content(Kind.LOCATION, _place(wire.child(message, "location") or {}))
        case Kind.CONTACT:
            return Content(Kind.CONTACT, _contacts(message))
        case Kind.UNSUPPORTED:
            return Content(Kind.UNSUPPORTED)
        case kind:
            said = wire.text(message.get("body"), field="message.body")
            chosen = message.get("selectedButtonId") or message.get("selectedRowId")
            return Content(kind, said or wire.words(chosen))


def _place(location: Node) -> str:
    return place(
        title=location.get("name") or location.get("description"),
        address=location.get("address"),
        latitude=location.get("latitude"),
        longitude=location.get("longitude"),
    )


def _contacts(message: Node) -> str:
    cards = message.get("vCards")
    listed = cards[:CONTACTS_NAMED] if isinstance(cards, list) else [message.get("body")]
    return ", ".join(filter(None, (_card(card) for card in listed)))


def _card(vcard: object) -> str:
    if not isinstance(vcard, str):
        return ""
    head = vcard[:8_000]
    name = next((line[3:] for line in head.splitlines() if line.startswith("FN:")), "")
    number = VCARD_NUMBER.search(head)
    shown = wire.words(name, limit=wire.LONGEST_NAME)
    return " ".join(filter(None, (shown, f"(+{number[1]})" if number else "")))
