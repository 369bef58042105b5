"""The list of conversations: who waits, who is answered by whom, what was said last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from application.conversations.views import LookingWork, Place, TalkRow, Wanted
from application.shared.ports import OpenWork
from domain.conversations.conversation import Holder
from domain.shared.ids import TenantId

PAGE = 30


@dataclass(frozen=True, slots=True)
class TalkPage:
    rows: Sequence[TalkRow]
    counts: Mapping[Holder, int]
    next: Place | None


@dataclass(frozen=True, slots=True)
class ListTalks:
    open_work: OpenWork[LookingWork]

    async def __call__(self, tenant: TenantId, wanted: Wanted, after: Place | None = None) -> TalkPage:
        async with self.open_work(tenant) as work:
            rows = await work.talks.rows(wanted, after=after, limit=PAGE + 1)
            counts = await work.talks.count()
        shown = rows[:PAGE]
        following = Place(shown[-1].at, shown[-1].id) if len(rows) > PAGE else None
        return TalkPage(shown, counts, following)


@dataclass(frozen=True, slots=True)
class CountWaiting:
    """How many contacts wait for a person: the number beside the menu."""

    open_work: OpenWork[LookingWork]

    async def __call__(self, tenant: TenantId) -> int:
        async with self.open_work(tenant) as work:
            return await work.talks.waiting()
