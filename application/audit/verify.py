"""Proves that nobody changed, removed, added or swapped an entry, or names the first one that does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from application.audit.ports import AuditBook, Wanted
from domain.audit.chain import Broken, Head, Inspection
from domain.shared.ids import TenantId

PAGE: Final = 1_000
ALL: Final = Wanted()


@dataclass(frozen=True, slots=True)
class Verified:
    """One chain as it was found. `head` is where it ends; kept elsewhere, it proves later that the end was not cut off."""

    company: TenantId | None
    head: Head
    broken: Broken | None


@dataclass(frozen=True, slots=True)
class VerifyChain:
    book: AuditBook

    async def __call__(self, company: TenantId | None, *, known: Head | None = None) -> Verified:
        """`known`: where the chain ended at an earlier time, from a note the database could not touch."""
        inspection = Inspection()
        while entries := await self.book.onwards(company, ALL, above=inspection.reached.number, limit=PAGE):
            for entry in entries:
                broken = inspection.follow(entry) or _contradicts(inspection.reached, known)
                if broken is not None:
                    return Verified(company, inspection.reached, broken)
        return Verified(company, inspection.reached, await self._end(company, inspection, known))

    async def _end(self, company: TenantId | None, inspection: Inspection, known: Head | None) -> Broken | None:
        """Whoever adds an entry meanwhile moves the head past where we came to: then the walk goes on behind it."""
        head = await self.book.head(company)
        while head is not None and head.number > inspection.reached.number:
            entries = await self.book.onwards(company, ALL, above=inspection.reached.number, limit=PAGE)
            following = [entry for entry in entries if entry.number <= head.number]
            if not following:
                break
            for entry in following:
                if (broken := inspection.follow(entry)) is not None:
                    return broken
        if known is not None and known.number > inspection.reached.number:
            return Broken(inspection.reached.number + 1, "is missing, and all after it")
        return inspection.end(head)


def _contradicts(reached: Head, known: Head | None) -> Broken | None:
    if known is not None and reached.number == known.number and reached.digest != known.digest:
        return Broken(known.number, "is not what it was when its digest was noted")
    return None
