"""Everything that decides whether a time can be had, gathered: our rules and places, then what the calendar offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from application.agenda.ports import Calendars, FreeQuery, Holidays
from application.agenda.work import AgendaWork, Sparing
from application.companies.ports import Zones
from application.shared.ports import Clock, OpenWork
from domain.agenda.availability import FreeSlot, House, Openings, Search
from domain.agenda.people import DoesNotDoThat, Professional, Service, ServiceNotFound
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ContactId, ProfessionalId, ServiceId, TenantId

INSTANT: Final = timedelta(microseconds=1)
FIRST_LOOK: Final = timedelta(days=3)
GROWTH: Final = 4
"""Three days, twelve, forty-eight: who is booked out for two months is asked about three times."""

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
        """The earliest first.

        Raises ServiceNotFound, ProfessionalNotFound, ClientNotFound, DoesNotDoThat or Unavailable.
        """
        zone, now = await self.zones.of(tenant), self.clock()
        async with self.open_work(tenant) as work:
            if wanted.contact is not None:
                await work.clients.get(wanted.contact)
            service = await offered(work, wanted.service, moving=wanted.moved is not None)
            people = await who_does(work, service, wanted.professional)
            house = await self.house(work, wanted.window, zone)
            ref = None if wanted.moved is None else (await work.appointments.get(wanted.moved)).ref
        calendar = await self.calendars.of(tenant)
        found: list[FreeSlot] = []
        for part in _parts(wanted.window, service):
            openings = await self._openings(tenant, service, people, part, wanted)
            asked = FreeQuery(service.id, [each.id for each in people], part, service.length, ref)
            lent = await calendar.free(asked)
            openings = [replace(each, offered=lent.get(each.professional, ())) for each in openings]
            found += Search(house, service, part, now).first(openings, wanted.limit - len(found))
            if len(found) >= wanted.limit or part.starts > now + house.rules.ahead:
                break
        return found

    async def house(self, work: AgendaWork, window: Slot, zone: ZoneInfo) -> House:
        rules = await work.agenda.rules()
        first, last = (window.starts - MARGIN).date(), (window.ends + MARGIN).date()
        holidays = await self.holidays.between(first, last, state=rules.state, optional=rules.optional_holidays)
        return House(zone, rules, await work.agenda.days_off(), frozenset(holidays))

    async def is_open(
        self, work: AgendaWork, zone: ZoneInfo, service: Service, professional: Professional, slot: Slot
    ) -> bool:
        """By our own rules alone; what is taken is the diary's to say, and what the calendar thinks the calendar's."""
        house = await self.house(work, slot, zone)
        search = Search(house, service, slot, self.clock())
        return search.is_free(Openings(professional.id, professional.hours, offered=[slot]))

    async def _openings(
        self, tenant: TenantId, service: Service, people: Sequence[Professional], part: Slot, wanted: Wanted
    ) -> list[Openings]:
        """No transaction is left open: a calendar is asked next, which may take its time."""
        sparing = Sparing(wanted.contact, wanted.moved)
        async with self.open_work(tenant) as work:
            taken = await work.places.taken(
                service.around(part), self.clock(), sparing=sparing, of=[each.id for each in people]
            )
        return [Openings(each.id, each.hours, taken.get(each.id, ())) for each in people]


async def offered(work: AgendaWork, id: ServiceId, *, moving: bool = False) -> Service:
    """Raises ServiceNotFound, also for one that is no longer offered, unless what was booked of it before is moved."""
    service = await work.agenda.service(id)
    if not service.active and not moving:
        raise ServiceNotFound("this service is no longer offered")
    return service


async def who_does(work: AgendaWork, service: Service, only: ProfessionalId | None) -> list[Professional]:
    """Raises ProfessionalNotFound or DoesNotDoThat."""
    if only is None:
        return [each for each in await work.agenda.professionals() if service.done_by(each.id)]
    professional = await work.agenda.professional(only)
    if not professional.active or not service.done_by(only):
        raise DoesNotDoThat("this professional does not do this service")
    return [professional]


def _parts(window: Slot, service: Service) -> Iterator[Slot]:
    """The window in growing parts: whoever wants the next free hours need not wait for two months to be read.

    Each reaches past its end by the service's length, and an instant less, so that every start lies in exactly one of them.
    """
    starts, span = window.starts, FIRST_LOOK
    while starts + service.length <= window.ends:
        ends = starts + span
        yield Slot(starts, min(ends + service.length - INSTANT, window.ends))
        starts, span = ends, span * GROWTH
