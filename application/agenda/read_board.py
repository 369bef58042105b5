"""The agenda as somebody at the desk looks at it: who attends when, who is expected, and how many came of late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from application.agenda.look import Look
from application.agenda.work import AppointmentView, Listed
from domain.agenda.availability import House
from domain.agenda.opening_hours import left_of, off_on
from domain.agenda.people import Professional
from domain.agenda.presence import Presence
from domain.agenda.slot import Slot
from domain.assistant.attendance import Span
from domain.shared.ids import TenantId

OF_LATE: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Board:
    """`professionals`: all who attend; `offers`: whether there is any service to book. `holidays`: the days' names."""

    house: House
    professionals: Sequence[Professional]
    offers: bool
    holidays: Mapping[date, str]
    appointments: Sequence[AppointmentView]
    presence: Presence

    def attends(self, professional: Professional, day: date) -> list[Span]:
        """What is left of their hours on that day once what is off is out."""
        if self.house.rules.closed_on_holidays and day in self.house.holidays:
            return []
        return left_of(professional.hours.on(day), off_on(day, self.house.days_off, professional.id))

    def why_closed(self, professional: Professional, day: date) -> str:
        """A holiday's or a day off's name, where it has one and takes something of that day."""
        if self.house.rules.closed_on_holidays and day in self.house.holidays:
            return self.holidays.get(day, "")
        off = (each for each in self.house.days_off if each.professional in (None, professional.id))
        return next((each.name for each in off if each.name and each.on(day) is not None), "")


@dataclass(frozen=True, slots=True)
class ReadBoard:
    look: Look

    async def __call__(self, tenant: TenantId, *wanted: Listed) -> Board:
        """What is wanted first stands first."""
        zone, now = await self.look.zones.of(tenant), self.look.clock()
        async with self.look.open_work(tenant) as work:
            window = Slot(min(one.window.starts for one in wanted), max(one.window.ends for one in wanted))
            house = await self.look.house(work, window, zone)
            rules = house.rules
            first, last = window.starts.astimezone(zone).date(), window.ends.astimezone(zone).date()
            names = await self.look.holidays.between(first, last, state=rules.state, optional=rules.optional_holidays)
            listed = [view for one in wanted for view in await work.appointments.list(one)]
            return Board(
                house=house,
                professionals=await work.agenda.professionals(),
                offers=bool(await work.agenda.services()),
                holidays=names,
                appointments=list({view.appointment.id: view for view in listed}.values()),
                presence=await work.appointments.presence(Slot(now - OF_LATE, now)),
            )
