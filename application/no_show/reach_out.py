"""Two hours after somebody was missed, unless that was set right: they are asked what happened and offered another time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from application.companies.ports import Zones
from application.quotas.meter import Meter
from application.reminders.look import candidate_of
from application.reminders.tell import Saying, Tell
from application.reminders.texts import missed
from application.reminders.work import TellingWork
from application.shared.ports import Claim, Clock, OpenWork
from domain.agenda.appointment import Status
from domain.reminders.notices import Asked
from domain.shared.ids import AppointmentId

OPEN_FOR: Final = timedelta(days=3)
STALE: Final = timedelta(days=3)
"""Of what lies longer back than that nobody wants to be reminded."""


@dataclass(frozen=True, slots=True)
class ReachOut:
    open_work: OpenWork[TellingWork]
    zones: Zones
    meter: Meter
    tell: Tell
    clock: Clock

    async def __call__(self, claim: Claim, id: AppointmentId) -> str:
        zone, standing = await self.zones.of(claim.tenant), await self.meter.standing(claim.tenant)
        now = self.clock()
        async with self.open_work(claim.tenant) as work:
            appointment = await work.appointments.get(id, lock=True)
            morning = (await work.manners.get()).quiet.over(now, zone)
            if appointment.status is not Status.MISSED or now - appointment.slot.ends > STALE:
                outcome = "not_missed"
            elif morning > now:
                await work.jobs.postpone(claim, morning)
                await work.commit()
                return "put_off"
            else:
                view = await work.appointments.view(id)
                text = missed(view.client.name, candidate_of(view, zone), now.astimezone(zone))
                saying = Saying(
                    f"recovery:{id}", Asked.RECOVERY, appointment.contact, text, now + OPEN_FOR, appointments=[id]
                )
                outcome = await self.tell(work, claim.tenant, standing, saying, claim.correlation)
            await work.jobs.finish(claim)
            await work.commit()
        return outcome
