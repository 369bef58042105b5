"""Today, and the two weeks before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from application.analytics.views import Day, FiguresWork, Now
from application.companies.ports import Profiles
from application.shared.ports import Clock, OpenWork
from domain.shared.ids import TenantId

DAYS: Final = 14
FRESH: Final = timedelta(minutes=15)
MOST_KEPT: Final = 1_000


@dataclass(frozen=True, slots=True)
class Glance:
    """`days` has all fourteen, oldest first, today last."""

    now: Now
    days: Sequence[Day]

    @property
    def today(self) -> Day:
        return self.days[-1]


@dataclass(slots=True)
class Past:
    """Days that are over hardly change: they are counted again every quarter of an hour."""

    found: dict[tuple[TenantId, date], tuple[datetime, Mapping[date, Day]]] = field(default_factory=dict)

    def get(self, tenant: TenantId, today: date, now: datetime) -> Mapping[date, Day] | None:
        known = self.found.get((tenant, today))
        return known[1] if known is not None and now - known[0] < FRESH else None

    def put(self, tenant: TenantId, today: date, now: datetime, days: Mapping[date, Day]) -> None:
        if len(self.found) >= MOST_KEPT:
            self.found.clear()
        self.found[tenant, today] = (now, days)


@dataclass(frozen=True, slots=True)
class DayAtAGlance:
    open_work: OpenWork[FiguresWork]
    profiles: Profiles
    clock: Clock
    past: Past = field(default_factory=Past)

    async def __call__(self, tenant: TenantId) -> Glance:
        zone = (await self.profiles.of(tenant)).zone
        local = self.clock().astimezone(zone)
        midnight = _midnight(local.date(), zone)
        async with self.open_work(tenant) as work:
            now = await work.figures.now()
            today = await work.figures.days(midnight, self.clock(), zone.key)
            before = await self._before(work, tenant, local, zone)
        found = {**before, **{day.day: day for day in today}}
        days = [local.date() - timedelta(days=each) for each in reversed(range(DAYS))]
        return Glance(now, [found.get(day, Day(day)) for day in days])

    async def _before(self, work: FiguresWork, tenant: TenantId, local: datetime, zone: ZoneInfo) -> Mapping[date, Day]:
        today = local.date()
        known = self.past.get(tenant, today, self.clock())
        if known is not None:
            return known
        midnight = _midnight(today, zone)
        days = await work.figures.days(_midnight(today - timedelta(days=DAYS - 1), zone), midnight, zone.key)
        found = {day.day: day for day in days}
        self.past.put(tenant, today, self.clock(), found)
        return found


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
