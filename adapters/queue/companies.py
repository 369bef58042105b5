"""The end of a company's days of grace."""

from __future__ import annotations

from dramatiq import actor

from adapters.queue.broker import RingBroker
from application.provisioning.end_grace import EndGrace
from application.shared.ports import Claim


def register(broker: RingBroker, end_grace: EndGrace) -> None:
    @actor(broker=broker, actor_name="companies.close")
    async def close(claim: Claim) -> str:
        return await end_grace(claim)
