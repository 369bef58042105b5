"""What Whaticket's panel shows and changes: tickets, messages, contacts, people, with the forks' paging and rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from ops.sandbox.whaticket.families import iso, ticket_json
from ops.sandbox.whaticket.lines import Line
from ops.sandbox.whaticket.records import Contact, Message, Ticket
from ops.sandbox.whaticket.saying import Switchboard

TICKETS_PER_PAGE: Final = 40
MESSAGES_PER_PAGE: Final = 20
Shown = dict[str, Any]


class NoTicketError(Exception):
    """ERR_NO_TICKET_FOUND."""


def shown_ticket(line: Line, ticket: Ticket) -> Shown:
    return ticket_json(line, ticket, line.contacts[ticket.contact])


def find(line: Line, ticket_id: int) -> Ticket:
    if ticket_id not in line.tickets:
        raise NoTicketError
    return line.tickets[ticket_id]


def by_last_touch(line: Line) -> list[Ticket]:
    return sorted(line.tickets.values(), key=lambda one: -one.updated_at)


def tickets(board: Switchboard, line: Line, query: Mapping[str, Any], user_id: int) -> Shown:
    """Newest first. Without `showAll=true`: mine or pending."""
    rows = [one for one in by_last_touch(line) if _wanted(board, line, one, query, user_id)]
    start = (_page(query) - 1) * TICKETS_PER_PAGE
    page = rows[start : start + TICKETS_PER_PAGE]
    return {
        "tickets": [shown_ticket(line, one) for one in page],
        "count": len(rows),
        "hasMore": len(rows) > start + len(page),
    }


def _page(query: Mapping[str, Any]) -> int:
    given = str(query.get("pageNumber", "1"))
    return max(int(given), 1) if given.isdigit() else 1


def _wanted(board: Switchboard, line: Line, ticket: Ticket, query: Mapping[str, Any], user_id: int) -> bool:
    if query.get("showAll") != "true" and ticket.user_id != user_id and ticket.status != "pending":
        return False
    if query.get("status") and ticket.status != query["status"]:
        return False
    if query.get("withUnreadMessages") == "true" and not ticket.unread:
        return False
    queues = msgspec.json.decode(query.get("queueIds") or "[]", type=list[int | str])
    if queues and ticket.queue_id is not None and ticket.queue_id not in {int(one) for one in queues}:
        return False
    sought = str(query.get("searchParam") or "").strip().lower()
    return not sought or _found(board, line, ticket, sought)


def _found(board: Switchboard, line: Line, ticket: Ticket, sought: str) -> bool:
    contact = line.contacts[ticket.contact]
    if sought in contact.name.lower() or sought in contact.phone:
        return True
    return any(sought in one.text.lower() for one in _history(board, line, ticket))


def _history(board: Switchboard, line: Line, ticket: Ticket) -> list[Message]:
    entries = board.world.messages.all((line.setup.id, ticket.contact))
    return [one for one in entries if one.ticket_id == ticket.id and not one.hidden]


def messages(board: Switchboard, line: Line, ticket: Ticket, query: Mapping[str, Any]) -> Shown:
    """Marks the ticket read, as the real one does."""
    if ticket.unread:
        line.change(ticket, unread=0)
    return page_of(board, line, ticket, _page(query)) | {"ticket": shown_ticket(line, ticket)}


def page_of(board: Switchboard, line: Line, ticket: Ticket, number: int) -> Shown:
    """Newest page first, ascending inside."""
    entries = _history(board, line, ticket)
    end = len(entries) - (number - 1) * MESSAGES_PER_PAGE
    page = entries[max(end - MESSAGES_PER_PAGE, 0) : max(end, 0)]
    return {
        "count": len(entries),
        "messages": [shown_message(line, ticket, one) for one in page],
        "hasMore": end > MESSAGES_PER_PAGE,
    }


def shown_message(line: Line, ticket: Ticket, message: Message) -> Shown:
    contact = line.contacts[ticket.contact]
    from_me = message.direction in {"out", "staff", "system"}
    return {
        "id": message.id, "body": message.text, "fromMe": from_me, "ack": 3 if from_me else 0, "read": True,
        "mediaType": "conversation" if message.kind == "text" else message.kind, "mediaUrl": None,
        "isDeleted": False, "ticketId": ticket.id, "contactId": None if from_me else contact.id, "quotedMsg": None,
        "createdAt": iso(message.at), "updatedAt": iso(message.at),
    }  # fmt: skip


def shown_contact(contact: Contact) -> Shown:
    return {
        "id": contact.id, "name": contact.name, "number": contact.phone, "email": "", "profilePicUrl": "",
        "isGroup": False, "disableBot": contact.disable_bot, "extraInfo": [],
    }  # fmt: skip


def people(line: Line) -> list[Shown]:
    return [
        {"id": number, "name": name, "profile": "admin" if number == 1 else "user", "queues": queues(line)}
        for name, number in line.people.items()
    ]


def queues(line: Line) -> list[Shown]:
    return [{"id": line.setup.queue_id, "name": "Geral", "color": "#2ea043", "greetingMessage": ""}]


def connections(line: Line) -> list[Shown]:
    setup = line.setup
    return [{"id": setup.whatsapp_id, "name": setup.name, "status": "CONNECTED", "isDefault": True, "retries": 0}]


def change_ticket(board: Switchboard, line: Line, ticket: Ticket, wanted: Mapping[str, Any]) -> Shown:
    """PUT /tickets/:id. Nothing is checked beyond the session, as in most forks."""
    changes: dict[str, object] = {}
    if wanted.get("status") in {"pending", "open", "closed"}:
        changes["status"] = wanted["status"]
    if "userId" in wanted:
        user_id = int(wanted["userId"]) if wanted["userId"] else None
        changes |= {"user_id": user_id, "user": line.person_named(user_id) if user_id else None}
    if "queueId" in wanted:
        changes["queue_id"] = int(wanted["queueId"]) if wanted["queueId"] else None
    return shown_ticket(line, board.move(line, ticket, **changes))
