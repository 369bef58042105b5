"""One company's share of a worker: all while it is alone, little while it would keep others from the processor."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from adapters.queue.headroom import ALONE_AFTER, BUSY, CALM, LEAST, LOOK_EVERY, STEP, Headroom

MOST = 96


@dataclass
class Process:
    """A clock and a processor that both go on as told."""

    at: float = 100.0
    used: float = 0.0

    def goes_on(self, seconds: float, *, share: float) -> None:
        self.at += seconds
        self.used += seconds * share


def headroom_of(process: Process, most: int = MOST) -> Headroom:
    return Headroom(most, now=lambda: process.at, spent=lambda: process.used)


def shared(process: Process, most: int = MOST) -> Headroom:
    headroom = headroom_of(process, most)
    headroom.at_work("tenant_1")
    headroom.at_work("tenant_2")
    return headroom


def wanting_more(process: Process, headroom: Headroom, *, looks: int, share: float) -> None:
    """A company takes all it may have, look after look."""
    for _ in range(looks):
        process.goes_on(2 * LOOK_EVERY, share=share)
        headroom.per_company(MOST)


def test_a_company_that_is_alone_may_have_all():
    headroom = headroom_of(Process())
    headroom.at_work("tenant_1")

    assert headroom.per_company(0) == MOST


def test_companies_that_share_a_worker_begin_with_little():
    assert shared(Process()).per_company(0) == LEAST


def test_in_an_idle_process_the_share_grows_to_the_most_there_is_while_it_is_used_up():
    process = Process()
    headroom = shared(process)

    wanting_more(process, headroom, looks=60, share=0.1)

    assert headroom.per_company(0) == MOST


def test_a_share_that_nobody_uses_up_does_not_grow_for_the_flood_to_come():
    process = Process()
    headroom = shared(process)

    for _ in range(60):
        process.goes_on(2 * LOOK_EVERY, share=0.1)
        headroom.per_company(LEAST - 1)

    assert headroom.per_company(0) == LEAST


def test_what_a_flood_was_given_is_taken_back_once_it_is_over():
    process = Process()
    headroom = shared(process)
    wanting_more(process, headroom, looks=60, share=0.1)

    found = []
    for _ in range(5):
        process.goes_on(2 * LOOK_EVERY, share=0.1)
        found.append(headroom.per_company(0))

    assert found == [48, 24, 12, 8, 8]


def test_what_is_held_by_jobs_that_wait_for_a_model_is_not_taken_back():
    process = Process()
    headroom = shared(process)
    wanting_more(process, headroom, looks=10, share=0.1)

    wanting_more(process, headroom, looks=10, share=0.5)

    assert headroom.per_company(MOST) == LEAST + 10 * STEP


def test_in_a_busy_process_it_halves_until_little_is_left():
    process = Process()
    headroom = shared(process)
    wanting_more(process, headroom, looks=60, share=0.1)

    found = []
    for _ in range(5):
        process.goes_on(2 * LOOK_EVERY, share=0.9)
        found.append(headroom.per_company(MOST))

    assert found == [48, 24, 12, 8, 8]


def test_a_busy_but_not_too_busy_process_leaves_it_as_it_is():
    process = Process()
    headroom = shared(process)
    wanting_more(process, headroom, looks=3, share=0.1)

    wanting_more(process, headroom, looks=20, share=(CALM + BUSY) / 2)

    assert headroom.per_company(0) == LEAST + 3 * STEP


def test_whoever_is_left_alone_gets_all_again():
    process = Process()
    headroom = shared(process)
    process.goes_on(ALONE_AFTER / 2, share=0.9)
    headroom.at_work("tenant_1")
    process.goes_on(ALONE_AFTER / 2 + 1, share=0.9)

    assert headroom.per_company(0) == MOST


@given(
    most=st.integers(1, 200),
    life=st.lists(
        st.tuples(st.floats(0.01, 2.0), st.floats(0.0, 2.0), st.integers(1, 4), st.integers(1, 300)), max_size=60
    ),
)
def test_it_is_never_nothing_and_never_more_than_the_most(most: int, life: list[tuple[float, float, int, int]]):
    process = Process()
    headroom = headroom_of(process, most)

    for seconds, share, company, held in life:
        process.goes_on(seconds, share=share)
        headroom.at_work(f"tenant_{company}")

        assert min(LEAST, most) <= headroom.per_company(held) <= most
