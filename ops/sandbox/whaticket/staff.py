"""What people at the company do in Whaticket's panel or on the phone: answer, take a ticket, give it back, close it."""

from __future__ import annotations

from typing import Literal

import msgspec

from ops.sandbox.control import MistakeError, UnknownError
from ops.sandbox.whaticket.lines import Line
from ops.sandbox.whaticket.records import Message, Ticket
from ops.sandbox.whaticket.saying import Switchboard


class StaffAction(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    phone: str
    action: Literal["say", "take", "release", "close"]
    text: str = ""
    via: Literal["panel", "phone"] = "panel"
    user: str = "Carla"


def act(board: Switchboard, line: Line, action: StaffAction, origin: str) -> tuple[Ticket, Message | None]:
    contact = line.find(action.phone)
    if contact is None:
        raise UnknownError(f"contact {action.phone}")
    if action.action == "say" and not action.text:
        raise MistakeError("text is missing")
    ticket = line.current_ticket(contact) if action.action in {"release", "close"} else line.ticket(contact)
    if ticket is None:
        raise UnknownError(f"ticket of {action.phone}")
    message = None
    if action.action == "release":
        board.move(line, ticket, status="pending", user_id=None, user=None)
    elif action.action == "close":
        board.move(line, ticket, status="closed")
    else:
        if action.action == "take" or action.via == "panel":
            take(board, line, ticket, action.user)
        if action.action == "say":
            said = Message(direction="staff", text=action.text, author=action.user)
            message = board.world.record(line, contact, said, ticket=ticket)
            board.echo(line, contact, ticket, message, origin)
    return ticket, message


def take(board: Switchboard, line: Line, ticket: Ticket, user: str) -> None:
    user_id = line.person(user)
    if (ticket.status, ticket.user_id) != ("open", user_id):
        board.move(line, ticket, status="open", user_id=user_id, user=user)
