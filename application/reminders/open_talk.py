"""The talk with a client, begun by us where they never wrote: on the company's first line, to the number as WhatsApp knows it.

Whoever writes to strangers may lose the line, so it is the company's choice, or a person's wish for one client; and of those
that begin by themselves only so many in a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from application.reminders.work import TellingWork
from domain.shared.ids import ConnectionId, ContactId, ConversationId, TenantId

MOST_A_DAY: Final = 40


class FirstLines(Protocol):
    async def first(self, tenant: TenantId) -> ConnectionId | None:
        """The oldest of the company's connections that are switched on."""


@dataclass(frozen=True, slots=True)
class Talk:
    """`begun`: nobody has said a word in it yet."""

    id: ConversationId
    begun: bool = False


@dataclass(frozen=True, slots=True)
class OpenTalk:
    lines: FirstLines

    async def __call__(
        self, work: TellingWork, tenant: TenantId, contact: ContactId, *, wanted: bool = False
    ) -> Talk | None:
        """None where there is no talk and none may or can be begun. `wanted`: a person asks for it. Commits nothing.

        When they write back, it is from that number, with or without its ninth digit: one contact, one talk.
        """
        known = await work.notices.conversation_of(contact)
        if known is not None:
            return Talk(known)
        phone = (await work.clients.get(contact)).phone
        if phone is None or not (wanted or await self._may_begin(work)):
            return None
        line = await self.lines.first(tenant)
        if line is None:
            return None
        return Talk((await work.conversations.with_contact(line, contact, phone.whatsapp)).id, begun=True)

    async def _may_begin(self, work: TellingWork) -> bool:
        return (await work.manners.get()).writes_first and await work.notices.begun_lately() < MOST_A_DAY
