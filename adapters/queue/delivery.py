"""Sending replies."""

from __future__ import annotations

from typing import Final

from dramatiq import actor

from adapters.queue.broker import RingBroker
from adapters.telemetry import metrics
from application.delivery.give_up import GiveUpDelivery
from application.delivery.send_message import SendMessage
from application.shared.ports import Claim
from domain.delivery.outgoing import Outcome
from domain.shared.ids import OutgoingId

ARRIVED: Final = frozenset({Outcome.SENT.lower(), Outcome.RECONCILED.lower()})


def register(broker: RingBroker, send_message: SendMessage, abandon: GiveUpDelivery) -> None:
    @actor(broker=broker, actor_name="delivery.send")
    async def send(claim: Claim, outgoing: int) -> str:
        outcome = await send_message(claim, OutgoingId(outgoing))
        metrics.DELIVERIES.labels(outcome=outcome).inc()
        if outcome in ARRIVED:
            metrics.COMPANY_MESSAGES.labels(company_id=metrics.company(claim.tenant), direction="out").inc()
        return outcome

    @actor(broker=broker, actor_name="delivery.give_up")
    async def give_up(claim: Claim, outgoing: int) -> None:
        await abandon(claim, OutgoingId(outgoing))
