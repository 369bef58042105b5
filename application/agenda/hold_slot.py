"""A time is kept for somebody while they make up their mind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from application.agenda.booking import Booking, bookable, take, who_books
from application.agenda.look import Look
from application.agenda.ports import AgendaMeasures
from application.agenda.work import Held
from domain.agenda.appointment import SlotTaken
from domain.agenda.diary import Place
from domain.shared.ids import TenantId

HOLD: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class HoldSlot:
    """One at a time: what the contact held before is given back, so that nobody holds a whole afternoon."""

    look: Look
    measures: AgendaMeasures

    async def __call__(self, tenant: TenantId, booking: Booking) -> Held:
        """Raises SlotTaken, TooSoon, TooFarAhead, NotOffered, or what is not found. Nothing is promised to be bookable
        at the company's calendar: our lock comes first, its word when it is booked.
        """
        zone = await self.look.zones.of(tenant)
        async with self.look.open_work(tenant) as work:
            now: datetime = self.look.clock()
            found = await bookable(self.look, work, zone, booking)
            contact = await who_books(work, booking)
            place = Place(found.busy, contact=contact, until=now + HOLD)
            await work.places.let_go(contact, found.busy)
            try:
                id = await take(work, booking.professional, place, now)
            except SlotTaken:
                self.measures.refused(tenant, "taken")
                raise
            await work.commit()
        return Held(id, booking.professional, contact, found.slot, now + HOLD)
