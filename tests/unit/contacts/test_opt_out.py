"""Words that stop what is sent unasked, and words that only sound like it; the corpus was written before the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.contacts.opt_out import Wish, wish

LINES = [
    line.split("\t")
    for name in ("opt_out", "opt_out_held_out")
    for line in (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("meant", "text"), LINES)
def test_who_wants_to_be_left_alone_is_understood_and_nobody_else(meant: str, text: str):
    assert wish(text) == (None if meant == "none" else Wish(meant))


@given(
    text=st.sampled_from([text for meant, text in LINES if meant == "stop"]),
    change=st.sampled_from([str.upper, str.lower, lambda text: f"Oi, {text}", lambda text: f"{text}!!"]),
)
def test_capitals_and_greetings_do_not_hide_the_wish(text: str, change):
    assert wish(change(text)) is Wish.STOP


@given(text=st.text(max_size=300))
def test_nothing_that_is_typed_breaks_it(text: str):
    assert wish(text) in (None, Wish.STOP, Wish.BACK)
