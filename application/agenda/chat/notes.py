"""What the desk remembers, added to from outside a turn: a time that we offered unasked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from application.agenda.chat.ports import Notes, Offered
from domain.agenda.menu import PATIENCE

REMEMBERED: Final = timedelta(hours=2)
MOST_REMEMBERED: Final = 12


def with_offered(notes: Notes | None, offered: Offered, now: datetime) -> Notes:
    """The newest first; a menu that is under way goes on."""
    if notes is None or now - notes.at >= REMEMBERED:
        return Notes(now, (offered,))
    menu = notes.menu if now - notes.at < PATIENCE else None
    return Notes(now, (offered, *notes.offered)[:MOST_REMEMBERED], menu, notes.earlier)
