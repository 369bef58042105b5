"""An appointment is called off: the time is free again at once, and the calendar hears of it."""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.keep import Asker, Keep, locked
from application.agenda.settle_appointment import SettleAppointment
from application.agenda.tell_client import leave_to_tell
from application.agenda.work import AgendaWork
from application.shared.ports import Clock, OpenWork
from domain.agenda.appointment import Appointment, Status
from domain.shared.ids import AppointmentId, TenantId


@dataclass(frozen=True, slots=True)
class CancelAppointment:
    open_work: OpenWork[AgendaWork]
    keep: Keep
    settle: SettleAppointment
    clock: Clock

    async def __call__(self, tenant: TenantId, id: AppointmentId, asker: Asker, reason: str = "") -> Appointment:
        """Again is fine. Raises TooLateToChange, Unsettled, AppointmentMoveRefused or AppointmentNotFound."""
        async with self.open_work(tenant) as work:
            appointment = await locked(work, id, asker)
            if appointment.status is Status.CANCELLED:
                return appointment
            notice = asker.notice((await work.agenda.service(appointment.service)).notice)
            appointment.cancel(now=self.clock(), notice=notice, reason=reason)
            await work.places.give_back(id)
            await leave_to_tell(work, appointment, asker.hears, self.clock())
            await self.keep(work, tenant, appointment, asker.who)
        return await self.settle.now(tenant, appointment)
