"""A practice with a doctor who attends on weekdays, for tests over a real PostgreSQL with a clock that is set by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from adapters.postgres.agenda_calendar import BuiltInCalendar, BuiltInCalendars
from adapters.postgres.pool import Pool
from adapters.postgres.work import PostgresWorkshop
from adapters.security.envelope import Envelopes
from application.agenda.booking import Booking
from application.agenda.face import Agenda
from application.agenda.keep import Asker
from application.agenda.look import Wanted
from domain.agenda.appointment import Appointment
from domain.agenda.opening_hours import WeekHours
from domain.agenda.people import NEW_PROFESSIONAL, NEW_SERVICE, Professional, Service
from domain.agenda.slot import Slot
from domain.assistant.attendance import Span
from domain.shared.ids import ContactId, ProfessionalId, ServiceId, TenantId
from domain.shared.phone import Phone
from secretaria.agenda import agenda_over
from tests.fakes.agenda import BrokenCalendars, Line

MONDAY_7H = datetime(2026, 11, 23, 10, tzinfo=UTC)
"""Seven in the morning in São Paulo."""

WEEKDAYS = WeekHours(((Span(480, 720), Span(780, 1080)),) * 5 + ((), ()))
DESK = Asker("user:00000000-0000-0000-0000-000000000001")


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    """That hour of São Paulo on the Monday, or so many days later."""
    return MONDAY_7H + timedelta(days=days, hours=hour - 7, minutes=minute)


@dataclass
class Practice:
    tenant: TenantId
    agenda: Agenda
    calendar: BuiltInCalendar
    open_work: PostgresWorkshop
    pool: Pool
    line: Line
    time: list[datetime]
    doctor: ProfessionalId = NEW_PROFESSIONAL
    visit: ServiceId = NEW_SERVICE
    phones: count[int] = field(default_factory=lambda: count(11_987_650_000))

    @property
    def now(self) -> datetime:
        return self.time[0]

    def go_to(self, moment: datetime) -> None:
        self.time[0] = moment

    async def client(self, name: str = "Ana") -> ContactId:
        return await introduced(self.agenda, self.tenant, Phone(f"+55{next(self.phones)}"), name)

    async def professional(self, name: str, hours: WeekHours = WEEKDAYS) -> ProfessionalId:
        return (await self.agenda.set_up.put_professional(self.tenant, Professional(name, hours), "user:x")).id

    async def service(self, name: str, minutes: int = 30, **more: object) -> ServiceId:
        service = Service(name, minutes, **more)
        return (await self.agenda.set_up.put_service(self.tenant, service, "user:x")).id

    def wish(self, contact: ContactId, starts: datetime, *, anyway: bool = False) -> Booking:
        return Booking(contact, self.visit, self.doctor, starts, anyway)

    async def book(self, starts: datetime, contact: ContactId | None = None) -> Appointment:
        contact = contact or await self.client()
        return await self.agenda.book(self.tenant, self.wish(contact, starts), DESK)

    async def free(self, day: int = 0, contact: ContactId | None = None, limit: int = 100) -> list[datetime]:
        """Free starts at the doctor's on that day."""
        wanted = Wanted(self.visit, Slot(at(0, days=day), at(24, days=day)), self.doctor, contact, limit=limit)
        return [each.free.slot.starts for each in await self.agenda.find_slots(self.tenant, wanted)]

    async def entries(self) -> list[tuple[str, datetime]]:
        """What the calendar holds, cancelled ones too."""
        found = await self.calendar.changed_since(datetime(2020, 1, 1, tzinfo=UTC))
        return sorted((str(each.state), each.slot.starts) for each in found)

    async def jobs(self) -> list[str]:
        rows = await self.pool.fetch("select actor from public.jobs where tenant_id = $1 order by id", self.tenant)
        return [row["actor"] for row in rows]


async def introduced(agenda: Agenda, tenant: TenantId, phone: Phone, name: str, email: str | None = None) -> ContactId:
    """Known to the company by their number, before anything is booked for them."""
    async with agenda.find_slots.look.open_work(tenant) as work:
        contact = await work.clients.by_phone(phone, name, email)
        await work.commit()
    return contact


async def practice_of(tenant: TenantId, open_work: PostgresWorkshop, pool: Pool, vault: Envelopes) -> Practice:
    time, line = [MONDAY_7H], Line()
    calendars = BuiltInCalendars(open_work, lambda: time[0])
    agenda = agenda_over(open_work, pool, vault, BrokenCalendars(calendars, line), lambda: time[0])
    practice = Practice(tenant, agenda, await calendars.of(tenant), open_work, pool, line, time)
    practice.doctor = await practice.professional("Dra. Marina")
    practice.visit = await practice.service("Consulta")
    return practice
