"""Frequent questions as people type them: read, written back, refused by halves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assistant.asked_often import LONGEST_ANSWER, LONGEST_QUESTION, HalfAnEntry, as_typed, read_entry
from domain.assistant.persona import Faq
from domain.shared.errors import Invalid

WORDS = st.text(st.sampled_from("abcçã 1?"), min_size=1, max_size=12).filter(str.strip)


@pytest.mark.parametrize(
    ("question", "answer", "meant"),
    [
        ("horário, que horas abre ", "Das 8h às 18h.", Faq(("horário", "que horas abre"), "Das 8h às 18h.")),
        ("pix; pix\ncartão", " Sim,\r\ntodos. ", Faq(("pix", "cartão"), "Sim,\ntodos.")),
        (" , ;", "\n", None),
    ],
)
def test_ways_to_ask_stand_between_commas_semicolons_and_lines(question: str, answer: str, meant: Faq | None):
    assert read_entry(question, answer, field="faq") == meant


@given(st.lists(WORDS, min_size=1, max_size=5), WORDS)
def test_what_is_shown_again_means_the_same(ways: list[str], answer: str):
    entry = read_entry(", ".join(ways), answer, field="faq")

    assert entry is not None
    assert read_entry(*as_typed(entry), field="faq") == entry


@given(st.text(max_size=400), st.text(max_size=1_200))
def test_no_text_breaks_the_reader_and_what_it_takes_can_be_kept(question: str, answer: str):
    try:
        entry = read_entry(question, answer, field="faq")
    except Invalid:
        return
    assert entry is None or (entry.keywords and entry.answer and "\0" not in "".join((*entry.keywords, entry.answer)))


@pytest.mark.parametrize(("question", "answer"), [("horário", " "), ("", "Das 8h."), (" , ", "Das 8h.")])
def test_half_an_entry_is_none(question: str, answer: str):
    with pytest.raises(HalfAnEntry):
        read_entry(question, answer, field="faq")


@pytest.mark.parametrize(
    ("question", "answer"),
    [("q" * (LONGEST_QUESTION + 1), "sim"), ("q", "s" * (LONGEST_ANSWER + 1)), (",".join(map(str, range(21))), "sim")],
)
def test_nobody_reads_more_than_so_much(question: str, answer: str):
    with pytest.raises(Invalid):
        read_entry(question, answer, field="faq")
