"""What the desk remembers, added to from outside a turn: a time that we offered unasked, also while a turn was thinking."""

from __future__ import annotations

from dataclasses import replace
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


def with_what_came(left: Notes, meanwhile: Notes | None) -> Notes:
    """What a turn leaves behind, and with it the times that were offered after it had begun."""
    if meanwhile is None or meanwhile.at <= left.at:
        return left
    came = tuple(each for each in meanwhile.offered if each not in left.offered)
    return replace(left, at=meanwhile.at, offered=(*came, *left.offered)[:MOST_REMEMBERED])
