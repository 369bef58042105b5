"""What a ticket beside a message tells: its number, and whether a person at Whaticket has taken it."""

from __future__ import annotations

from adapters.whaticket import wire
from adapters.whaticket.wire import Node


def ticket_id(ticket: Node | None, *, field: str) -> str | None:
    """Raises UnreadableWebhook."""
    return wire.identifier(ticket.get("id"), field=field) if ticket else None


def has_person(ticket: Node | None, user: object = None) -> bool:
    """Somebody owns it, and it is not over. The status alone says little: "open" may also be a bot's."""
    if not ticket or ticket.get("status") == "closed":
        return False
    return any(ticket.get(owner) not in (None, 0, "") for owner in ("userId", "user")) or isinstance(user, dict)
