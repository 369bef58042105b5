"""Reading what was kept."""

from __future__ import annotations

from dramatiq import actor

from adapters.queue.broker import RingBroker
from application.intake.read_envelopes import ReadEnvelopes
from application.shared.ports import Claim
from domain.shared.ids import AddressId


def register(broker: RingBroker, read_envelopes: ReadEnvelopes) -> None:
    @actor(broker=broker, actor_name="intake.read")
    async def read(claim: Claim, address: int) -> str:
        return await read_envelopes(claim, AddressId(address))
