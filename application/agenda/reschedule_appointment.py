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
from domain.agenda.appointment import Appointment, SlotTaken
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
            found = await bookable(self.look, work, zone, wish)
            if (to, found.slot) == (appointment.professional, appointment.slot):
                return appointment
            appointment.begin_move(found.slot, to=to, now=now, notice=notice)
            await work.places.let_go(appointment.contact, found.busy)
            try:
                await _take_both(work, appointment, found, now)
            except SlotTaken:
                self.measures.refused(tenant, "taken")
                raise
            await self.keep(work, tenant, appointment, asker.who)
        return await self.settle.now(tenant, appointment)


async def _take_both(work: AgendaWork, appointment: Appointment, found: Found, now: datetime) -> None:
    """Old and new are both taken until the calendar has spoken; as one place where they overlap. Raises SlotTaken."""
    await work.places.give_back(appointment.id)
    old, new = found.service.around(appointment.slot), found.busy
    (whose, _), had = appointment.wished, appointment.professional
    wanted = [(had, old), (whose, new)]
    if whose == had and old.overlaps(new):
        wanted = [(had, Slot(min(old.starts, new.starts), max(old.ends, new.ends)))]
    for professional, busy in wanted:
        await take(work, professional, Place(busy, appointment=appointment.id), now)
