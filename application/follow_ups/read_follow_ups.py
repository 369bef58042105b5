"""What came of asking: who answered what, how many answer at all, how content they were, and how many people come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from application.companies.ports import Zones
from application.follow_ups.ports import FollowUpView, Satisfaction, Sought, Status
from application.follow_ups.work import CaringWork
from application.shared.ports import Clock, OpenWork
from domain.agenda.presence import Presence
from domain.follow_ups.replies import Intent
from domain.shared.ids import TenantId

MONTH: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which of those due within `back`, and of those to come, somebody would like to see."""

    status: Status | None = None
    intent: Intent | None = None
    words: str = ""
    back: timedelta = MONTH
    limit: int = 200


@dataclass(frozen=True, slots=True)
class Overview:
    """The rate and how content they were are of the last thirty days; `response_rate` is None while nobody was asked."""

    follow_ups: Sequence[FollowUpView]
    asked: int
    answered: int
    satisfaction: Sequence[Satisfaction]

    @property
    def response_rate(self) -> float | None:
        return self.answered / self.asked if self.asked else None


ALL: Final = Wish()


@dataclass(frozen=True, slots=True)
class ReadFollowUps:
    open_work: OpenWork[CaringWork]
    zones: Zones
    clock: Clock

    async def __call__(self, tenant: TenantId, wish: Wish = ALL) -> Overview:
        zone, now = await self.zones.of(tenant), self.clock()
        since = now - MONTH
        sought = Sought(now - wish.back, now + MONTH, wish.status, wish.intent, wish.words, wish.limit)
        async with self.open_work(tenant) as work:
            found = await work.follow_ups.list(sought)
            asked, answered = await work.follow_ups.asked_and_answered(since)
            return Overview(found, asked, answered, await work.follow_ups.satisfaction(since, zone.key))

    async def presence(self, tenant: TenantId, since: datetime, until: datetime) -> Presence:
        async with self.open_work(tenant) as work:
            return await work.feedback.presence(since, until)
