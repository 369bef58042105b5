"""What the platform's operator decides about dead letters of any company; each deed is in that company's audit log too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from application.dead_letters.ports import DeadLetterNotFound, DeadLetters
from application.shared.audit import AuditLog
from domain.audit.entry import Deed
from domain.shared.ids import JobId


@dataclass(frozen=True, slots=True)
class SettleAny:
    """One that somebody else settled meanwhile is passed by."""

    dead_letters: DeadLetters
    audit: AuditLog

    async def retry(self, ids: Collection[JobId], who: str) -> int:
        """How many will be tried again, from the first step of the ladder."""
        return await self._each(ids, who, "dead_letters.retry", self.dead_letters.retry)

    async def discard(self, ids: Collection[JobId], who: str) -> int:
        """How many are gone."""
        return await self._each(ids, who, "dead_letters.discard", self.dead_letters.discard)

    async def _each(
        self, ids: Collection[JobId], who: str, action: str, deed: Callable[[JobId], Awaitable[None]]
    ) -> int:
        done = 0
        for id in ids:
            try:
                letter = await self.dead_letters.get(id)
                await deed(id)
            except DeadLetterNotFound:
                continue
            await self.audit.record(Deed(who, action, f"dead_letters:{id}", letter.tenant))
            done += 1
        return done
