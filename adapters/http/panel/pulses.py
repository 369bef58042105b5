"""All streams of this process that watch the same thing share one look a second at whether it changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from adapters.http.watching import Remembered
from domain.shared.ids import ConversationId, TenantId

FRESH_FOR: Final = 0.9
"""Seconds, a little less than a stream's rhythm: each of its own looks may be the one that the others share."""

MOST_WATCHED: Final = 2_000


@dataclass(frozen=True, slots=True)
class Pulses:
    """`feel` is asked of a company, or of what is watched in it."""

    feel: Callable[..., Awaitable[str]]
    watched: dict[tuple[TenantId, ConversationId | None], Remembered[str]] = field(default_factory=dict)

    async def of(self, tenant: TenantId, id: ConversationId | None = None) -> str:
        """Raises Unavailable."""
        known = self.watched.get((tenant, id))
        if known is None:
            if len(self.watched) >= MOST_WATCHED:
                self.watched.clear()
            asked = partial(self.feel, tenant) if id is None else partial(self.feel, tenant, id)
            known = self.watched[tenant, id] = Remembered(asked, FRESH_FOR)
        return await known.get()
