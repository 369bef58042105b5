""" "Abrir conversa": somebody of the company wants to write to a client of whom they have no more than the number."""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.keep import Asker
from application.reminders.open_talk import OpenTalk
from application.reminders.remind_now import NotToRemind, WhyNot
from application.reminders.work import TellingWork
from application.shared.ports import OpenWork
from domain.audit.entry import Deed
from domain.shared.ids import ContactId, ConversationId, TenantId


@dataclass(frozen=True, slots=True)
class WriteFirst:
    open_work: OpenWork[TellingWork]
    open_talk: OpenTalk

    async def __call__(self, tenant: TenantId, contact: ContactId, asker: Asker) -> ConversationId:
        """The talk there is, or a new one, with nothing said in it. Raises NotToRemind or ClientNotFound."""
        async with self.open_work(tenant) as work:
            await work.clients.get(contact)
            if await work.notices.opted_out(contact):
                raise NotToRemind(WhyNot.OPTED_OUT)
            talk = await self.open_talk(work, tenant, contact, wanted=True)
            if talk is None:
                raise NotToRemind(WhyNot.NO_WAY)
            if talk.begun:
                await work.audit.record(Deed(asker.who, "conversation.begun", f"contact:{contact}"))
                await work.commit()
        return talk.id
