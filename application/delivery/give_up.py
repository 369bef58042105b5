"""Delivery tried to the end: say so in the log, and let the messages behind it pass."""

from __future__ import annotations

from dataclasses import dataclass

from application.delivery.outbox import DeliveryWork, Following
from application.delivery.send_message import let_the_next_go
from application.shared.ports import Claim, OpenWork
from domain.delivery.outgoing import UNFINISHED, Outcome, Outgoing
from domain.shared.ids import OutgoingId


@dataclass(frozen=True, slots=True)
class GiveUpDelivery:
    open_work: OpenWork[DeliveryWork]

    async def __call__(self, claim: Claim, id: OutgoingId) -> None:
        async with self.open_work(claim.tenant) as work:
            await work.lock_conversation_of(id)
            outgoing = await work.outbox.get(id)
            if outgoing.state in UNFINISHED:
                outcome = _last_word(outgoing)
                await work.outbox.record(outgoing, outcome, error="ladder exhausted", seconds=None)
                await let_the_next_go(work, outgoing, claim.correlation, due=_at_once)
            await work.jobs.finish(claim)
            await work.commit()


def _at_once(_: Following) -> None:
    return None


def _last_word(outgoing: Outgoing) -> Outcome:
    """An attempt that nobody could look up may have arrived: whoever retries by hand must know."""
    if outgoing.in_doubt:
        outgoing.lost_sight()
        return Outcome.UNKNOWN
    outgoing.give_up()
    return Outcome.FAILED_PERMANENT
