"""No answer to an offer came in time: unless they have the time by now, what was held is free for the next."""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.end_offer import end_offer
from application.agenda.waiting_work import Offered
from application.agenda.work import Listed
from application.reminders.ports import ReminderMeasures
from application.reminders.work import TellingWork
from application.shared.ports import Claim, OpenWork
from domain.agenda.appointment import STANDING, Status
from domain.agenda.offers import OfferId, Outcome


@dataclass(frozen=True, slots=True)
class LapseOffer:
    """No answer came in time: the one who was asked waits on, and the next is asked."""

    open_work: OpenWork[TellingWork]
    measures: ReminderMeasures

    async def __call__(self, claim: Claim, id: OfferId) -> str:
        async with self.open_work(claim.tenant) as work:
            offered = await work.offers.get(id)
            was_open = offered.offer.outcome is Outcome.OPEN
            outcome = Outcome.TAKEN if await has_it(work, offered) else Outcome.LAPSED
            if was_open:
                await end_offer(work, offered.offer, offered.wait, outcome)
            await work.jobs.finish(claim)
            await work.commit()
        if was_open:
            self.measures.offered(claim.tenant, outcome)
        return str(outcome) if was_open else "answered"


async def has_it(work: TellingWork, offered: Offered) -> bool:
    """They have the time already: booked by the model, or at the desk."""
    offer, statuses = offered.offer, STANDING | {Status.PENDING}
    listed = Listed(offer.slot, offer.professional, offered.wait.contact, statuses=statuses)
    return any(each.appointment.slot == offer.slot for each in await work.appointments.list(listed))
