"""What is said unasked goes in a lane of its own: in order, at its pace, and past it every reply."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from redis.asyncio import Redis

from adapters.redis.pacing import RedisPacing
from application.delivery.ports import Letter
from domain.delivery.pacing import Pace
from tests.integration.redis.test_redis_pacing import MANY, SIX_HUNDRED, numbered, pacing


def unasked(number: int) -> Letter:
    return replace(numbered(number), unasked=True)


QUICK = Pace(per_minute=2400, at_once=2400)
"""What is said unasked goes 30 in a second."""


async def until_it_goes(paced: RedisPacing, letter: Letter) -> int:
    while (wait := await paced.wait(letter)) > 0:
        await asyncio.sleep(wait)
    return letter.number


async def test_of_a_crowd_that_is_said_unasked_each_keeps_its_turn_and_all_go_in_order_at_their_pace(
    redis: Redis,
) -> None:
    paced, gone = pacing(redis, of_connection=QUICK), list[int]()
    loop = asyncio.get_running_loop()
    told = [await paced.wait(unasked(number)) for number in range(1, 31)]
    began = loop.time()

    async def go(number: int) -> None:
        gone.append(await until_it_goes(paced, unasked(number)))

    await asyncio.gather(*(go(number) for number in range(30, 1, -1)))

    assert told[0] == 0
    assert told == sorted(told)
    assert 0.6 < loop.time() - began < 3
    # who is told the same millisecond may be woken in any order
    assert all(abs(number - place) <= 2 for place, number in enumerate(gone, start=2))


async def test_replies_go_at_once_while_a_thousand_reminders_wait_and_the_reminders_go_on_meanwhile(
    redis: Redis,
) -> None:
    paced = pacing(redis, of_connection=SIX_HUNDRED)
    assert await paced.wait(unasked(1)) == 0
    crowd = [await paced.wait(unasked(number)) for number in range(2, 1001)]
    assert crowd[-1] > 120

    waits = list[float]()
    for number in range(2001, 2005):
        waits.append(await paced.wait(numbered(number)))
        await asyncio.sleep(0.2)

    assert max(waits) <= 0.2
    assert await paced.wait(unasked(2)) <= 0.2


async def test_what_is_said_unasked_takes_from_the_lines_pace(redis: Redis) -> None:
    paced = pacing(redis, of_connection=SIX_HUNDRED)

    assert await paced.wait(unasked(1)) == 0
    assert 0 < await paced.wait(numbered(2)) <= 0.1


async def test_a_line_crowded_with_replies_lets_a_reminder_through_in_its_turn(redis: Redis) -> None:
    paced = pacing(redis, of_connection=SIX_HUNDRED)
    for number in range(2, 8):
        await paced.wait(numbered(number))

    wait = await paced.wait(unasked(1))
    await paced.wait(numbered(8))
    await asyncio.sleep(wait)

    assert 0.4 < wait <= 0.6
    assert await paced.wait(unasked(1)) == 0


async def test_what_is_said_unasked_goes_one_after_the_other_even_after_a_silence(redis: Redis) -> None:
    paced = pacing(redis, of_connection=MANY)

    waits = [await paced.wait(unasked(number)) for number in range(1, 5)]

    assert waits[0] == 0
    assert [round(wait, 1) for wait in waits[1:]] == [0.1, 0.3, 0.4]


async def test_a_reminder_that_somebody_waits_behind_needs_no_turn_in_the_lane(redis: Redis) -> None:
    paced = pacing(redis, of_connection=MANY)
    for number in range(1, 5):
        await paced.wait(unasked(number))

    assert await paced.wait(numbered(4)) == 0


async def test_workers_that_stood_still_do_not_let_out_at_once_all_whose_turn_has_passed(redis: Redis) -> None:
    paced = pacing(redis)
    for number in range(1, 16):
        await paced.wait(unasked(number))
    await asyncio.sleep(2)

    waits = [await paced.wait(unasked(number)) for number in range(2, 16)]

    assert 7 <= waits.count(0) <= 8
    assert waits == sorted(waits)
    assert waits[-1] <= 1.1


async def test_without_redis_what_is_said_unasked_leaves_room_too() -> None:
    nobody = Redis(host="127.0.0.1", port=1)
    paced = pacing(nobody, of_connection=Pace(per_minute=6, at_once=100))

    waits = [await paced.wait(unasked(1)), await paced.wait(unasked(2)), await paced.wait(numbered(3))]
    await nobody.aclose()

    assert waits[0] == waits[2] == 0
    assert 10 < waits[1] <= 13.4


async def test_replies_go_at_once_while_a_hundred_reminders_are_tried_again(redis: Redis) -> None:
    """A whole morning's dead letters may be asked for again at once."""
    paced = pacing(redis, of_connection=Pace(per_minute=20, at_once=20))
    for number in range(1, 101):
        await paced.wait(replace(unasked(number), again=True))

    assert await paced.wait(numbered(2001)) == 0
