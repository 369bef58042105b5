"""Whether somebody came: said by who was there, or assumed after the hour and set right later."""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.keep import Asker, Keep, locked
from application.agenda.settle_appointment import SettleAppointment
from application.agenda.work import AgendaWork
from application.shared.ports import Clock, OpenWork
from domain.agenda.appointment import Appointment
from domain.shared.ids import AppointmentId, TenantId


@dataclass(frozen=True, slots=True)
class MarkAttendance:
    open_work: OpenWork[AgendaWork]
    keep: Keep
    settle: SettleAppointment
    clock: Clock

    async def kept(self, tenant: TenantId, id: AppointmentId, asker: Asker) -> Appointment:
        """Again is fine. Raises NotYet, Unsettled, AppointmentMoveRefused or AppointmentNotFound."""
        return await self._mark(tenant, id, asker, came=True)

    async def missed(self, tenant: TenantId, id: AppointmentId, asker: Asker) -> Appointment:
        """As `kept`."""
        return await self._mark(tenant, id, asker, came=False)

    async def assume(self, tenant: TenantId, id: AppointmentId, asker: Asker, *, came: bool) -> bool:
        """False where somebody who knows was quicker: an assumption overrules nobody. Raises as `kept`."""
        async with self.open_work(tenant) as work:
            appointment = await locked(work, id, asker)
            if not appointment.stands:
                return False
            await self._write_down(work, tenant, appointment, asker, came=came)
        await self._settle(tenant, appointment)
        return True

    async def _mark(self, tenant: TenantId, id: AppointmentId, asker: Asker, *, came: bool) -> Appointment:
        async with self.open_work(tenant) as work:
            appointment = await locked(work, id, asker)
            await self._write_down(work, tenant, appointment, asker, came=came)
        return await self._settle(tenant, appointment)

    async def _write_down(
        self, work: AgendaWork, tenant: TenantId, appointment: Appointment, asker: Asker, *, came: bool
    ) -> None:
        if came:
            appointment.kept(now=self.clock())
        else:
            appointment.missed(now=self.clock())
        await self.keep(work, tenant, appointment, asker.who)

    async def _settle(self, tenant: TenantId, appointment: Appointment) -> Appointment:
        return appointment if appointment.owed is None else await self.settle.now(tenant, appointment)
