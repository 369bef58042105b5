"""Who is expected when, with the names people know them by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from application.agenda.work import AgendaWork, AppointmentView, Listed
from application.shared.ports import OpenWork
from domain.shared.ids import AppointmentId, TenantId


@dataclass(frozen=True, slots=True)
class ListAppointments:
    open_work: OpenWork[AgendaWork]

    async def __call__(self, tenant: TenantId, wanted: Listed) -> Sequence[AppointmentView]:
        async with self.open_work(tenant) as work:
            return await work.appointments.list(wanted)

    async def one(self, tenant: TenantId, id: AppointmentId) -> AppointmentView:
        """Raises AppointmentNotFound."""
        async with self.open_work(tenant) as work:
            return await work.appointments.view(id)
