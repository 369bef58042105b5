"""What is remembered of the database: short, bounded, and asked for once."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field

import pytest

from adapters.postgres.remembered import ANEW_SECONDS, STRANGERS_AT_A_TIME, Remembered


@dataclass
class Source:
    known: dict[str, str]
    asked: Counter[str] = field(default_factory=Counter)
    at_once: int = 0
    most_at_once: int = 0
    open: asyncio.Event = field(default_factory=asyncio.Event)
    now: float = 1000.0

    async def __call__(self, key: str) -> tuple[str, float] | None:
        self.asked[key] += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.open.wait()
        finally:
            self.at_once -= 1
        if self.known.get(key) == "broken":
            raise OSError("away")
        return (self.known[key], 5.0) if key in self.known else None

    def remembered(self) -> Remembered[str, str]:
        self.open.set()
        return Remembered(self, absent_seconds=5.0, most=100, clock=lambda: self.now)


async def test_an_answer_holds_for_its_seconds_and_no_longer():
    source = Source({"a": "first"})
    remembered = source.remembered()
    assert await remembered.get("a") == "first"
    source.known["a"] = "second"

    source.now += 4.9
    assert await remembered.get("a") == "first"
    source.now += 0.2
    assert await remembered.get("a") == "second"


async def test_what_does_not_exist_is_remembered_too_and_may_come_to_exist():
    source = Source({})
    remembered = source.remembered()
    assert [await remembered.get("a") for _ in range(10)] == [None] * 10
    assert source.asked["a"] == 1

    source.known["a"] = "now"
    source.now += 5.1

    assert await remembered.get("a") == "now"


async def test_a_thousand_askers_at_once_are_one_question():
    source = Source({"a": "x"})
    remembered = source.remembered()
    source.open.clear()

    asking = [asyncio.create_task(remembered.get("a")) for _ in range(1000)]
    await asyncio.sleep(0)
    source.open.set()

    assert set(await asyncio.gather(*asking)) == {"x"}
    assert source.asked["a"] == 1


async def test_an_asker_who_leaves_does_not_take_the_answer_with_him():
    source = Source({"a": "x"})
    remembered = source.remembered()
    source.open.clear()
    leaves, stays = (asyncio.create_task(remembered.get("a")) for _ in range(2))
    await asyncio.sleep(0)

    leaves.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaves
    source.open.set()

    assert await stays == "x"


async def test_a_failure_is_told_to_all_who_ask_and_not_remembered():
    source = Source({"a": "broken"})
    remembered = source.remembered()

    results = await asyncio.gather(*(remembered.get("a") for _ in range(3)), return_exceptions=True)
    source.known["a"] = "mended"

    assert all(isinstance(result, OSError) for result in results)
    assert await remembered.get("a") == "mended"


async def test_invented_ids_take_bounded_memory_and_push_out_no_known_one():
    source = Source({"a": "x"})
    remembered = source.remembered()
    await remembered.get("a")

    for number in range(1000):
        await remembered.get(f"invented {number}")

    assert len(remembered) <= 101
    await remembered.get("a")
    assert source.asked["a"] == 1


async def test_invented_ids_come_through_a_narrow_gate_that_known_ids_do_not_share():
    source = Source({"a": "x"})
    remembered = source.remembered()
    await remembered.get("a")
    source.now += 6
    source.open.clear()
    crowd = [asyncio.create_task(remembered.get(f"invented {number}")) for number in range(50)]
    await asyncio.sleep(0)
    known = asyncio.create_task(remembered.get("a"))
    await asyncio.sleep(0.01)

    assert source.asked["a"] == 2
    assert source.most_at_once == STRANGERS_AT_A_TIME + 1
    source.open.set()
    assert await known == "x"
    assert set(await asyncio.gather(*crowd)) == {None}


async def test_who_doubts_an_answer_hears_the_present_one_and_so_does_everybody_after():
    source = Source({"a": "first"})
    remembered = source.remembered()
    await remembered.get("a")
    source.known["a"] = "second"

    source.now += ANEW_SECONDS
    assert await remembered.anew("a") == "second"
    assert await remembered.get("a") == "second"


@pytest.mark.parametrize("known", [{"a": "x"}, {}])
async def test_any_number_of_doubts_cause_one_question_a_second(known: dict[str, str]):
    source = Source(known)
    remembered = source.remembered()

    for _ in range(40):
        for _ in range(25):
            assert await remembered.anew("a") == known.get("a")
        source.now += ANEW_SECONDS / 4

    assert source.asked["a"] == 10


async def test_what_was_doubted_and_is_gone_is_remembered_as_gone():
    source = Source({"a": "x"})
    remembered = source.remembered()
    await remembered.get("a")
    del source.known["a"]
    source.now += ANEW_SECONDS

    assert await remembered.anew("a") is None
    assert await remembered.get("a") is None
    assert source.asked["a"] == 2
