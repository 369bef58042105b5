"""A page of what failed for good in one company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from application.dead_letters.views import DeadLettersWork, Parked
from application.shared.ports import OpenWork
from domain.shared.ids import JobId, TenantId

PAGE = 50


@dataclass(frozen=True, slots=True)
class ParkedPage:
    rows: Sequence[Parked]
    total: int
    next: JobId | None


@dataclass(frozen=True, slots=True)
class ListParked:
    open_work: OpenWork[DeadLettersWork]

    async def __call__(self, tenant: TenantId, after: JobId | None = None) -> ParkedPage:
        async with self.open_work(tenant) as work:
            rows = await work.dead_letters.parked(after=after, limit=PAGE + 1)
            total = await work.dead_letters.count()
        shown = rows[:PAGE]
        return ParkedPage(shown, total, shown[-1].id if len(rows) > PAGE else None)
