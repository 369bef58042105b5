"""What a fork does with a text that came in by its send API: number, ticket, Mustache, and the odd side effect."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ops.sandbox.whaticket import mustache
from ops.sandbox.whaticket.lines import Line
from ops.sandbox.whaticket.records import Contact, Media, Message, Ticket
from ops.sandbox.whaticket.saying import Switchboard

HIDES: Final = "\u200e"
CAMPAIGN: Final = "\u200c"
REACHABLE: Final = range(10, 14)  # digits of a number that can have WhatsApp
CLOSES_AFTER: Final = 1.0
AUTOATENDE_CLOSES_AFTER: Final = 0.1


class RefusedError(Exception):
    """The fork will not send; the argument is its code."""


@dataclass(frozen=True, slots=True)
class Order:
    """One call of a send API, fields as they came. `files` None: not a multipart request."""

    number: object = None
    text: object = None
    files: tuple[Media, ...] | None = None
    close_ticket: bool = False
    status: str | None = None
    user_id: object = None
    whatsapp_id: object = None
    ticket_id: int | None = None


def prepare(line: Line, order: Order) -> tuple[Contact, str]:
    """The contact and the text as WhatsApp would get it; raises RefusedError."""
    style = line.profile.refusals
    if style == "plain" and order.whatsapp_id not in (None, line.setup.whatsapp_id, str(line.setup.whatsapp_id)):
        raise RefusedError(f"whatsapp #{order.whatsapp_id} not found")
    if line.setup.profile == "press-ticket" and not order.user_id:
        raise RefusedError("ERR_USER_ID_REQUIRED")
    contact = _contact(line, order)
    if not isinstance(order.text, str) or not (order.text or order.files):
        raise RefusedError("ERR_SENDING_WAPP_MSG" if style == "plain" else "ERR_SYNTAX")
    return contact, _rendered(line, order.text, contact.name)


def _contact(line: Line, order: Order) -> Contact:
    if order.ticket_id is not None:
        if order.ticket_id not in line.tickets:
            raise RefusedError("ERR_NO_TICKET_FOUND")
        return line.contacts[line.tickets[order.ticket_id].contact]
    number = _number(line, order.number)
    if number.endswith("@lid"):
        known = line.find(number)
        if known is None:
            raise RefusedError("ERR_WAPP_INVALID_CONTACT")
        return known
    of_a_lid = any(one.lid and one.lid.startswith(f"{number}@") for one in line.contacts.values())
    if len(number) not in REACHABLE or (of_a_lid and number not in line.contacts):
        raise RefusedError("ERR_WAPP_INVALID_CONTACT")
    return line.contact(number)


def _number(line: Line, given: object) -> str:
    if not isinstance(given, str) or not given:
        raise RefusedError("ERR_SYNTAX")
    if line.setup.profile == "community":
        bare = given.replace("-", "", 1).replace(" ", "", 1)
        if not re.fullmatch(r"[0-9]+", bare):
            raise RefusedError("Invalid number format. Only numbers is allowed.")
        return bare
    takes_addresses = line.setup.profile in {"ticketz", "whapiv4", "press-ticket"}
    if given.endswith("@lid"):
        if not takes_addresses:
            raise RefusedError("ERR_WAPP_INVALID_CONTACT")
        return given
    return re.sub(r"\D", "", given.partition("@")[0] if takes_addresses else given)


def _rendered(line: Line, text: str, name: str) -> str:
    view = {"name": name}
    if line.profile.renders > 1:
        view |= {
            "firstName": name.split(" ")[0], "gretting": "Olá", "ms": "Bom dia", "protocol": "20261121",
            "hora": "09:00",
        }  # fmt: skip
    try:
        for _ in range(line.profile.renders):
            text = mustache.render(text, view)
    except mustache.TemplateError as error:
        style = line.profile.refusals
        code = str(error) if style in {"classic", "codatende"} else "ERR_SENDING_WAPP_MSG"
        raise RefusedError(code) from error
    return text


def deliver(board: Switchboard, line: Line, order: Order, origin: str) -> tuple[Message, Ticket]:
    """Send it: the contact gets it, a ticket opens or goes on, and the fork's side effects take their course."""
    contact, text = prepare(line, order)
    ticket = line.ticket(contact)
    hidden = text.startswith(HIDES) if line.profile.hides == "first" else HIDES in text
    media = order.files[0] if order.files else None
    sent = Message(
        direction="out", text=text, hidden=hidden, asked=str(order.text), media=media,
        kind="document" if media else "text", author="API",
    )  # fmt: skip
    message = board.world.record(line, contact, sent, ticket=ticket)
    board.echo(line, contact, ticket, message, origin)
    _afterwards(board, line, order, ticket, text)
    return message, ticket


def _afterwards(board: Switchboard, line: Line, order: Order, ticket: Ticket, text: str) -> None:
    def close() -> None:
        board.move(line, ticket, status="closed")

    if CAMPAIGN in text and line.profile.campaign_closes:
        close()
    elif order.close_ticket:
        board.world.later(CLOSES_AFTER, close)
    elif line.setup.profile == "autoatende" and order.status not in {"pending", "open"}:
        board.world.later(AUTOATENDE_CLOSES_AFTER, close)
    elif order.status == "open":
        line.change(ticket, status="open")
