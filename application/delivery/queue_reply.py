"""A reply becomes rows, and the first of them a job: the one way anything reaches the outbox."""

from __future__ import annotations

from collections.abc import Sequence

from application.delivery.outbox import Outbox
from application.shared.ports import Job, Jobs
from domain.delivery.outgoing import Origin
from domain.shared.ids import ConversationId, MessageId, OutgoingId

SEND = "delivery.send"


def send_job(outgoing: OutgoingId, correlation: str) -> Job:
    return Job(SEND, {"outgoing": outgoing}, key=f"send:{outgoing}", correlation=correlation)


async def queue_reply(
    outbox: Outbox,
    jobs: Jobs,
    conversation: ConversationId,
    answers_to: MessageId,
    texts: Sequence[str],
    *,
    first_step: int = 0,
    origin: Origin,
    correlation: str,
) -> None:
    """Store the texts and wake delivery, unless an earlier message of the conversation is still on its way."""
    first = await outbox.put(
        conversation, answers_to, texts, first_step=first_step, origin=origin, correlation=correlation
    )
    if first is not None:
        await jobs.add(send_job(first, correlation))
