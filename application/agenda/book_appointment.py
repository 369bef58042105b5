"""Somebody gets a time: our row and our lock first, committed; then the calendar is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from application.agenda.booking import Booking, bookable, take, who_books
from application.agenda.keep import Asker, Keep
from application.agenda.look import Look
from application.agenda.ports import AgendaMeasures
from application.agenda.settle_appointment import SettleAppointment
from domain.agenda.appointment import Appointment, SlotTaken
from domain.agenda.diary import Place
from domain.shared.ids import AppointmentId, TenantId

UNNUMBERED: Final = AppointmentId(0)


@dataclass(frozen=True, slots=True)
class BookAppointment:
    look: Look
    keep: Keep
    settle: SettleAppointment
    measures: AgendaMeasures

    async def __call__(self, tenant: TenantId, booking: Booking, asker: Asker) -> Appointment:
        """The appointment; still pending where the calendar does not answer now: a job goes on asking.

        Raises SlotTaken, TooSoon, TooFarAhead, NotOffered, CalendarRefused, or what is not found.
        """
        appointment = await self._write_down(tenant, booking, asker)
        return await self.settle.now(tenant, appointment)

    async def _write_down(self, tenant: TenantId, booking: Booking, asker: Asker) -> Appointment:
        """From this commit on nobody else gets the time, and no crash forgets that the calendar must hear of it."""
        zone = await self.look.zones.of(tenant)
        async with self.look.open_work(tenant) as work:
            now = self.look.clock()
            found = await bookable(self.look, work, zone, booking)
            contact = await who_books(work, booking)
            await work.places.let_go(contact, found.busy)
            draft = Appointment(
                UNNUMBERED,
                contact,
                booking.professional,
                booking.service,
                found.slot,
                price_cents=found.service.price_cents,
            )
            appointment = replace(draft, id=await work.appointments.add(draft))
            place = Place(found.busy, appointment=appointment.id)
            try:
                await take(work, booking.professional, place, now)
            except SlotTaken:
                self.measures.refused(tenant, "taken")
                raise
            await self.keep(work, tenant, appointment, asker.who)
        return appointment
