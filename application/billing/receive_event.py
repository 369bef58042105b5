"""What the payment provider says: kept once, whatever it is, and followed where we understand it and know whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from application.billing.follow_event import follow
from application.billing.ports import UNCLAIMED, BillingWork, ProviderInbox
from application.billing.replay_events import ReplayEvents
from application.shared.ports import OpenWork
from domain.billing.told import ProviderEvent

REPEATED: Final = "repeated"


@dataclass(frozen=True, slots=True)
class ReceiveProviderEvent:
    """The event, its effects and the next moment of the subscription are one transaction."""

    inbox: ProviderInbox
    open_work: OpenWork[BillingWork]

    async def __call__(self, event: ProviderEvent) -> str:
        """One fixed word: "applied", "stale", "repeated", "unknown_type", "unknown_plan", "unclaimed"."""
        tenant = await self.inbox.owner(event)
        if tenant is None:
            return await self._keep_for_later(event)
        async with self.open_work(tenant) as work:
            subscription = await work.subscriptions.find(lock=True)
            if not await work.events.keep(event, UNCLAIMED):
                return REPEATED
            outcome = UNCLAIMED if subscription is None else await follow(work, subscription, event)
            await work.events.note(event, outcome)
            await work.commit()
        return outcome

    async def _keep_for_later(self, event: ProviderEvent) -> str:
        """Its owner may have appeared between our question and our keeping it: whoever is second sees the other."""
        if not await self.inbox.keep(event, UNCLAIMED):
            return REPEATED
        tenant = await self.inbox.owner(event)
        if tenant is None:
            return UNCLAIMED
        return (await ReplayEvents(self.open_work)(tenant)).get(event.id, UNCLAIMED)
