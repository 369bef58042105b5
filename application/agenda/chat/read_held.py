"""Replies that did not leave as the model wrote them, for the company to see what its clients were spared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from application.agenda.chat.ports import ChatWork, HeldCount, HeldView
from application.shared.ports import Clock, OpenWork
from domain.shared.ids import TenantId

MONTH: Final = timedelta(days=30)
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class HeldReplies:
    """Of the last thirty days; the list holds the newest."""

    replies: Sequence[HeldView]
    count: HeldCount


@dataclass(frozen=True, slots=True)
class ReadHeld:
    open_work: OpenWork[ChatWork]
    clock: Clock

    async def __call__(self, tenant: TenantId) -> HeldReplies:
        since = self.clock() - MONTH
        async with self.open_work(tenant) as work:
            return HeldReplies(
                await work.booking_talks.held_since(since, MOST), await work.booking_talks.count_held(since)
            )
