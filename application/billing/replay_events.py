"""Events that came before anybody knew whose they were are followed once their owner has appeared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from application.billing.follow_event import follow
from application.billing.ports import BillingWork, ProviderInbox
from application.shared.ports import Claim, OpenWork
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class ReplayEvents:
    """Of one company, in the order of what happened; each once, because a followed event is unclaimed no more."""

    open_work: OpenWork[BillingWork]

    async def __call__(self, tenant: TenantId, claim: Claim | None = None) -> Mapping[str, str]:
        """What became of each, by its id."""
        outcomes: dict[str, str] = {}
        async with self.open_work(tenant) as work:
            subscription = await work.subscriptions.find(lock=True)
            if subscription is not None:
                for event in await work.events.unclaimed():
                    outcomes[event.id] = await follow(work, subscription, event)
                    await work.events.note(event, outcomes[event.id])
            if claim is not None:
                await work.jobs.finish(claim)
            await work.commit()
        return outcomes


@dataclass(frozen=True, slots=True)
class ReplayAll:
    """Everything whose owner is known by now, of all companies."""

    inbox: ProviderInbox
    replay: ReplayEvents

    async def __call__(self) -> Mapping[str, str]:
        outcomes: dict[str, str] = {}
        for tenant in await self.inbox.owners():
            outcomes |= await self.replay(tenant)
        return outcomes
