"""Everything that decides whether a time can be had, gathered: our rules and places, then what the calendar offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from application.agenda.ports import Calendars, FreeQuery, Holidays
from application.agenda.work import AgendaWork
from application.companies.ports import Zones
from application.shared.ports import Clock, OpenWork
from domain.agenda.appointment import CalendarRef
from domain.agenda.availability import FreeSlot, House, Openings, Search
from domain.agenda.people import DoesNotDoThat, Professional, Service, ServiceNotFound
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ContactId, ProfessionalId, ServiceId, TenantId

MARGIN: Final = timedelta(days=2)
"""How far around a window holidays are asked for: its first and last day are those of the company's own zone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom free times are looked up: what the `contact` holds, and the appointment being `moved`, are in nobody's way."""

    service: ServiceId
    window: Slot
    professional: ProfessionalId | None = None
    contact: ContactId | None = None
    moved: AppointmentId | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Look:
    open_work: OpenWork[AgendaWork]
    calendars: Calendars
    zones: Zones
    holidays: Holidays
    clock: Clock

    async def free(self, tenant: TenantId, wanted: Wanted) -> Sequence[FreeSlot]:
        """The earliest first. Raises ServiceNotFound, ProfessionalNotFound, DoesNotDoThat or Unavailable."""
        zone = await self.zones.of(tenant)
        async with self.open_work(tenant) as work:
            service = await offered(work, wanted.service)
            house = await self.house(work, wanted.window, zone)
            openings = await self._openings(work, service, wanted)
            ref = None if wanted.moved is None else (await work.appointments.get(wanted.moved)).ref
        openings = await self._as_the_calendar_says(tenant, service, wanted.window, openings, ref)
        return Search(house, service, wanted.window, self.clock()).first(openings, wanted.limit)

    async def house(self, work: AgendaWork, window: Slot, zone: ZoneInfo) -> House:
        rules = await work.agenda.rules()
        first, last = (window.starts - MARGIN).date(), (window.ends + MARGIN).date()
        holidays = self.holidays.between(first, last, state=rules.state, optional=rules.optional_holidays)
        return House(zone, rules, await work.agenda.days_off(), frozenset(holidays))

    async def is_open(
        self, work: AgendaWork, zone: ZoneInfo, service: Service, professional: Professional, slot: Slot
    ) -> bool:
        """By our own rules alone; what is taken is the diary's to say, and what the calendar thinks the calendar's."""
        house = await self.house(work, slot, zone)
        search = Search(house, service, slot, self.clock())
        return search.is_free(Openings(professional.id, professional.hours, offered=[slot]))

    async def _openings(self, work: AgendaWork, service: Service, wanted: Wanted) -> list[Openings]:
        people = await _who(work, service, wanted.professional)
        around = wanted.window.widened(before=timedelta(days=1), after=timedelta(days=1))
        places = await work.places.around([each.id for each in people], around)
        now = self.clock()
        return [
            Openings(
                each.id,
                each.hours,
                taken=[
                    place.busy
                    for place in places.get(each.id, ())
                    if not place.lapsed(now) and not _own(place.contact, place.appointment, wanted)
                ],
            )
            for each in people
        ]

    async def _as_the_calendar_says(
        self,
        tenant: TenantId,
        service: Service,
        window: Slot,
        openings: Sequence[Openings],
        moving: CalendarRef | None,
    ) -> list[Openings]:
        calendar = await self.calendars.of(tenant)
        asked = [each.professional for each in openings]
        lent = await calendar.free(FreeQuery(service.id, asked, window, service.length, moving))
        return [replace(each, offered=lent.get(each.professional, ())) for each in openings]


async def offered(work: AgendaWork, id: ServiceId) -> Service:
    """Raises ServiceNotFound, also for one that is no longer offered."""
    service = await work.agenda.service(id)
    if not service.active:
        raise ServiceNotFound("this service is no longer offered")
    return service


async def _who(work: AgendaWork, service: Service, only: ProfessionalId | None) -> list[Professional]:
    if only is None:
        return [each for each in await work.agenda.professionals() if service.done_by(each.id)]
    professional = await work.agenda.professional(only)
    if not professional.active or not service.done_by(only):
        raise DoesNotDoThat("this professional does not do this service")
    return [professional]


def _own(contact: ContactId | None, appointment: AppointmentId | None, wanted: Wanted) -> bool:
    held = appointment is None and wanted.contact is not None and contact == wanted.contact
    return held or (appointment is not None and appointment == wanted.moved)
