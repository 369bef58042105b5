"""No answer to an offer came in time: unless they have the time by now, what was held is free for the next."""

from __future__ import annotations

from dataclasses import dataclass

from application.agenda.end_offer import end_offer
from application.reminders.look import what_they_took
from application.reminders.ports import ReminderMeasures
from application.reminders.work import TellingWork
from application.shared.ports import Claim, Clock, OpenWork
from domain.agenda.offers import OfferId, Outcome


@dataclass(frozen=True, slots=True)
class LapseOffer:
    """No answer came in time: the one who was asked waits on, and the next is asked."""

    open_work: OpenWork[TellingWork]
    measures: ReminderMeasures
    clock: Clock

    async def __call__(self, claim: Claim, id: OfferId) -> str:
        async with self.open_work(claim.tenant) as work:
            offered = await work.offers.get(id)
            taken = await what_they_took(work, offered.wait, offered.offer, self.clock())
            was_open = offered.offer.outcome is Outcome.OPEN
            outcome = Outcome.LAPSED if taken is None else Outcome.TAKEN
            if was_open:
                await end_offer(work, offered.offer, offered.wait, outcome)
            await work.jobs.finish(claim)
            await work.commit()
        if was_open:
            self.measures.offered(claim.tenant, outcome)
        return str(outcome) if was_open else "answered"
