"""A person takes a conversation: from now on the assistant is silent in it."""

from __future__ import annotations

from dataclasses import dataclass

from application.handoff.ports import HandoffWork
from application.shared.ports import Clock, OpenWork
from domain.handoff.entry import Attendant, Entry, EntryKind
from domain.shared.ids import ConversationId, TenantId


@dataclass(frozen=True, slots=True)
class TakeOver:
    open_work: OpenWork[HandoffWork]
    clock: Clock

    async def __call__(self, tenant: TenantId, id: ConversationId, by: Attendant) -> None:
        """Raises ConversationNotFound."""
        async with self.open_work(tenant) as work:
            conversation = await work.conversations.get(id, lock=True)
            conversation.staff_spoke(self.clock())
            await work.conversations.save(conversation)
            await work.desk.write(id, Entry(EntryKind.TAKEN, by, self.clock()))
            await work.commit()
