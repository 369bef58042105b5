"""What others changed of somebody's appointment, told when it is time to: how it stands then, however often it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from application.agenda.keep import SYSTEM
from application.agenda.untold import Known
from application.companies.ports import Zones
from application.quotas.meter import Meter
from application.reminders.change_texts import called_off, changed
from application.reminders.jobs import WHILE_MOVING
from application.reminders.look import candidate_of
from application.reminders.tell import Saying, Tell, Told
from application.reminders.work import TellingWork
from application.shared.ports import Claim, Clock, OpenWork
from domain.agenda.appointment import Appointment, Status
from domain.audit.entry import Deed
from domain.reminders.notices import Asked
from domain.shared.ids import AppointmentId

NOTHING_NEW: Final = "nothing_new"
TOLD: Final = frozenset({str(Told.SAID), str(Told.AGAIN)})
ON_THE_WAY: Final = timedelta(hours=1)
"""So long before, whoever reads it can still stay at home: better woken at night than at a closed door in the morning."""


@dataclass(frozen=True, slots=True)
class TellChange:
    open_work: OpenWork[TellingWork]
    zones: Zones
    meter: Meter
    tell: Tell
    clock: Clock

    async def __call__(self, claim: Claim, id: AppointmentId) -> str:
        """Returns how it ended, as one fixed word."""
        zone, standing = await self.zones.of(claim.tenant), await self.meter.standing(claim.tenant)
        async with self.open_work(claim.tenant) as work:
            now = self.clock()
            appointment, known = await work.appointments.get(id, lock=True), await work.untold.of(id)
            outcome = _idle(appointment, known, now)
            if known is not None and outcome is None:
                later = await _later(work, appointment, known, now, zone)
                if later > now:
                    await work.jobs.postpone(claim, later)
                    await work.commit()
                    return "put_off"
                saying = await self._saying(work, appointment, known, zone)
                outcome = await self.tell(work, claim.tenant, standing, saying, claim.correlation)
            if outcome is not None and outcome != NOTHING_NEW:
                await work.audit.record(_deed(id, outcome))
            await work.untold.forget(id)
            await work.jobs.finish(claim)
            await work.commit()
        return outcome or NOTHING_NEW

    async def _saying(self, work: TellingWork, appointment: Appointment, known: Known, zone: ZoneInfo) -> Saying:
        """No answer is awaited: whatever they say next is a turn of its own."""
        now, view = self.clock(), await work.appointments.view(appointment.id)
        had, was = (await work.agenda.professional(known.professional)).name, known.starts.astimezone(zone)
        words = called_off if appointment.status is Status.CANCELLED else changed
        text = words(view.client.name, candidate_of(view, zone), now.astimezone(zone), was=was, had=had)
        about = f"changed:{appointment.id}:{appointment.version}"
        return Saying(about, Asked.SETTLED, appointment.contact, text, closes_at=now, appointments=[appointment.id])


async def _later(work: TellingWork, appointment: Appointment, known: Known, now: datetime, zone: ZoneInfo) -> datetime:
    """Not in the quiet hours, unless the morning is too late; nor while a calendar is asked about yet another time."""
    if appointment.moving_to is not None:
        return now + WHILE_MOVING
    morning = (await work.manners.get()).quiet.over(now, zone)
    return morning if morning + ON_THE_WAY < min(known.starts, appointment.slot.starts) else now


def _idle(appointment: Appointment, known: Known | None, now: datetime) -> str | None:
    """Why there is nothing to tell, where there is nothing."""
    if known is None:
        return NOTHING_NEW
    if appointment.status is Status.CANCELLED:
        return "too_late" if known.starts <= now else None
    if not appointment.stands:
        return "changed"
    if known == Known(appointment.professional, appointment.slot.starts):
        return NOTHING_NEW
    return "too_late" if appointment.slot.starts <= now else None


def _deed(id: AppointmentId, outcome: str) -> Deed:
    """Whether the client knows: who looks for why they came at the old time finds it here."""
    return Deed(
        SYSTEM,
        "change.told" if outcome in TOLD else "change.not_told",
        f"appointment:{id}",
        after={"why": str(outcome)},
    )
