"""Whether anything of a conversation, or of the list, is different from a moment ago: one statement, for pages left open."""

from __future__ import annotations

from dataclasses import dataclass

from application.conversations.views import LookingWork
from application.shared.ports import OpenWork
from domain.shared.ids import ConversationId, TenantId


@dataclass(frozen=True, slots=True)
class FeelPulse:
    open_work: OpenWork[LookingWork]

    async def __call__(self, tenant: TenantId, id: ConversationId | None = None) -> str:
        """Two equal pulses: nothing that a page shows was written in between. `id`: of one conversation only."""
        async with self.open_work(tenant) as work:
            return await (work.talks.pulse() if id is None else work.talks.pulse_of(id))
