""" "Enviar lembrete agora": somebody of the company wants a client reminded, whatever the plan says."""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.keep import Asker
from application.reminders.jobs import remind_job
from application.reminders.work import TellingWork
from application.shared.ports import Clock, OpenWork
from domain.agenda.appointment import Appointment
from domain.audit.entry import Deed
from domain.reminders.cadence import Kind, Planned
from domain.shared.errors import Refused
from domain.shared.ids import AppointmentId, TenantId


class NotToRemind(Refused):
    """It does not stand, it has begun, or nothing may or can be said to this client."""


@dataclass(frozen=True, slots=True)
class RemindNow:
    open_work: OpenWork[TellingWork]
    clock: Clock

    async def __call__(self, tenant: TenantId, id: AppointmentId, asker: Asker) -> None:
        """It leaves within moments; asked twice before that, it leaves once. Raises NotToRemind, AppointmentNotFound."""
        async with self.open_work(tenant) as work:
            appointment = await work.appointments.get(id, lock=True)
            await self._may(work, appointment)
            if await work.reminders.planned(id, Kind.MANUAL) is None:
                await work.reminders.add(appointment, Planned(Kind.MANUAL, self.clock()))
            await work.jobs.add(remind_job(id, Kind.MANUAL, self.clock()))
            await work.audit.record(Deed(asker.who, "reminder.asked", f"appointment:{id}"))
            await work.commit()

    async def _may(self, work: TellingWork, appointment: Appointment) -> None:
        if not appointment.stands or appointment.slot.starts <= self.clock():
            raise NotToRemind("this appointment does not stand any more")
        if await work.notices.opted_out(appointment.contact):
            raise NotToRemind("this client asked not to be written to")
        if await work.notices.conversation_of(appointment.contact) is None:
            raise NotToRemind("this client never wrote to the company")
