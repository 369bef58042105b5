"""A time became free: who has waited longest for one like it is asked first, and it is held for them meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from application.agenda.away import WHILE_AWAY, tried_enough
from application.agenda.booking import take
from application.agenda.keep import SYSTEM
from application.agenda.look import Look, Wanted
from application.quotas.meter import Meter
from application.reminders.look import local_candidate
from application.reminders.ports import ReminderMeasures
from application.reminders.tell import Saying, Tell, Told
from application.reminders.texts import offer as words
from application.reminders.work import TellingWork
from application.shared.ports import Claim, Job, OpenWork
from domain.agenda.appointment import SlotTaken
from domain.agenda.availability import FreeSlot
from domain.agenda.diary import Place
from domain.agenda.offers import Offer, OfferId, Outcome, first_new, held_until
from domain.agenda.slot import Slot
from domain.agenda.waiting import Standing, Wait
from domain.audit.entry import Deed
from domain.quotas.standing import Standing as Quota
from domain.reminders.notices import Asked
from domain.shared.errors import NotFound, Refused, Unavailable
from domain.shared.ids import TenantId, WaitingId

OFFER: Final = "agenda.offer_free"
LAPSE: Final = "agenda.lapse_offer"
SOON: Final = timedelta(minutes=1)
"""Until then the calendar has heard of what freed the time."""

MOST_LOOKED_AT: Final = 50
"""In one go: whoever comes after them is looked at in the next, so that a long list does not hold a worker for minutes."""

FROM_THE_FIRST: Final = WaitingId(0)
UNNUMBERED: Final = OfferId(0)


def offer_job(due_at: datetime | None = None) -> Job:
    """Several reasons to look are one look, from the longest waiting on."""
    return Job(OFFER, {}, key=OFFER, due_at=due_at)


def _rest_of_round(after: WaitingId, due_at: datetime | None) -> Job:
    return Job(OFFER, {"after": after}, key=f"{OFFER}:{after}", due_at=due_at)


@dataclass(frozen=True, slots=True)
class OfferFree:
    """Each offer is a transaction of its own: a crash in between leaves the rest to the next look.

    A round that breaks off, because the calendar is away or the list is long, goes on after the last who was looked at: who
    waits at its end is reached however often that happens.
    """

    open_work: OpenWork[TellingWork]
    look: Look
    meter: Meter
    tell: Tell
    measures: ReminderMeasures

    async def __call__(self, claim: Claim, after: WaitingId = FROM_THE_FIRST) -> str:
        tenant, now = claim.tenant, self.look.clock()
        zone = await self.look.zones.of(tenant)
        async with self.open_work(tenant) as work:
            morning = (await work.manners.get()).quiet.over(now, zone)
            waits = [each for each in await work.waiting.list() if each.id > after and _may_be_asked(each, now)]
        if morning > now:
            return await self._put_off(claim, morning)
        offered, last = False, after
        for wait in waits[:MOST_LOOKED_AT]:
            try:
                offered = await self._offer_to(tenant, wait) or offered
            except Unavailable:
                if last != after:
                    return await self._end(claim, "goes_on", _rest_of_round(last, now + SOON))
                if not tried_enough(claim):
                    raise
                return await self._put_off(claim, now + WHILE_AWAY)
            last = wait.id
        rest = _rest_of_round(last, None) if len(waits) > MOST_LOOKED_AT else None
        return await self._end(claim, "offered" if offered else "nobody_to_ask", rest)

    async def _end(self, claim: Claim, outcome: str, rest: Job | None) -> str:
        async with self.open_work(claim.tenant) as work:
            if rest is not None:
                await work.jobs.add(rest)
            await work.jobs.finish(claim)
            await work.commit()
        return outcome

    async def _put_off(self, claim: Claim, until: datetime) -> str:
        async with self.open_work(claim.tenant) as work:
            await work.jobs.postpone(claim, until)
            await work.commit()
        return "put_off"

    async def _offer_to(self, tenant: TenantId, wait: Wait) -> bool:
        try:
            found = await self._first(tenant, wait)
        except (Refused, NotFound):  # what they wait for is not offered any more
            return False
        return found is not None and await self._hold_and_tell(tenant, wait, found)

    async def _first(self, tenant: TenantId, wait: Wait) -> FreeSlot | None:
        now = self.look.clock()
        async with self.open_work(tenant) as work:
            asked = await work.offers.asked(wait.id)
            length = (await work.agenda.service(wait.service)).length
        for stretch in wait.stretches(length):
            if stretch.ends <= now:
                continue
            window = Slot(max(stretch.starts, now), stretch.ends)
            free = await self.look.free(tenant, Wanted(wait.service, window, wait.professional, wait.contact))
            found = first_new([each for each in free if wait.suits(each.slot.starts)], asked, now)
            if found is not None:
                return found
        return None

    async def _hold_and_tell(self, tenant: TenantId, wait: Wait, free: FreeSlot) -> bool:
        standing, now = await self.meter.standing(tenant), self.look.clock()
        until = held_until(free.slot.starts, now)
        if until is None:
            return False
        async with self.open_work(tenant) as work:
            await work.agenda.professional(free.professional, lock=True)
            if not await work.waiting.claim(wait.id):
                return False
            service = await work.agenda.service(wait.service)
            place = Place(service.around(free.slot), contact=wait.contact, until=until)
            try:
                await take(work, free.professional, place, now)
            except SlotTaken:
                return False
            offer = Offer(UNNUMBERED, wait.id, free.professional, free.slot, until)
            offer = replace(offer, id=await work.offers.add(offer))
            if await self._say(work, tenant, standing, wait, offer) is not Told.SAID:
                return False
            await work.jobs.add(Job(LAPSE, {"offer": offer.id}, key=f"{LAPSE}:{offer.id}", due_at=until))
            await work.audit.record(Deed(SYSTEM, "offer.sent", f"offer:{offer.id}"))
            await work.commit()
        self.measures.offered(tenant, "sent")
        return True

    async def _say(self, work: TellingWork, tenant: TenantId, standing: Quota, wait: Wait, offer: Offer) -> Told:
        zone, now = await self.look.zones.of(tenant), self.look.clock()
        client = await work.clients.get(wait.contact)
        minutes = int((offer.until - now).total_seconds() // 60)
        text = words(client.name, await local_candidate(work, wait, offer, zone), now.astimezone(zone), minutes)
        saying = Saying(f"offer:{offer.id}", Asked.OFFER, wait.contact, text, offer.slot.starts, subject=offer.id)
        return await self.tell(work, tenant, standing, saying, "")


@dataclass(frozen=True, slots=True)
class LapseOffer:
    """No answer came in time: the one who was asked waits on, and the next is asked."""

    open_work: OpenWork[TellingWork]
    measures: ReminderMeasures

    async def __call__(self, claim: Claim, id: OfferId) -> str:
        async with self.open_work(claim.tenant) as work:
            offered = await work.offers.get(id)
            lapsed = offered.offer.outcome is Outcome.OPEN
            if lapsed:
                await end_offer(work, offered.offer, offered.wait, Outcome.LAPSED)
            await work.jobs.finish(claim)
            await work.commit()
        if lapsed:
            self.measures.offered(claim.tenant, Outcome.LAPSED)
        return "lapsed" if lapsed else "answered"


async def end_offer(work: TellingWork, offer: Offer, wait: Wait, outcome: Outcome) -> None:
    """Whoever was asked is served or waits on; what was held is free again, and somebody may be glad of it."""
    standing = offer.end(outcome)
    await work.offers.save(offer)
    if wait.standing in (Standing.OFFERED, Standing.WAITING):
        await work.waiting.move(wait.id, standing)
    if outcome is not Outcome.TAKEN:
        await work.places.let_go(wait.contact)
        await work.jobs.add(offer_job())


def _may_be_asked(wait: Wait, now: datetime) -> bool:
    return wait.standing is Standing.WAITING and wait.within.ends > now
