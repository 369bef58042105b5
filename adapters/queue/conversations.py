"""Taking turns."""

from __future__ import annotations

from dramatiq import actor

from adapters.queue.broker import RingBroker
from adapters.telemetry import metrics
from application.conversations.give_up import GiveUpTurn
from application.conversations.take_turn import TakeTurn
from application.shared.ports import Claim
from domain.conversations.turn import Unanswered
from domain.shared.ids import ConversationId


def register(broker: RingBroker, take: TakeTurn, abandon: GiveUpTurn) -> None:
    @actor(broker=broker, actor_name="conversations.take_turn")
    async def take_turn(claim: Claim, conversation: int) -> str:
        outcome = await take(claim, ConversationId(conversation))
        metrics.TURNS.labels(outcome=outcome).inc()
        if outcome == Unanswered.QUOTA:
            metrics.COMPANY_QUOTA_REFUSED.labels(company_id=metrics.company(claim.tenant)).inc()
        return outcome

    @actor(broker=broker, actor_name="conversations.give_up")
    async def give_up(claim: Claim, conversation: int) -> None:
        await abandon(claim, ConversationId(conversation))
