"""What an author who knew none of our rules answers to each question that we ask unasked, and how much of it is understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.agenda.choices import agrees_to_book
from domain.follow_ups.replies import read_reply
from domain.no_show.excuses import read_excuse
from domain.reminders.answers import read_answer
from domain.reminders.choice import Candidate
from domain.reminders.offer_answers import read_offer_answer
from domain.shared.ids import AppointmentId

UNIT = Path(__file__).parents[1]
OTHER = "other"
NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)
OFFERED = Candidate(AppointmentId(1), datetime(2026, 11, 30, 9, tzinfo=UTC), "Consulta", "Dra. Marina")
"""What the author was told was offered: a Monday at nine."""


@dataclass(frozen=True)
class Question:
    """`floor`: how many of its answers are read as they were meant; it never falls. `safe`: what does nothing."""

    corpus: str
    read: Callable[[str], str]
    floor: int
    safe: frozenset[str] = frozenset({OTHER})

    def misread(self) -> list[tuple[str, str, str]]:
        lines = (UNIT / f"{self.corpus}.tsv").read_text(encoding="utf-8").splitlines()
        found = [(meant, self.read(text), text) for meant, text in (line.split("\t") for line in lines)]
        assert len(found) == 70
        return [each for each in found if each[0] != each[1]]


def reply(text: str) -> str:
    intent = read_reply(text)
    return intent.removeprefix("followup_") if intent else OTHER


def excuse(text: str) -> str:
    read = read_excuse(text)
    return str(read.kind) if read else OTHER


def booking(text: str) -> str:
    return {True: "yes", False: "no", None: OTHER}[agrees_to_book(text)]


QUESTIONS = (
    Question("reminders/answers_blind", lambda text: str(read_answer(text).meaning), 70, frozenset({OTHER, "unsure"})),
    Question("reminders/offer_answers_blind", lambda text: str(read_offer_answer(text, OFFERED, NOW).meaning), 69),
    Question("follow_ups/replies_blind", reply, 69, frozenset({OTHER, "feedback"})),
    Question("no_show/excuses_blind", excuse, 69, frozenset({OTHER, "why"})),
    Question("agenda/menu_answers_blind", booking, 68, frozenset({OTHER, "no"})),
)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.corpus)
def test_no_fewer_are_understood_than_before(question: Question):
    misread = question.misread()

    assert len(misread) <= 70 - question.floor, misread


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.corpus)
def test_what_is_misread_does_nothing_that_was_not_meant(question: Question):
    assert [each for each in question.misread() if each[1] not in question.safe] == []
