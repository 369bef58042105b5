"""Another time for an appointment: the new one is taken before the old one is given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from application.agenda.booking import Booking, bookable, take
from application.agenda.keep import Asker, Keep, locked
from application.agenda.look import Look
from application.agenda.ports import AgendaMeasures
from application.agenda.settle_appointment import SettleAppointment
from application.agenda.work import AgendaWork
from domain.agenda.appointment import Appointment, SlotTaken
from domain.agenda.diary import Place
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, TenantId


@dataclass(frozen=True, slots=True)
class Move:
    """Where to, at the same professional; `anyway` as a booking has it."""

    starts: datetime
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class RescheduleAppointment:
    look: Look
    keep: Keep
    settle: SettleAppointment
    measures: AgendaMeasures

    async def __call__(self, tenant: TenantId, id: AppointmentId, move: Move, asker: Asker) -> Appointment:
        """Raises as booking does, TooLateToChange, Unsettled, AppointmentMoveRefused, AppointmentNotFound."""
        zone = await self.look.zones.of(tenant)
        async with self.look.open_work(tenant) as work:
            now = self.look.clock()
            appointment = await locked(work, id, asker)
            notice = asker.notice((await work.agenda.service(appointment.service)).notice)
            wish = Booking(appointment.contact, appointment.service, appointment.professional, move.starts, move.anyway)
            found = await bookable(self.look, work, zone, wish)
            if found.slot == appointment.slot:
                return appointment
            appointment.begin_move(found.slot, now=now, notice=notice)
            await work.places.let_go(appointment.contact, found.busy)
            try:
                await _take_both(work, appointment, found.service.around(appointment.slot), found.busy, now)
            except SlotTaken:
                self.measures.refused(tenant, "taken")
                raise
            await self.keep(work, tenant, appointment, asker.who)
        return await self.settle.now(tenant, appointment)


async def _take_both(work: AgendaWork, appointment: Appointment, old: Slot, new: Slot, now: datetime) -> None:
    """Old and new are both taken until the calendar has spoken; as one place where they overlap. Raises SlotTaken."""
    await work.places.give_back(appointment.id)
    wanted = [Slot(min(old.starts, new.starts), max(old.ends, new.ends))] if old.overlaps(new) else [old, new]
    for busy in wanted:
        await take(work, appointment.professional, Place(busy, appointment=appointment.id), now)
