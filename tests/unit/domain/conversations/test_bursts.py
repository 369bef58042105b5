"""Pieces typed in a row become one message, however they arrive, and the contact never waits past the cap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.conversations.burst import BurstWindow
from domain.conversations.inbound import Kind
from domain.conversations.turn import Burst, Heard
from domain.shared.ids import MessageId

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_message(id: int, second: float, text: str = "oi", kind: Kind = Kind.TEXT) -> Heard:
    at = START + timedelta(seconds=second)
    return Heard(MessageId(id), kind, text, at, at)


@given(
    window=st.integers(0, 30),
    cap=st.integers(0, 120),
    gaps=st.lists(st.integers(0, 40), min_size=1, max_size=12),
)
def test_a_burst_closes_a_window_after_its_last_piece_but_never_after_the_cap(window: int, cap: int, gaps: list[int]):
    rule = BurstWindow(timedelta(seconds=window), timedelta(seconds=cap))
    second = 0
    for gap in gaps:
        second += gap
        closes = (rule.closes_at(opened=START, latest=START + timedelta(seconds=second)) - START).total_seconds()

        assert closes == max(second, min(second + window, cap))


def test_a_window_of_zero_answers_at_once():
    rule = BurstWindow(timedelta(0), timedelta(seconds=20))

    assert rule.closes_at(opened=START, latest=START) == START


@given(st.permutations([(1, 0), (2, 1), (3, 2), (4, 3)]))
def test_a_burst_is_told_in_the_order_it_was_written_however_it_arrived(order: list[tuple[int, int]]):
    heard = [a_message(id, second, text=str(second)) for id, (_, second) in enumerate(order, start=1)]

    assert Burst.told_in_order(heard).as_one() == "0\n1\n2\n3"


def test_messages_of_the_same_second_are_told_as_they_arrived():
    heard = [a_message(2, 0.1, "segunda"), a_message(1, 0.9, "primeira")]

    assert Burst.told_in_order(heard).as_one() == "primeira\nsegunda"


def test_what_is_not_text_is_named_so_that_the_model_knows_of_it():
    heard = [a_message(1, 0, "oi"), a_message(2, 1, "", Kind.AUDIO), a_message(3, 2, "minha receita", Kind.IMAGE)]

    assert Burst.told_in_order(heard).as_one() == "oi\n[áudio]\n[imagem] minha receita"


def test_a_burst_answers_up_to_its_newest_message_whatever_the_order_it_is_told_in():
    burst = Burst.told_in_order([a_message(9, 0), a_message(4, 5)])

    assert (burst.first, burst.last) == (4, 9)
