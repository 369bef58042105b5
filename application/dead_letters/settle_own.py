"""What a company decides about its own dead letters: try them again, or let them go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from application.dead_letters.ports import DeadLetterNotFound, DeadLetters
from domain.shared.ids import JobId, TenantId

Deed = Callable[[JobId], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class SettleOwn:
    """Another company's letter is no letter at all. One that somebody else settled meanwhile is passed by."""

    dead_letters: DeadLetters

    async def retry(self, tenant: TenantId, ids: Collection[JobId]) -> int:
        """How many will be tried again, from the first step of the ladder."""
        return await self._each(tenant, ids, self.dead_letters.retry)

    async def discard(self, tenant: TenantId, ids: Collection[JobId]) -> int:
        """How many are gone."""
        return await self._each(tenant, ids, self.dead_letters.discard)

    async def _each(self, tenant: TenantId, ids: Collection[JobId], deed: Deed) -> int:
        done = 0
        for id in ids:
            try:
                if (await self.dead_letters.get(id)).tenant == tenant:
                    await deed(id)
                    done += 1
            except DeadLetterNotFound:
                continue
        return done
