"""How people answer "como foi?"; the corpus was written before the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.follow_ups.replies import Intent, read_reply

LINES = [
    line.split("\t")
    for name in ("replies", "replies_held_out")
    for line in (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("meant", "text"), LINES)
def test_a_reply_is_read_as_it_was_meant(meant: str, text: str):
    assert read_reply(text) == (None if meant in ("declined", "other") else Intent(f"followup_{meant}"))


@given(
    praise=st.sampled_from(["adorei", "foi ótimo", "gostei muito", "excelente atendimento"]),
    blame=st.sampled_from(["demorou muito", "a recepção foi péssima", "atrasou", "foi caro demais"]),
    turned=st.booleans(),
)
def test_praise_and_blame_together_are_left_to_people(praise: str, blame: str, turned: bool):
    text = f"{blame} mas {praise}" if turned else f"{praise}, mas {blame}"

    assert read_reply(text) is Intent.FEEDBACK


@given(text=st.text(max_size=300))
def test_nothing_that_is_typed_breaks_it(text: str):
    assert read_reply(text) in (None, *Intent)
