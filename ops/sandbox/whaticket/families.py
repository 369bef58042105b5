"""The exact body and headers of every webhook family, for messages and for tickets that move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from ops.sandbox.whaticket import shapes
from ops.sandbox.whaticket.lines import Line
from ops.sandbox.whaticket.records import Contact, Ticket
from ops.sandbox.whaticket.spoken import MEDIA_KINDS, Spoken

Body = dict[str, Any]
WORDLESS: Final = frozenset({"revoke", "empty", "protocol", "poll"})
WWEBJS_TYPES: Final = {
    "text": "chat", "audio": "ptt", "contact": "vcard", "buttons": "buttons_response", "list": "list_response",
    "revoke": "revoked", "edit": "chat", "poll": "poll_vote", "status": "chat", "empty": "ciphertext",
    "live_location": "location",
}  # fmt: skip


def message_body(spoken: Spoken) -> Body:
    return BODIES[spoken.line.family](spoken)


def headers(line: Line, event: str) -> dict[str, str]:
    if line.family == "events":
        return {
            "X-Webhook-Event": event,
            "X-Webhook-Name": "secretaria",
            "X-Connection-Id": str(line.setup.whatsapp_id),
        }
    return {"User-Agent": "FlowBuilder/1.0"} if line.family == "flow-node" else {}


def iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _words(spoken: Spoken) -> str:
    return "" if spoken.said.kind in WORDLESS else spoken.message.text


def _seeds(spoken: Spoken) -> Body:
    return {"message": shapes.content(spoken), "number": spoken.contact.phone}


def _wrapped(spoken: Spoken) -> Body:
    return {"message": shapes.raw(spoken)}


def _wwebjs(spoken: Spoken) -> Body:
    return {
        "message": wwebjs_message(spoken),
        "ticket": _ticket_of(spoken),
        "contact": _contact_of(spoken),
        "whatsappId": spoken.line.setup.whatsapp_id,
        "queueId": spoken.line.setup.queue_id,
    }


def _wid(address: str) -> str:
    return address.replace("@s.whatsapp.net", "@c.us")


def wwebjs_message(spoken: Spoken) -> Body:
    """A whatsapp-web.js message, as Press-Ticket posts it and answers it to a send."""
    said, message, own = spoken.said, spoken.message, f"{spoken.line.setup.own_number}@c.us"
    chat = "status@broadcast" if said.kind == "status" else said.group or _wid(message.address)
    media = said.kind in MEDIA_KINDS
    whole: Body = {
        "id": {
            "fromMe": spoken.from_me, "remote": chat, "id": message.id,
            "_serialized": f"{str(spoken.from_me).lower()}_{chat}_{message.id}",
        },
        "from": own if spoken.from_me else chat, "to": chat if spoken.from_me else own,
        "body": _words(spoken), "type": WWEBJS_TYPES.get(said.kind, said.kind), "timestamp": message.timestamp,
        "hasMedia": media, "isForwarded": False, "isStatus": said.kind == "status",
        "broadcast": said.kind == "status", "fromMe": spoken.from_me,
        "_data": {"notifyName": spoken.contact.name, "t": message.timestamp},
    }  # fmt: skip
    if said.group:
        whole["author"] = _wid(spoken.contact.address)
    if said.kind == "buttons":
        whole["selectedButtonId"] = "1"
    if said.kind == "list":
        whole["selectedRowId"] = "1"
    if said.kind in {"location", "live_location"}:
        whole |= {"body": "", "location": {"latitude": -23.5614, "longitude": -46.6559, "description": message.text}}
    if said.kind == "contact":
        card = shapes.vcard(message.text)
        whole |= {"body": card, "vCards": [card]}
    return whole


def _events(spoken: Spoken) -> Body:
    said, message = spoken.said, spoken.message
    kind = WWEBJS_TYPES.get(said.kind, said.kind)
    data: Body = {
        "messageId": message.id, "body": _words(spoken), "fromMe": spoken.from_me, "mediaType": kind,
        "hasMedia": said.kind in MEDIA_KINDS, "timestamp": message.timestamp,
        "ticketId": message.ticket_id, "contact": _small_contact(spoken.contact),
    }  # fmt: skip
    if said.group:
        data["isGroup"] = True
    if said.kind in MEDIA_KINDS:
        mime = spoken.stored.mime.partition("/")[0]
        data["media"] = {"url": f"{spoken.origin}{spoken.stored.path}", "mimeType": mime, "type": kind}
    return event_envelope(spoken.line, "message_sent" if spoken.from_me else "message_received", data, message.at)


def event_envelope(line: Line, event: str, data: Body, moment: float) -> Body:
    return {
        "event": event, "timestamp": iso(moment), "connectionId": line.setup.whatsapp_id,
        "connectionName": line.setup.name, "connectionNumber": line.setup.own_number, "data": data,
    }  # fmt: skip


def _small_contact(contact: Contact) -> Body:
    return {"id": contact.id, "name": contact.name, "number": contact.phone}


def _contact_of(spoken: Spoken) -> Body:
    return _small_contact(spoken.contact) | {
        "profilePicUrl": "", "email": "", "isGroup": bool(spoken.said.group), "disableBot": spoken.contact.disable_bot,
        "extraInfo": [],
    }  # fmt: skip


def _ticket_of(spoken: Spoken) -> Body:
    return ticket_json(spoken.line, spoken.ticket, spoken.contact) if spoken.ticket else {}


def ticket_json(line: Line, ticket: Ticket, contact: Contact) -> Body:
    """A ticket as the panel and family B show it."""
    return {
        "id": ticket.id, "status": ticket.status, "userId": ticket.user_id, "contactId": contact.id,
        "whatsappId": line.setup.whatsapp_id, "queueId": ticket.queue_id, "unreadMessages": ticket.unread,
        "lastMessage": ticket.last_message, "isGroup": False, "chatbot": False, "channel": "whatsapp",
        "createdAt": iso(ticket.created_at), "updatedAt": iso(ticket.updated_at),
        "contact": _small_contact(contact) | {"profilePicUrl": "", "disableBot": contact.disable_bot, "extraInfo": []},
        "user": {"id": ticket.user_id, "name": ticket.user} if ticket.user_id else None,
        "queue": {"id": ticket.queue_id, "name": "Geral", "color": "#2ea043"} if ticket.queue_id else None,
        "whatsapp": {"id": line.setup.whatsapp_id, "name": line.setup.name}, "tags": [],
    }  # fmt: skip


def _envelope(spoken: Spoken) -> Body:
    line, message, said = spoken.line, spoken.message, spoken.said
    text: object = _words(spoken)
    if said.kind in MEDIA_KINDS:
        text = {
            "mediaType": said.kind, "mediaUrl": f"{spoken.origin}{spoken.stored.path}", "body": message.text,
            "filename": spoken.stored.filename, "mimetype": spoken.stored.mime, "fromMe": spoken.from_me,
        }  # fmt: skip
    first = spoken.ticket is not None and spoken.ticket.unread <= 1
    return {
        "mensagem": text, "acao": "start" if first and not spoken.from_me else "n8n",
        "sender": said.group.partition("@")[0] or spoken.contact.phone, "fromMe": spoken.from_me,
        "isGroup": bool(said.group),
    } | _envelope_ticket(line, spoken.ticket, spoken.contact)  # fmt: skip


def _envelope_ticket(line: Line, ticket: Ticket | None, contact: Contact) -> Body:
    company = {"companyId": line.setup.whatsapp_id, "company": {"name": line.setup.name}, "uuid": f"{contact.id:032x}"}
    return {
        "filaescolhida": "Geral", "filaescolhidaid": line.setup.queue_id, "chamadoId": ticket.id if ticket else None,
        "name": contact.name, "companyId": line.setup.whatsapp_id, "defaultWhatsapp_x": line.setup.whatsapp_id,
        "queueId": line.setup.queue_id, "ticketData": ticket_json(line, ticket, contact) | company if ticket else {},
    }  # fmt: skip


def _whazing(spoken: Spoken) -> Body:
    message, ticket = spoken.message, spoken.ticket
    media = spoken.said.kind in MEDIA_KINDS
    return {
        "messageId": message.id, "messageBody": _words(spoken), "timestamp": message.timestamp * 1000,
        "status": "sended" if spoken.from_me else "received", "fromMe": spoken.from_me,
        "mediaType": WWEBJS_TYPES.get(spoken.said.kind, spoken.said.kind),
        "mediaUrl": f"{spoken.origin}{spoken.stored.path}" if media else None, "isDeleted": False,
        "sendType": "API" if message.direction == "out" else "chat", "edited": None, "reactions": [],
    } | _whazing_ticket(spoken.line, ticket, spoken.contact, group=bool(spoken.said.group))  # fmt: skip


def _whazing_ticket(line: Line, ticket: Ticket | None, contact: Contact, *, group: bool = False) -> Body:
    return {
        "ticket": {
            "id": ticket.id, "status": ticket.status, "protocol": f"{ticket.id:08d}", "queueId": ticket.queue_id,
            "apiConfig": None,
        } if ticket else None,
        "contact": {
            "id": contact.id, "name": contact.name, "phoneNumber": contact.phone, "isGroup": group,
            "pushname": contact.name, "lid": contact.lid,
        },
        "user": {"id": ticket.user_id, "name": ticket.user} if ticket and ticket.user_id else None,
        "whatsapp": {"id": line.setup.whatsapp_id, "name": line.setup.name},
    }  # fmt: skip


def _flow_node(spoken: Spoken) -> Body:
    ticket, company = spoken.ticket, spoken.line.setup.whatsapp_id
    return {
        "ticket": {
            "id": ticket.id, "status": ticket.status, "queueId": ticket.queue_id, "userId": ticket.user_id,
            "companyId": company, "whatsappId": company, "lastMessage": spoken.message.text,
        } if ticket else None,
        "contact": _small_contact(spoken.contact) | {"email": ""},
        "flowExecution": {"id": spoken.message.seq, "flowId": 4, "variables": {}},
        "company": {"id": company},
    }  # fmt: skip


BODIES: Final[dict[str, Callable[[Spoken], Body]]] = {
    "seeds": _seeds, "baileys": shapes.raw, "baileys-wrapped": _wrapped, "wwebjs": _wwebjs, "events": _events,
    "envelope": _envelope, "whazing": _whazing, "flow-node": _flow_node,
}  # fmt: skip


def ticket_body(line: Line, before: Ticket, after: Ticket, contact: Contact) -> tuple[str, Body] | None:
    """The event and body by which this family tells that a ticket moved; None where it does not tell."""
    closed = after.status == "closed"
    if line.family == "events":
        event = "ticket_closed" if closed else "ticket_updated"
        return event, event_envelope(line, event, _moved(before, after, contact), after.updated_at)
    if line.family == "envelope" and closed:
        body = {"mensagem": "", "acao": "closed", "sender": contact.phone, "fromMe": False, "isGroup": False}
        return "closed", body | _envelope_ticket(line, after, contact)
    if line.family == "whazing":
        kind = "TicketClosed" if closed else "TicketTransferUser" if after.user_id else "TicketTransferQueue"
        return kind, {"Type": kind, "timestamp": int(after.updated_at * 1000)} | _whazing_ticket(line, after, contact)
    return None


def _moved(before: Ticket, after: Ticket, contact: Contact) -> Body:
    changes = {
        name: {"old": old, "new": new}
        for name, old, new in (
            ("status", before.status, after.status),
            ("userId", before.user_id, after.user_id),
        )
        if old != new
    }
    return {
        "ticketId": after.id, "contactId": contact.id, "contactNumber": contact.phone,
        "oldStatus": before.status, "newStatus": after.status, "oldUserId": before.user_id,
        "newUserId": after.user_id, "queueId": after.queue_id, "isGroup": False, "changes": changes,
    }  # fmt: skip
