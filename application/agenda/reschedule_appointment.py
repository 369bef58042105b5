"""Another time for an appointment, or another professional: the new place is taken before the old one is given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from application.agenda.booking import Booking, Found, bookable, take
from application.agenda.keep import Asker, Keep, locked
from application.agenda.look import Look
from application.agenda.ports import AgendaMeasures
from application.agenda.settle_appointment import SettleAppointment
from application.agenda.work import AgendaWork
from domain.agenda.appointment import Appointment, SlotTaken, Status
from domain.agenda.diary import Place
from domain.agenda.slot import Slot
from domain.shared.ids import AppointmentId, ProfessionalId, TenantId


@dataclass(frozen=True, slots=True)
class Move:
    """Where to; to whom, or to who has it now. `anyway` as a booking has it."""

    starts: datetime
    anyway: bool = False
    professional: ProfessionalId | None = None


@dataclass(frozen=True, slots=True)
class RescheduleAppointment:
    look: Look
    keep: Keep
    settle: SettleAppointment
    measures: AgendaMeasures

    async def __call__(self, tenant: TenantId, id: AppointmentId, move: Move, asker: Asker) -> Appointment:
        """Raises as booking does, TooLateToChange, Unsettled, AppointmentMoveRefused, or what is not found."""
        zone = await self.look.zones.of(tenant)
        async with self.look.open_work(tenant) as work:
            now = self.look.clock()
            appointment = await locked(work, id, asker, move.professional)
            to = move.professional or appointment.professional
            notice = asker.notice((await work.agenda.service(appointment.service)).notice)
            wish = Booking(appointment.contact, appointment.service, to, move.starts, move.anyway)
            found = await bookable(self.look, work, zone, wish, moving=True)
            there = (to, found.slot) == (appointment.professional, appointment.slot)
            if there and appointment.status is not Status.CANCELLED:
                return appointment
            appointment.begin_move(found.slot, to=to, now=now, notice=notice, hears=asker.hears)
            await work.places.let_go(appointment.contact, found.busy)
            try:
                await _take_too(work, appointment, found, now)
            except SlotTaken:
                self.measures.refused(tenant, "taken")
                raise
            await self.keep(work, tenant, appointment, asker.who)
        return await self.settle.now(tenant, appointment)


async def _take_too(work: AgendaWork, appointment: Appointment, found: Found, now: datetime) -> None:
    """Old and new are both taken until the calendar has spoken; as one place where they overlap. Raises SlotTaken.

    The old one as it was taken: with buffers that the service has been given since, it may be in a neighbour's way.
    """
    (whose, _), new = appointment.wished, found.busy
    around = (await work.places.around([whose], new)).get(whose, ())
    for own in (each.busy for each in around if each.appointment == appointment.id):
        await work.places.give_back(appointment.id)
        new = Slot(min(own.starts, new.starts), max(own.ends, new.ends))
    await take(work, whose, Place(new, appointment=appointment.id), now)
