"""A reply becomes rows, and the first of them a job: the one way anything reaches the outbox."""

from __future__ import annotations

from datetime import datetime

from application.delivery.outbox import OutboxWork, Words
from application.shared.ports import Job
from domain.shared.ids import OutgoingId

SEND = "delivery.send"


def send_job(outgoing: OutgoingId, correlation: str, due_at: datetime | None = None) -> Job:
    return Job(SEND, {"outgoing": outgoing}, key=f"send:{outgoing}", due_at=due_at, correlation=correlation)


async def queue_reply(work: OutboxWork, words: Words) -> None:
    """Store the words and wake delivery, unless an earlier message of the conversation is still on its way.

    Each text after the first is woken by the one before it.
    """
    first = await work.outbox.put(words)
    if first is not None:
        await work.jobs.add(send_job(first, words.correlation))
