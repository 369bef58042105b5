"""Why a real Whaticket would post nothing about this message, in the order in which it looks."""

from __future__ import annotations

from typing import Final

from ops.sandbox.whaticket.profiles import ECHOING, LIKE_BAILEYS
from ops.sandbox.whaticket.spoken import Spoken

NEVER_LISTED: Final = frozenset({"poll", "protocol", "revoke", "empty"})


def silenced(spoken: Spoken) -> str | None:
    """The name of the gate that keeps the webhook back, or None when it fires."""
    line, said = spoken.line, spoken.said
    if line.family == "none" or not line.setup.webhook_url:
        return "no webhook"
    if spoken.from_me and not (line.echoes and line.family in ECHOING):
        return "from me"
    if said.force:
        return None
    if said.kind == "status":
        return "status"
    if line.family in LIKE_BAILEYS:
        return _family_a(spoken)
    return "group" if line.family == "events" and said.group else None


def _family_a(spoken: Spoken) -> str | None:
    said, line = spoken.said, spoken.line
    if said.kind in NEVER_LISTED or said.wrapper == "view_once_v2":
        return "type"
    if said.group:
        return "group"
    if spoken.contact.disable_bot:
        return "bot disabled"
    if spoken.ticket and spoken.ticket.user_id:
        return "person"
    if spoken.message.text.strip() == "#":
        return "menu"
    return "hours" if line.setup.out_of_hours else None
