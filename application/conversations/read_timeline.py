"""One conversation, line by line, with the contact's card and what the team wrote beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from application.conversations.views import Before, Card, Line, LookingWork
from application.shared.ports import OpenWork
from domain.handoff.entry import EntryKind
from domain.shared.ids import ConversationId, TenantId

PAGE = 60
LONGEST = 500
"""Lines that a page left open all day shows at most."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """`summary` is the newest one. `before` is where an earlier page ends, None when all is shown."""

    card: Card
    lines: Sequence[Line]
    before: Before | None
    summary: Line | None


@dataclass(frozen=True, slots=True)
class ReadTimeline:
    open_work: OpenWork[LookingWork]

    async def __call__(
        self, tenant: TenantId, id: ConversationId, *, before: Before | None = None, since: datetime | None = None
    ) -> Timeline:
        """The last page, the page before a place, or everything `since` then. Raises ConversationNotFound."""
        async with self.open_work(tenant) as work:
            card = await work.talks.card(id)
            lines = await work.talks.lines(id, before=before, limit=LONGEST if since else PAGE + 1)
            summaries = await work.talks.entries(id, EntryKind.SUMMARY, 1)
        summary = summaries[0] if summaries else None
        if since is not None:
            return Timeline(card, [line for line in lines if line.at >= since], None, summary)
        shown = lines[-PAGE:]
        earlier = Before(shown[0].at, shown[0].key) if len(lines) > PAGE else None
        return Timeline(card, shown, earlier, summary)
