"""The reception's part of the month: who came is written down, waiting lists are kept, a doctor falls ill."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from domain.agenda.slot import Slot
from domain.agenda.waiting import Wait
from domain.shared.errors import SecretariaError
from domain.shared.ids import AppointmentId
from domain.shared.phone import Phone
from ops.chaos.month_days import SAO_PAULO
from ops.chaos.month_ground import Ground
from ops.chaos.month_people import EARLIER, Customer
from ops.chaos.month_town import RECEPTION, WHO, Clinic

EVENING: Final = 19
WAITS_FOR: Final = timedelta(days=9)
DILIGENT: Final = 0.6
"""Of being written down by hand; the rest is assumed by the system."""

ILL: Final = 0.04
"""A day, of a professional."""

PAST_US: Final = 0.3
"""Of an evening at a clinic with its calendar at Cal.com: somebody of tomorrow's is called off over there, by hand."""

OVER: Final = """
select a.id, a.status, a.ends, c.phone from tenant_{tenant}.appointments a
join tenant_{tenant}.contacts c on c.id = a.contact_id
where a.ends <= $1 and a.ends > $1 - interval '1 day' and a.status not in ('cancelled', 'pending')
order by a.id
"""
TOMORROW: Final = """
select id from tenant_{tenant}.appointments where professional_id = $1 and starts > $2 and starts < $2 + interval '1 day'
and status in ('booked', 'confirmed', 'rescheduled') order by id
"""


@dataclass(slots=True)
class Reception:
    """One for all clinics. `refused`: what the system would not let it do, by the reason; `past_us`: what it did not ask for."""

    ground: Ground
    clinics: Mapping[str, Clinic]
    people: Mapping[tuple[str, str], Customer]
    dice: random.Random
    refused: Counter[str] = field(default_factory=Counter)
    past_us: int = 0
    _done: set[date] = field(default_factory=set)

    async def each_step(self, moment: datetime) -> None:
        local = moment.astimezone(SAO_PAULO)
        if local.hour >= EVENING and local.date() not in self._done:
            self._done.add(local.date())
            for clinic in self.clinics.values():
                await self._closes(clinic, moment)

    async def _closes(self, clinic: Clinic, moment: datetime) -> None:
        for row in await self.ground.postgres.fetch(OVER.format(tenant=clinic.tenant), moment):
            customer = self.people[clinic.line, row["phone"].lstrip("+")]
            came = customer.dice.random() < customer.temper.comes
            if self.dice.random() < DILIGENT:
                await self._mark(clinic, AppointmentId(row["id"]), came=came)
        for who in clinic.professionals.values():
            if self.dice.random() < ILL:
                for row in await self.ground.postgres.fetch(TOMORROW.format(tenant=clinic.tenant), who, moment):
                    await self._cancel(clinic, AppointmentId(row["id"]))
        if clinic.account is not None and self.dice.random() < PAST_US:
            await self._cancel_past_us(clinic.account, moment)

    async def _mark(self, clinic: Clinic, id: AppointmentId, *, came: bool) -> None:
        attendance = self.ground.agenda.attendance
        try:
            await (attendance.kept if came else attendance.missed)(clinic.tenant, id, RECEPTION)
        except SecretariaError as no:
            self.refused[type(no).__name__] += 1

    async def _cancel(self, clinic: Clinic, id: AppointmentId) -> None:
        try:
            await self.ground.agenda.cancel(clinic.tenant, id, RECEPTION, "the doctor is ill")
        except SecretariaError as no:
            self.refused[type(no).__name__] += 1

    async def _cancel_past_us(self, account: int, moment: datetime) -> None:
        for one in await self.ground.calcom.bookings():
            if one.account == account and one.holds_its_time and moment < one.start < moment + timedelta(days=1):
                await self.ground.calcom.do("cancel", one.uid)
                self.past_us += 1
                return

    async def hears(self, customer: Customer, text: str) -> None:
        """Who asks for an earlier time is put on the waiting list by hand."""
        if text != EARLIER:
            return
        clinic, now = self.clinics[customer.line], self.ground.tide()
        async with self.ground.agenda.find_slots.look.open_work(clinic.tenant) as work:
            contact = await work.clients.by_phone(Phone(f"+{customer.phone}"), None)
            await work.commit()
        service = self.dice.choice(list(clinic.services.values()))
        wait = Wait(contact, service, Slot(now, now + WAITS_FOR))
        await self.ground.agenda.waiting.add(clinic.tenant, wait, WHO)
