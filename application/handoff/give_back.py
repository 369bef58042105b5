"""A person is done: the assistant answers what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from application.handoff.ports import HandoffWork
from application.shared.ports import Clock, OpenWork
from domain.conversations.conversation import Holder
from domain.handoff.entry import Attendant, Entry, EntryKind
from domain.shared.ids import ConversationId, TenantId


@dataclass(frozen=True, slots=True)
class GiveBack:
    open_work: OpenWork[HandoffWork]
    clock: Clock

    async def __call__(self, tenant: TenantId, id: ConversationId, by: Attendant) -> None:
        """Giving back what the assistant already has changes nothing. Raises ConversationNotFound."""
        async with self.open_work(tenant) as work:
            conversation = await work.conversations.get(id, lock=True)
            if conversation.holder is Holder.ASSISTANT:
                return
            conversation.give_back(self.clock())
            await work.conversations.save(conversation)
            await work.desk.write(id, Entry(EntryKind.RETURNED, by, self.clock()))
            await work.commit()
