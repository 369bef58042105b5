"""What somebody typed becomes words that can be kept and sent, or is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.handoff.entry import LONGEST, NothingTyped, Said, TooLong


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_whatever_is_typed_either_can_be_kept_or_is_refused(typed: str):
    try:
        said = Said.typed(typed, field="texto")
    except (NothingTyped, TooLong):
        return
    assert "\x00" not in said.text
    assert said.text == said.text.strip()
    said.text.encode()


@pytest.mark.parametrize("typed", ["", "   \n\t", "\x00", "\u200b".replace("\u200b", "\x07")])
def test_nothing_to_read_is_nothing_to_send(typed: str):
    with pytest.raises(NothingTyped):
        Said.typed(typed, field="texto")


def test_the_limit_counts_what_would_be_sent():
    assert Said.typed("x" * LONGEST + "\r\n", field="texto").text == "x" * LONGEST
    with pytest.raises(TooLong):
        Said.typed("x" * (LONGEST + 1), field="texto")
