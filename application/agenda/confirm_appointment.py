"""Somebody says that they will come."""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.keep import Asker, Keep, locked
from application.agenda.work import AgendaWork
from application.shared.ports import Clock, OpenWork
from domain.agenda.appointment import Appointment
from domain.shared.ids import AppointmentId, TenantId


@dataclass(frozen=True, slots=True)
class ConfirmAppointment:
    open_work: OpenWork[AgendaWork]
    keep: Keep
    clock: Clock

    async def __call__(self, tenant: TenantId, id: AppointmentId, asker: Asker) -> Appointment:
        """Again is fine. Raises Unsettled, AppointmentMoveRefused or AppointmentNotFound."""
        async with self.open_work(tenant) as work:
            appointment = await locked(work, id, asker)
            appointment.confirm(now=self.clock())
            await self.keep(work, tenant, appointment, asker.who)
        return appointment
