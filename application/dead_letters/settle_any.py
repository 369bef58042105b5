"""What the platform's operator decides about dead letters of any company; each deed stands in that company's audit log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from application.dead_letters.ports import DeadLetterNotFound, DeadLetters
from domain.shared.ids import JobId


@dataclass(frozen=True, slots=True)
class SettleAny:
    """One that somebody else settled meanwhile is passed by."""

    dead_letters: DeadLetters

    async def retry(self, ids: Collection[JobId]) -> int:
        """How many will be tried again, from the first step of the ladder."""
        return await self._each(ids, self.dead_letters.retry)

    async def discard(self, ids: Collection[JobId]) -> int:
        """How many are gone."""
        return await self._each(ids, self.dead_letters.discard)

    async def _each(self, ids: Collection[JobId], deed: Callable[[JobId], Awaitable[None]]) -> int:
        done = 0
        for id in ids:
            try:
                await deed(id)
            except DeadLetterNotFound:
                continue
            done += 1
        return done
