"""The end of a company's days of grace, and the workers that its plan includes."""

from __future__ import annotations

from dramatiq import actor

from adapters.queue.broker import RingBroker
from application.provisioning.end_grace import EndGrace
from application.provisioning.follow_plan import FollowPlan
from application.shared.ports import Claim


def register(broker: RingBroker, end_grace: EndGrace, follow_plan: FollowPlan) -> None:
    @actor(broker=broker, actor_name="companies.close")
    async def close(claim: Claim) -> str:
        return await end_grace(claim)

    @actor(broker=broker, actor_name="companies.pool")
    async def pool(claim: Claim) -> str:
        return await follow_plan(claim)
