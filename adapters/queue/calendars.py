"""Reading what changed in calendars elsewhere."""

from __future__ import annotations

from dramatiq import actor

from adapters.queue.broker import RingBroker
from application.agenda.reconcile_calendar import RECONCILE, ReconcileCalendar
from application.shared.ports import Claim


def register(broker: RingBroker, reconcile_calendar: ReconcileCalendar) -> None:
    @actor(broker=broker, actor_name=RECONCILE)
    async def reconcile(claim: Claim) -> str:
        return await reconcile_calendar(claim)
