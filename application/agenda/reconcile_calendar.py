"""Reads what changed in a calendar elsewhere and sets right what disagrees: every few minutes, and whenever it knocks.

A webhook is only a knock. What is true is read from the calendar itself, so that webhooks may be lost, late, doubled or in
any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from application.agenda.calendar_work import CalendarWork
from application.agenda.connections import CalendarConnections
from application.agenda.drift import Drift
from application.agenda.ports import Calendars
from application.agenda.repair_drift import NOTHING_TO_DO, RepairDrift, Repaired
from application.shared.ports import Claim, Clock, OpenWork
from domain.shared.errors import NotFound, Refused, Unavailable
from domain.shared.ids import TenantId

RECONCILE: Final = "agenda.reconcile"
EVERY: Final = timedelta(minutes=5)
OVERLAP: Final = timedelta(minutes=2)
"""Read again each time: another machine's clock, and rows that are committed later than they are dated."""

KEPT: Final = timedelta(days=30)
"""How long a webhook is known as one that came before; it holds nothing but a digest, and yet need not lie for ever."""

FIRST_LOOK_BACK: Final = timedelta(days=120)
"""Bookings that were made before the calendar was connected take their time, too."""

PAGE: Final = 250
MOST_PAGES: Final = 20
"""In one go: the rest is read the next time, so that one full calendar does not hold a worker for minutes."""


class CalendarMeasures(Protocol):
    """What a board counts of calendars elsewhere."""

    def drifted(self, drift: Drift, *, mended: bool) -> None: ...

    def read(self, outcome: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ReconcileCalendar:
    open_work: OpenWork[CalendarWork]
    connections: CalendarConnections
    calendars: Calendars
    repair: RepairDrift
    measures: CalendarMeasures
    clock: Clock

    async def __call__(self, claim: Claim) -> str:
        """The job. It never dies of a calendar that is away or says no: it comes again."""
        outcome = await self._outcome(claim.tenant)
        self.measures.read(outcome)
        async with self.open_work(claim.tenant) as work:
            if outcome == "built_in":
                await work.jobs.finish(claim)
            else:
                await work.calendar.forget_events(self.clock() - KEPT)
                await work.jobs.postpone(claim, self.clock() + EVERY)
            await work.commit()
        return outcome

    async def _outcome(self, tenant: TenantId) -> str:
        try:
            if await self.connections.of(tenant) is None:
                return "built_in"
            return "mended" if await self._read_on(tenant) else "agreed"
        except Unavailable:
            return "away"
        except (Refused, NotFound):  # a Cal.com of its own may be too old to be asked this, until somebody renews it
            return "refused"

    async def _read_on(self, tenant: TenantId) -> int:
        """How many disagreements there were. Raises Unavailable, Refused or NotFound; what was read before that stays read."""
        calendar, since, drifts = await self.calendars.of(tenant), await self._since(tenant), 0
        for _ in range(MOST_PAGES):
            entries = await calendar.changed_since(since, limit=PAGE)
            for entry in entries:
                drifts += self._count(await self.repair(tenant, calendar, entry))
            if entries:
                await self._read_up_to(tenant, entries[-1].changed_at)
            if len(entries) < PAGE or entries[-1].changed_at <= since:
                break
            since = entries[-1].changed_at
        return drifts

    def _count(self, repaired: Repaired) -> int:
        if repaired.drift in NOTHING_TO_DO:
            return 0
        self.measures.drifted(repaired.drift, mended=repaired.mended)
        return 1

    async def _since(self, tenant: TenantId) -> datetime:
        async with self.open_work(tenant) as work:
            until = await work.calendar.read_until()
        now = self.clock()
        return now - FIRST_LOOK_BACK if until is None else min(until, now - OVERLAP)

    async def _read_up_to(self, tenant: TenantId, moment: datetime) -> None:
        async with self.open_work(tenant) as work:
            await work.calendar.read_up_to(moment)
            await work.commit()
