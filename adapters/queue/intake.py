"""Reading what was kept."""

from __future__ import annotations

from dramatiq import actor

from adapters.queue.broker import RingBroker
from adapters.telemetry import metrics
from application.intake.give_up import GiveUpEnvelope
from application.intake.read_envelopes import ReadEnvelopes
from application.shared.ports import Claim
from domain.shared.ids import AddressId


def register(broker: RingBroker, read_envelopes: ReadEnvelopes, set_aside: GiveUpEnvelope) -> None:
    @actor(broker=broker, actor_name="intake.read")
    async def read(claim: Claim, address: int) -> str:
        read = await read_envelopes(claim, AddressId(address))
        metrics.COMPANY_MESSAGES.labels(company_id=metrics.company(claim.tenant), direction="in").inc(read)
        return "read" if read else "nothing_to_read"

    @actor(broker=broker, actor_name="intake.give_up")
    async def give_up(claim: Claim, address: int) -> None:
        await set_aside(claim, AddressId(address))
