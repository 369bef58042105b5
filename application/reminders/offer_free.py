"""A time became free: who has waited longest for one like it is asked first, and it is held for them meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from application.agenda.away import WHILE_AWAY, tried_enough
from application.agenda.booking import take
from application.agenda.chat.notes import with_offered
from application.agenda.chat.ports import Offered
from application.agenda.end_offer import OFFER
from application.agenda.keep import SYSTEM
from application.agenda.look import Look, Wanted
from application.agenda.slot_tokens import SlotTokens
from application.quotas.meter import Meter
from application.reminders.look import local_candidate, the_one_they_have
from application.reminders.offer_texts import offer as words
from application.reminders.ports import ReminderMeasures
from application.reminders.tell import Saying, Tell, Told
from application.reminders.work import RememberingWork, TellingWork
from application.shared.ports import Claim, Job, OpenWork
from domain.agenda.appointment import SlotTaken
from domain.agenda.availability import FreeSlot
from domain.agenda.diary import Place
from domain.agenda.offers import Offer, OfferId, first_new, held_until
from domain.agenda.slot import Slot
from domain.agenda.waiting import Standing, Wait
from domain.audit.entry import Deed
from domain.quotas.standing import Standing as Quota
from domain.reminders.notices import Asked
from domain.shared.errors import NotFound, Refused, Unavailable
from domain.shared.ids import TenantId, WaitingId

LAPSE: Final = "agenda.lapse_offer"
A_MINUTE: Final = timedelta(minutes=1)
SOON: Final = A_MINUTE
"""Until then the calendar has heard of what freed the time."""

MOST_LOOKED_AT: Final = 50
"""In one go: whoever comes after them is looked at in the next, so that a long list does not hold a worker for minutes."""

FROM_THE_FIRST: Final = WaitingId(0)
UNNUMBERED: Final = OfferId(0)


def _rest_of_round(after: WaitingId, due_at: datetime | None) -> Job:
    return Job(OFFER, {"after": after}, key=f"{OFFER}:{after}", due_at=due_at)


@dataclass(frozen=True, slots=True)
class OfferFree:
    """Each offer is a transaction of its own: a crash in between leaves the rest to the next look.

    A round that breaks off, because the calendar is away or the list is long, goes on after the last who was looked at: who
    waits at its end is reached however often that happens.
    """

    open_work: OpenWork[RememberingWork]
    look: Look
    tokens: SlotTokens
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
        token = await self.tokens.issue(tenant, free, wait.service, wait.contact)
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
            await self._remember(work, wait, Offered(token, wait.service, free.professional, free.slot.starts))
            await work.jobs.add(Job(LAPSE, {"offer": offer.id}, key=f"{LAPSE}:{offer.id}", due_at=until))
            await work.audit.record(Deed(SYSTEM, "offer.sent", f"offer:{offer.id}"))
            await work.commit()
        self.measures.offered(tenant, "sent")
        return True

    async def _remember(self, work: RememberingWork, wait: Wait, offered: Offered) -> None:
        """Whoever answers in a way that only a model understands can be booked by it, too."""
        talk = await work.notices.conversation_of(wait.contact)
        if talk is not None:
            notes = await work.booking_talks.notes(talk, lock=True)
            await work.booking_talks.keep(talk, with_offered(notes, offered, self.look.clock()))

    async def _say(self, work: TellingWork, tenant: TenantId, standing: Quota, wait: Wait, offer: Offer) -> Told:
        """Who has one time of that service already is offered to change it: nobody wants both."""
        zone, now = await self.look.zones.of(tenant), self.look.clock()
        client, own = await work.clients.get(wait.contact), await the_one_they_have(work, wait, now)
        minutes = round((offer.until - now) / A_MINUTE)
        had = None if own is None else own.slot.starts.astimezone(zone)
        told = await local_candidate(work, wait, offer, zone)
        text = words(client.name, told, now.astimezone(zone), minutes, had=had)
        instead = "" if own is None else str(own.id)
        closes, about = offer.slot.starts, f"offer:{offer.id}"
        saying = Saying(about, Asked.OFFER, wait.contact, text, closes, subject=offer.id, intent=instead)
        return await self.tell(work, tenant, standing, saying, "")


def _may_be_asked(wait: Wait, now: datetime) -> bool:
    return wait.standing is Standing.WAITING and wait.within.ends > now
