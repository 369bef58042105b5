"""Today, the two weeks before it, and where the month is heading."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from application.analytics.views import Day, FiguresWork, Now
from application.companies.ports import Profiles
from application.shared.ports import Clock, OpenWork
from domain.shared.ids import TenantId

DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Glance:
    """`days` has all fourteen, oldest first, today last. Costs are millionths of a US dollar."""

    now: Now
    days: Sequence[Day]
    month_cost: int
    projected_cost: int

    @property
    def today(self) -> Day:
        return self.days[-1]


@dataclass(frozen=True, slots=True)
class DayAtAGlance:
    open_work: OpenWork[FiguresWork]
    profiles: Profiles
    clock: Clock

    async def __call__(self, tenant: TenantId) -> Glance:
        zone = (await self.profiles.of(tenant)).zone
        local = self.clock().astimezone(zone)
        first = local.date() - timedelta(days=DAYS - 1)
        async with self.open_work(tenant) as work:
            now = await work.figures.now()
            found = {day.day: day for day in await work.figures.days(_midnight(first, zone), zone.key)}
            month_cost = await work.figures.cost_since(_midnight(local.date().replace(day=1), zone))
        days = [first + timedelta(days=each) for each in range(DAYS)]
        return Glance(now, [found.get(day, Day(day)) for day in days], month_cost, projected(month_cost, local))


def projected(cost: int, local: datetime) -> int:
    """What the month will have cost if it goes on as it went so far."""
    days = monthrange(local.year, local.month)[1]
    gone = local.day - 1 + (local.hour * 60 + local.minute) / 1440
    return round(cost * days / max(gone, 0.25))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
