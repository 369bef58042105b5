"""Answers to reminders as people in Brazil type them; the corpus was written before the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reminders.answers import Meaning, Read, read_answer

HERE = Path(__file__).parent


def corpus(name: str) -> list[tuple[str, str]]:
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(kind, text.replace("\\n", "\n")) for kind, text in (line.split("\t") for line in lines)]


def kind_of(read: Read) -> str:
    return f"{read.meaning}{'+' if read.meaning is Meaning.YES and read.more else ''}"


@pytest.mark.parametrize(("kind", "text"), corpus("answers"))
def test_an_answer_is_read_as_it_was_meant(kind: str, text: str):
    assert kind_of(read_answer(text)) == kind


def test_answers_nobody_developed_against_are_read_as_well():
    read = [(kind, kind_of(read_answer(text)), text) for kind, text in corpus("answers_held_out")]

    wrong = [each for each in read if each[0] != each[1]]
    assert len(wrong) <= len(read) // 50, wrong


def test_nobody_who_doubts_or_asks_is_confirmed_or_cancelled():
    careless = [
        (kind, text)
        for name in ("answers", "answers_held_out")
        for kind, text in corpus(name)
        if kind in ("unsure", "other") and read_answer(text).meaning in (Meaning.YES, Meaning.CANCEL)
    ]

    assert careless == []


@given(
    yes=st.sampled_from(["sim", "confirmo", "vou sim", "👍", "ok", "estarei lá"]),
    no=st.sampled_from(["não", "não vou", "não posso", "👎", "n vou poder ir"]),
    turned=st.booleans(),
    between=st.sampled_from([", ", ". ", "\n", " e ", "! "]),
)
def test_a_yes_beside_a_no_is_asked_back(yes: str, no: str, turned: bool, between: str):
    text = between.join((no, yes) if turned else (yes, no))

    assert read_answer(text).meaning in (Meaning.UNSURE, Meaning.OTHER)


@given(text=st.text(max_size=400))
def test_nothing_that_is_typed_breaks_it(text: str):
    assert read_answer(text).meaning in Meaning


@given(
    text=st.sampled_from([text for kind, text in corpus("answers") if kind in ("yes", "no", "move", "cancel")]),
    change=st.sampled_from([str.upper, str.capitalize, lambda text: f"  {text}  ", lambda text: f"{text}."]),
)
def test_capitals_blanks_and_full_stops_change_no_meaning(text: str, change):
    assert read_answer(change(text)).meaning is read_answer(text).meaning


@pytest.mark.parametrize(
    ("text", "explicit"), [("sim", False), ("👍", False), ("confirmo", True), ("quero cancelar", True), ("não", False)]
)
def test_it_is_told_whether_the_words_name_what_is_wanted(text: str, explicit: bool):
    assert read_answer(text).explicit is explicit
