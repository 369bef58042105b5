"""Asks the calendar elsewhere for free times of every event type that was set up; nothing is booked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final, Protocol

from application.agenda.connections import CalendarDesk, EventTypeOf, NoCalendarConnection
from application.agenda.ports import Calendar, FreeQuery
from application.agenda.work import AgendaWork
from application.shared.ports import Clock, OpenWork
from domain.agenda.people import Service
from domain.agenda.slot import Slot
from domain.shared.errors import NotFound, Refused, Unavailable
from domain.shared.ids import TenantId

AHEAD: Final = timedelta(days=14)
MOST: Final = 30
"""Event types tried at a time: a calendar elsewhere counts our calls."""


class Found(StrEnum):
    FREE = "free"
    NOTHING_FREE = "nothing_free"
    UNKNOWN = "unknown"
    """There is no such event type, or it is not this service's length."""
    AWAY = "away"
    """It does not answer, or does not take the key."""


@dataclass(frozen=True, slots=True)
class Tried:
    event_type: EventTypeOf
    found: Found


class Connected(Protocol):
    async def anew(self, tenant: TenantId) -> Calendar:
        """The calendar that the company has by now, whatever was known before."""


@dataclass(frozen=True, slots=True)
class TryCalendar:
    open_work: OpenWork[AgendaWork]
    connected: Connected
    desk: CalendarDesk
    clock: Clock

    async def __call__(self, tenant: TenantId) -> Sequence[Tried]:
        """Stops at the first that finds the calendar away: the others would only wait for the same.

        Raises NoCalendarConnection where the built-in one is all there is.
        """
        if await self.desk.connection(tenant) is None:
            raise NoCalendarConnection("the company keeps its calendar here")
        async with self.open_work(tenant) as work:
            services = {each.id: each for each in await work.agenda.services(also_inactive=True)}
        calendar, tried = await self.connected.anew(tenant), list[Tried]()
        for each in [*(await self.desk.event_types(tenant)).values()][:MOST]:
            tried.append(Tried(each, await self._ask(calendar, each, services[each.service])))
            if tried[-1].found is Found.AWAY:
                break
        return tried

    async def _ask(self, calendar: Calendar, one: EventTypeOf, service: Service) -> Found:
        now = self.clock()
        query = FreeQuery(one.service, [one.professional], Slot(now, now + AHEAD), service.length)
        try:
            found = await calendar.free(query)
        except (NotFound, Refused):
            return Found.UNKNOWN
        except Unavailable:
            return Found.AWAY
        return Found.FREE if found.get(one.professional) else Found.NOTHING_FREE
