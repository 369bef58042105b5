"""Questions to those who may never answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from adapters.http.watching import Remembered, StillWaiting, Watched


class Oracle:
    """Answers when it is told to; counts how often it was asked, and may ignore that it is cancelled."""

    def __init__(self, *, stubborn: bool = False) -> None:
        self.asked = 0
        self.may_answer = asyncio.Event()
        self.stubborn = stubborn

    async def __call__(self) -> int:
        self.asked += 1
        while not self.may_answer.is_set():
            try:
                await self.may_answer.wait()
            except asyncio.CancelledError:
                if not self.stubborn:
                    raise
        return self.asked


async def test_an_answer_in_time_is_given() -> None:
    oracle = Oracle()
    oracle.may_answer.set()

    assert await Watched(oracle).answer(1.0) == 1


async def test_what_the_asked_one_raises_is_raised() -> None:
    async def broken() -> None:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        await Watched(broken).answer(1.0)


@pytest.mark.parametrize("stubborn", [False, True])
async def test_nobody_waits_longer_than_the_window(stubborn: bool) -> None:
    oracle = Oracle(stubborn=stubborn)
    since = time.monotonic()

    with pytest.raises(StillWaiting):
        await Watched(oracle).answer(0.05)

    assert time.monotonic() - since < 0.5
    oracle.may_answer.set()


async def test_a_question_that_will_not_end_is_not_asked_again_until_it_does() -> None:
    oracle = Oracle(stubborn=True)
    watched = Watched(oracle)
    for _ in range(5):
        with pytest.raises(StillWaiting):
            await watched.answer(0.01)
    assert oracle.asked == 1

    oracle.may_answer.set()

    assert await watched.answer(1.0) == 1
    assert await watched.answer(1.0) == 2


def counting(delay: asyncio.Event | None = None) -> tuple[Callable[[], Awaitable[int]], list[int]]:
    found: list[int] = []

    async def find() -> int:
        found.append(len(found))
        if delay is not None:
            await delay.wait()
        return found[-1]

    return find, found


async def test_a_fresh_answer_is_given_again_and_an_old_one_is_not() -> None:
    now = 0.0
    find, found = counting()
    remembered = Remembered(find, 1.0, now=lambda: now)

    assert [await remembered.get(), await remembered.get()] == [0, 0]
    now = 1.0
    assert await remembered.get() == 1
    assert len(found) == 2


async def test_those_who_ask_together_share_one_question() -> None:
    gate = asyncio.Event()
    find, found = counting(gate)
    remembered = Remembered(find, 1.0)
    asking = [asyncio.create_task(remembered.get()) for _ in range(20)]
    await asyncio.sleep(0)
    asking[0].cancel()
    await asyncio.sleep(0)
    gate.set()

    answers = await asyncio.gather(*asking, return_exceptions=True)

    assert isinstance(answers[0], asyncio.CancelledError)
    assert answers[1:] == [0] * 19
    assert len(found) == 1
