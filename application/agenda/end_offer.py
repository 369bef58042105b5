"""An offer ends: it was taken, declined, or nobody answered in time; what was held is free then, for the next to be asked."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from application.agenda.work import AgendaWork
from application.shared.ports import Job
from domain.agenda.offers import Offer, Outcome
from domain.agenda.waiting import Standing, Wait

OFFER: Final = "agenda.offer_free"


def offer_job(due_at: datetime | None = None) -> Job:
    """Several reasons to look are one look, from the longest waiting on."""
    return Job(OFFER, {}, key=OFFER, due_at=due_at)


async def end_offer(work: AgendaWork, offer: Offer, wait: Wait, outcome: Outcome) -> None:
    """Whoever was asked is served or waits on; what was held is free again, and somebody may be glad of it."""
    standing = offer.end(outcome)
    await work.offers.save(offer)
    if wait.standing in (Standing.OFFERED, Standing.WAITING):
        await work.waiting.move(wait.id, standing)
    if outcome is not Outcome.TAKEN:
        await work.places.let_go(wait.contact)
        await work.jobs.add(offer_job())
