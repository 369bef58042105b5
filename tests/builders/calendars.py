"""A practice whose calendar is a real Cal.com of the sandbox, over a real PostgreSQL."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx2

from adapters.calcom.lines import Lines
from adapters.postgres.agenda_calendar import BuiltInCalendars
from adapters.postgres.calendar_connections import PostgresCalendarConnections, PostgresCalendarDesk
from adapters.postgres.pool import Pool
from adapters.postgres.work import PostgresWorkshop
from adapters.security.envelope import Envelopes
from adapters.telemetry.calendar_measures import CalendarCounters
from application.agenda.booking import Booking
from application.agenda.connections import CalendarConnection, CalendarConnectionId, EventTypeOf
from application.agenda.face import Agenda
from application.agenda.keep import Asker
from application.agenda.reconcile_calendar import ReconcileCalendar
from application.agenda.repair_drift import RepairDrift
from application.shared.ports import Claim
from domain.agenda.appointment import Appointment
from domain.agenda.opening_hours import WeekHours
from domain.agenda.people import Professional, Service
from domain.assistant.attendance import Span
from domain.shared.ids import AppointmentId, ContactId, JobId, ProfessionalId, ServiceId, TenantId
from domain.shared.phone import Phone
from ops.sandbox.calcom.records import Account, EventType
from ops.sandbox.handle import Calcom
from secretaria.agenda import agenda_over, keep_over
from secretaria.calendars import ChosenCalendars
from tests.builders.agenda import introduced

WEEKDAYS = WeekHours(((Span(480, 1080),),) * 5 + ((), ()))
DESK = Asker("user:00000000-0000-0000-0000-000000000001")
SECRET = "a secret that is long enough to be one"
SUNDAY = datetime(2031, 3, 2, 15, 0, tzinfo=UTC)


def at(hour: int, minute: int = 0) -> datetime:
    """That hour of São Paulo on the Monday after."""
    return datetime(2031, 3, 3, hour + 3, minute, tzinfo=UTC)


@dataclass
class Clinic:
    """`calcom` is the owner's own hands over there; what else it has are our parts."""

    tenant: TenantId
    agenda: Agenda
    calendars: ChosenCalendars
    reconcile: ReconcileCalendar
    connection: CalendarConnection
    open_work: PostgresWorkshop
    pool: Pool
    calcom: Calcom
    account: Account
    kind: EventType
    time: list[datetime]
    doctor: ProfessionalId
    visit: ServiceId
    phones: count[int]

    async def go_to(self, moment: datetime) -> None:
        self.time[0] = moment
        await self.calcom.set(now=moment.isoformat())

    async def client(self, name: str = "Ana") -> ContactId:
        return await introduced(self.agenda, self.tenant, Phone(f"+55{next(self.phones)}"), name)

    async def book(self, starts: datetime, contact: ContactId | None = None) -> Appointment:
        wish = Booking(contact or await self.client(), self.visit, self.doctor, starts)
        return await self.agenda.book(self.tenant, wish, DESK)

    async def appointment(self, id: AppointmentId) -> Appointment:
        async with self.open_work(self.tenant) as work:
            return await work.appointments.get(id)

    async def all(self) -> list[Appointment]:
        async with self.open_work(self.tenant) as work:
            ids = await work._connection.fetch("select id from appointments order by id")
            return [await work.appointments.get(AppointmentId(row["id"])) for row in ids]

    async def there(self) -> list[tuple[str, datetime]]:
        """What stands over there."""
        return sorted(
            (one.uid, one.start) for one in await self.calcom.bookings() if one.status in ("accepted", "pending")
        )

    async def places(self) -> list[datetime]:
        async with self.open_work(self.tenant) as work:
            rows = await work._connection.fetch("select lower(busy) as starts from agenda_places order by 1")
        return [row["starts"] for row in rows]

    async def read_on(self) -> str:
        """A round of the job, as a worker runs it."""
        return await self.reconcile(await self.claim("agenda.reconcile"))

    async def claim(self, actor: str) -> Claim:
        await self.pool.execute("select public.add_job($1, $2, '{}', $2, now(), '')", self.tenant, actor)
        row: Any = await self.pool.fetchrow(
            "update public.jobs set state = 'running', fence = fence + 1, worker = 'tests', due_at = now() + interval '1 min'"
            " where tenant_id = $1 and actor = $2 returning id, fence",
            self.tenant,
            actor,
        )
        return Claim(self.tenant, JobId(row["id"]), row["fence"])


async def clinic_of(
    tenant: TenantId,
    open_work: PostgresWorkshop,
    pool: Pool,
    vault: Envelopes,
    http: httpx2.AsyncClient,
    calcom: Calcom,
) -> Clinic:
    time = [SUNDAY]
    await calcom.reset()
    await calcom.set(now=SUNDAY.isoformat(), race_ms=3)
    account = await calcom.enter(per_minute=0, key=f"cal_live_{secrets.token_hex(8)}")
    kind = await calcom.offer(account, host=account.id)

    def clock() -> datetime:
        return time[0]

    desk = PostgresCalendarDesk(pool, vault, open_work)
    calendars = ChosenCalendars(
        PostgresCalendarConnections(pool, vault),
        desk,
        BuiltInCalendars(open_work, clock),
        http,
        Lines(lambda: time[0].timestamp()),
    )
    agenda = agenda_over(open_work, pool, vault, calendars, clock)
    doctor = (await agenda.set_up.put_professional(tenant, Professional("Dra. Marina", WEEKDAYS), "user:x")).id
    visit = (await agenda.set_up.put_service(tenant, Service("Consulta", 30), "user:x")).id
    connection = CalendarConnection(
        CalendarConnectionId(secrets.token_hex(11)), tenant, calcom.url, account.key, (SECRET,)
    )
    await desk.put(connection, [EventTypeOf(visit, doctor, kind.id)])
    repair = RepairDrift(open_work, keep_over(agenda.zones, clock), clock)
    reconcile = ReconcileCalendar(open_work, calendars.connections, calendars, repair, CalendarCounters(), clock)
    return Clinic(
        tenant, agenda, calendars, reconcile, connection, open_work, pool, calcom, account, kind, time, doctor, visit,
        count(11_987_650_000),
    )  # fmt: skip
