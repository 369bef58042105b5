"""Sending replies."""

from __future__ import annotations

from dramatiq import actor

from adapters.queue.broker import RingBroker
from application.delivery.give_up import GiveUpDelivery
from application.delivery.send_message import SendMessage
from application.shared.ports import Claim
from domain.shared.ids import OutgoingId


def register(broker: RingBroker, send_message: SendMessage, abandon: GiveUpDelivery) -> None:
    @actor(broker=broker, actor_name="delivery.send")
    async def send(claim: Claim, outgoing: int) -> str:
        return await send_message(claim, OutgoingId(outgoing))

    @actor(broker=broker, actor_name="delivery.give_up")
    async def give_up(claim: Claim, outgoing: int) -> None:
        await abandon(claim, OutgoingId(outgoing))
