"""Reading what changed in calendars elsewhere, and telling them where to knock."""

from __future__ import annotations

from dramatiq import actor

from adapters.queue.broker import RingBroker
from application.agenda.connections import CalendarConnectionId
from application.agenda.hang_bell import HANG_BELL, HangBell
from application.agenda.reconcile_calendar import RECONCILE, ReconcileCalendar
from application.agenda.take_down_bell import TAKE_DOWN_BELL, TakeDownBell
from application.shared.ports import Claim


def register(
    broker: RingBroker, reconcile_calendar: ReconcileCalendar, hang_bell: HangBell, take_down_bell: TakeDownBell
) -> None:
    @actor(broker=broker, actor_name=RECONCILE)
    async def reconcile(claim: Claim) -> str:
        return await reconcile_calendar(claim)

    @actor(broker=broker, actor_name=HANG_BELL)
    async def hang(claim: Claim) -> str:
        return await hang_bell(claim)

    @actor(broker=broker, actor_name=TAKE_DOWN_BELL)
    async def take_down(claim: Claim, connection: str) -> str:
        return await take_down_bell(claim, CalendarConnectionId(connection))
