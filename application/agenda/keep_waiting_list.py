"""Who waits for a time that is not free yet: only for what may come to be had, and looked for from the first moment on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from application.agenda.booking import NotOffered
from application.agenda.end_offer import end_offer, offer_job
from application.agenda.look import Look, offered, who_does
from domain.agenda.availability import Openings
from domain.agenda.offers import Outcome
from domain.agenda.rules import TooFarAhead
from domain.agenda.waiting import MOST_AHEAD, Wait
from domain.audit.entry import Deed
from domain.shared.ids import TenantId, WaitingId


@dataclass(frozen=True, slots=True)
class KeepWaitingList:
    look: Look

    async def list(self, tenant: TenantId) -> Sequence[Wait]:
        async with self.look.open_work(tenant) as work:
            return await work.waiting.list()

    async def add(self, tenant: TenantId, wait: Wait, who: str) -> Wait:
        """Who waits for this service already waits on, with what is wished for now.

        Raises ServiceNotFound, ProfessionalNotFound, ClientNotFound, DoesNotDoThat, TooFarAhead or NotOffered.
        """
        zone, now = await self.look.zones.of(tenant), self.look.clock()
        if wait.within.starts > now + MOST_AHEAD:
            raise TooFarAhead("nobody waits for longer than a year")
        async with self.look.open_work(tenant) as work:
            await work.clients.get(wait.contact)
            service = await offered(work, wait.service)
            people = [Openings(each.id, each.hours) for each in await who_does(work, service, wait.professional)]
            house = await self.look.house(work, wait.within, zone)
            if not wait.may_be_served(house, service, people, now):
                raise NotOffered("nobody attends then")
            kept = replace(wait, id=await work.waiting.add(wait))
            await work.jobs.add(offer_job())
            await work.audit.record(Deed(who, "agenda.wait", f"waiting:{kept.id}"))
            await work.commit()
        return kept

    async def remove(self, tenant: TenantId, id: WaitingId, who: str) -> None:
        """What is offered to them at this moment goes to the next at once. Raises WaitNotFound."""
        async with self.look.open_work(tenant) as work:
            offered = await work.offers.open_to(id)
            if offered is not None and offered.offer.outcome is Outcome.OPEN:
                await end_offer(work, offered.offer, offered.wait, Outcome.DECLINED)
            await work.waiting.remove(id)
            await work.audit.record(Deed(who, "agenda.wait_removed", f"waiting:{id}"))
            await work.commit()
