"""A company has 120 calls a minute at Cal.com: its own looks for free times leave nearly all of them to bookings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.postgres.quotas import PostgresQuotas
from application.agenda.chat.books import Books
from application.agenda.chat.ports import Visit
from application.agenda.chat.times import FindTimes, TimeWanted
from application.agenda.connections import EventTypeOf
from application.agenda.look import Wanted
from application.quotas.meter import Meter
from domain.agenda.opening_hours import WeekHours
from domain.agenda.people import Professional
from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from domain.assistant.attendance import Span
from domain.shared.ids import ContactId, ConversationId
from secretaria.reminders import unasked_over
from tests.builders.calendars import WEEKDAYS, Clinic

SATURDAYS = WeekHours(((),) * 5 + ((Span(480, 1080),), ()))
RATE = 50_000
DAYS = timedelta(days=60)


@dataclass
class Counted:
    """The calls at Cal.com since this was made."""

    clinic: Clinic
    after: int = field(default=0)

    async def new(self) -> int:
        found = await self.clinic.calcom.calls(self.after)
        self.after = found.last
        return sum(one.endpoint == "slots" for one in found.requests)


async def three_attend(clinic: Clinic) -> None:
    kinds = [EventTypeOf(clinic.visit, clinic.doctor, clinic.kind.id)]
    for number in (2, 3):
        doctor = await clinic.agenda.set_up.put_professional(
            clinic.tenant, Professional(f"Dr. {number}", WEEKDAYS), "user:x"
        )
        kind = await clinic.calcom.offer(clinic.account, host=clinic.account.id + number, slug=f"consulta-{number}")
        kinds.append(EventTypeOf(clinic.visit, doctor.id, kind.id))
    await clinic.calendars.desk.put(clinic.connection, kinds)


async def look(clinic: Clinic) -> int:
    wanted = Wanted(clinic.visit, Slot(clinic.time[0], clinic.time[0] + DAYS), limit=100_000)
    return len(await clinic.agenda.find_slots.look.free(clinic.tenant, wanted))


async def test_a_look_at_sixty_days_is_one_call_for_each_professional_and_month(clinic: Clinic) -> None:
    await three_attend(clinic)
    counted = Counted(clinic)

    first = await look(clinic)
    assert await counted.new() == 9
    assert await look(clinic) == first
    assert await counted.new() == 0


async def test_every_morning_of_next_week_is_one_look_for_each_professional(clinic: Clinic) -> None:
    await three_attend(clinic)
    async with clinic.open_work(clinic.tenant) as work:
        services, people = await work.agenda.services(), await work.agenda.professionals()
    books = Books({each.id: each for each in services}, {each.id: each for each in people}, (), DAYS, lambda _day: None)
    now = clinic.time[0].astimezone(ZoneInfo("America/Sao_Paulo"))
    visit = Visit(clinic.tenant, ConversationId(1), await clinic.client(), now)
    counted = Counted(clinic)

    times = await FindTimes(clinic.agenda)(visit, books, TimeWanted(clinic.visit, "semana que vem de manhã"))

    assert times.exact
    assert len(times.offered) == 6
    assert await counted.new() == 3


async def offer(clinic: Clinic) -> str:
    def clock() -> datetime:
        return clinic.time[0]

    meter = Meter(PostgresQuotas(clinic.pool, clock), RATE, clock)
    unasked = unasked_over(clinic.open_work, clinic.agenda, meter, clinic.pool)
    return await unasked.offer(await clinic.claim("agenda.offer_free"))


async def all_wait(clinic: Clinic, many: int) -> list[ContactId]:
    """For any place of sixty days in which there is none: here they attend on Saturdays, over there on weekdays."""
    async with clinic.open_work(clinic.tenant) as work:
        people = await work.agenda.professionals()
    for each in people:
        await clinic.agenda.set_up.put_professional(clinic.tenant, replace(each, hours=SATURDAYS), "user:x")
    contacts = [await clinic.client(f"Cliente {number}") for number in range(many)]
    for contact in contacts:
        wait = Wait(contact, clinic.visit, Slot(clinic.time[0], clinic.time[0] + DAYS))
        await clinic.agenda.waiting.add(clinic.tenant, wait, "user:x")
    return contacts


async def test_forty_who_wait_cost_no_more_calls_than_one(clinic: Clinic) -> None:
    await three_attend(clinic)
    await all_wait(clinic, 40)
    await clinic.calcom.enter(id=clinic.account.id, key=clinic.account.key, per_minute=120)
    counted = Counted(clinic)

    assert await offer(clinic) == "nobody_to_ask"

    assert await counted.new() == 9
