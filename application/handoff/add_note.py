"""A note for the team: it stands in the conversation, and the contact never sees it."""

from __future__ import annotations

from dataclasses import dataclass

from application.handoff.ports import HandoffWork
from application.shared.ports import Clock, OpenWork
from domain.handoff.entry import Attendant, Entry, EntryKind, Said
from domain.shared.ids import ConversationId, TenantId


@dataclass(frozen=True, slots=True)
class AddNote:
    open_work: OpenWork[HandoffWork]
    clock: Clock

    async def __call__(self, tenant: TenantId, id: ConversationId, said: Said, by: Attendant) -> None:
        """Raises ConversationNotFound."""
        async with self.open_work(tenant) as work:
            await work.conversations.get(id)
            await work.desk.write(id, Entry(EntryKind.NOTE, by, self.clock(), said.text))
            await work.commit()
