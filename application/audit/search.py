"""One page of the log, newest first, and where the next one begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from application.audit.ports import AuditBook, Wanted
from domain.audit.entry import Entry
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class Page:
    """`next_below` is what to ask below for the following page; None on the last."""

    entries: Sequence[Entry]
    next_below: int | None


@dataclass(frozen=True, slots=True)
class SearchAudit:
    book: AuditBook

    async def __call__(
        self, company: TenantId | None, wanted: Wanted, *, below: int | None = None, limit: int = 50
    ) -> Page:
        """Entries are numbered without gaps as they come, so a page stays what it is while others are written."""
        entries = await self.book.newest(company, wanted, below=below, limit=limit + 1)
        page = entries[:limit]
        return Page(page, page[-1].number if len(entries) > limit else None)
