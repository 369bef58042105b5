"""What a worker takes from the ring: each queue in its turn, and of none more than it may have at work."""

from __future__ import annotations

from collections import Counter

from adapters.queue.ring import Parcel
from tests.integration.queue.conftest import Queue


async def pushed(queue: Queue, name: str, count: int) -> None:
    await queue.ring.push(Parcel("shared", name, f"{name}-{n}", f"{name} {n}".encode()) for n in range(count))


def by_queue(messages: list[bytes]) -> Counter[str]:
    return Counter(message.decode().partition(" ")[0] for message in messages)


async def test_one_fetch_takes_no_more_of_a_queue_than_it_may_have_at_work(queue: Queue):
    await pushed(queue, "noisy", 40)
    await pushed(queue, "quiet", 2)

    found = by_queue(await queue.ring.fetch("shared", 64, per_queue=8))

    assert found == {"noisy": 8, "quiet": 2}


async def test_what_is_at_work_already_counts(queue: Queue):
    await pushed(queue, "noisy", 40)
    await pushed(queue, "quiet", 2)

    found = by_queue(await queue.ring.fetch("shared", 64, per_queue=8, held={"noisy": 6, "quiet": 8}))

    assert found == {"noisy": 2}
    assert await queue.ring.lengths() == {"noisy": 38, "quiet": 2}


async def test_queues_take_turns(queue: Queue):
    await pushed(queue, "noisy", 40)
    await pushed(queue, "quiet", 2)

    assert by_queue(await queue.ring.fetch("shared", 4)) == {"noisy": 2, "quiet": 2}


async def test_a_queue_that_was_left_alone_is_served_later(queue: Queue):
    await pushed(queue, "noisy", 3)

    assert await queue.ring.fetch("shared", 64, per_queue=1, held={"noisy": 1}) == []
    assert by_queue(await queue.ring.fetch("shared", 64)) == {"noisy": 3}
