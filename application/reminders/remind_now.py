""" "Enviar lembrete agora": somebody of the company wants a client reminded, whatever the plan says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from application.agenda.keep import Asker
from application.companies.ports import Zones
from application.reminders.jobs import remind_job
from application.reminders.work import TellingWork
from application.shared.ports import Clock, OpenWork
from domain.agenda.appointment import Appointment
from domain.audit.entry import Deed
from domain.reminders.cadence import Kind, Planned
from domain.shared.errors import Refused
from domain.shared.ids import AppointmentId, TenantId


class WhyNot(StrEnum):
    """As a log and a program read it."""

    OVER = "this appointment does not stand any more"
    OPTED_OUT = "this client asked not to be written to"
    NO_WAY = "this client never wrote to the company, and no number or no line is there to write to"
    QUIET = "people sleep now; it leaves in the quiet hours only if that is said"


class NotToRemind(Refused):
    """It does not stand, it has begun, or nothing may or can be said to this client, or not at this hour."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class RemindNow:
    open_work: OpenWork[TellingWork]
    zones: Zones
    clock: Clock

    async def __call__(self, tenant: TenantId, id: AppointmentId, asker: Asker, *, anyway: bool = False) -> None:
        """It leaves within moments, in the quiet hours only `anyway`; asked twice before that, it leaves once.

        Raises NotToRemind, AppointmentNotFound.
        """
        zone = await self.zones.of(tenant)
        async with self.open_work(tenant) as work:
            appointment = await work.appointments.get(id, lock=True)
            why = await why_not(work, appointment, self.clock())
            if why is not None:
                raise NotToRemind(why)
            if not anyway and (await work.manners.get()).quiet.quiet_at(self.clock(), zone):
                raise NotToRemind(WhyNot.QUIET)
            if await work.reminders.planned(id, Kind.MANUAL) is None:
                await work.reminders.add(appointment, Planned(Kind.MANUAL, self.clock()))
            await work.jobs.add(remind_job(id, Kind.MANUAL, self.clock()))
            await work.audit.record(Deed(asker.who, "reminder.asked", f"appointment:{id}"))
            await work.commit()


async def why_not(work: TellingWork, appointment: Appointment, now: datetime) -> WhyNot | None:
    if not appointment.stands or appointment.slot.starts <= now:
        return WhyNot.OVER
    if await work.notices.opted_out(appointment.contact):
        return WhyNot.OPTED_OUT
    if await work.notices.conversation_of(appointment.contact) is None:
        return None if (await work.clients.get(appointment.contact)).phone is not None else WhyNot.NO_WAY
    return None
