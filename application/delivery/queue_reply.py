"""A reply becomes rows, and the first of them a job: the one way anything reaches the outbox."""

from __future__ import annotations

from application.delivery.outbox import OutboxWork, Words
from application.shared.ports import Job
from domain.shared.ids import OutgoingId

SEND = "delivery.send"


def send_job(outgoing: OutgoingId, correlation: str) -> Job:
    return Job(SEND, {"outgoing": outgoing}, key=f"send:{outgoing}", correlation=correlation)


async def queue_reply(work: OutboxWork, words: Words) -> None:
    """Store the words and wake delivery, unless an earlier message of the conversation is still on its way."""
    first = await work.outbox.put(words)
    if first is not None:
        await work.jobs.add(send_job(first, words.correlation))
