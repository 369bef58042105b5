"""Why a webhook is left alone, one fixed word each: they label a metric, so there are no others."""

from __future__ import annotations

from typing import Final

from domain.conversations.inbound import Ignored

ANNOUNCEMENT: Final = Ignored("announcement")  # WhatsApp itself writes from the number 0
BOT_DISABLED: Final = Ignored("bot_disabled")
BROADCAST: Final = Ignored("broadcast")
CALL: Final = Ignored("call")
CONNECTION: Final = Ignored("connection_event")
CONTACT: Final = Ignored("contact_event")
EDIT: Final = Ignored("edit")
EMPTY: Final = Ignored("no_content")
GROUP: Final = Ignored("group")
META_AI: Final = Ignored("meta_ai")
NEWSLETTER: Final = Ignored("newsletter")
OTHER_ADDRESS: Final = Ignored("other_address")
OTHER_EVENT: Final = Ignored("other_event")
OWN_CHAT: Final = Ignored("own_chat")
POLL: Final = Ignored("poll")
PROTOCOL: Final = Ignored("protocol")
REACTION: Final = Ignored("reaction")
RECEIPT: Final = Ignored("receipt")
REVOKE: Final = Ignored("revoke")
STATUS: Final = Ignored("status")
STUB: Final = Ignored("stub")
TAG: Final = Ignored("tag_event")
TICKET: Final = Ignored("ticket_event")

REASONS: Final = frozenset(value.reason for value in tuple(globals().values()) if isinstance(value, Ignored))
