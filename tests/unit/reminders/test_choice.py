"""Which of several appointments an answer means."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.reminders.choice import Candidate, choose
from domain.shared.ids import AppointmentId

CLEANING = Candidate(AppointmentId(1), datetime(2026, 11, 24, 14, 0, tzinfo=UTC), "Limpeza de pele", "Ana Souza")
CUT = Candidate(AppointmentId(2), datetime(2026, 11, 27, 15, 30, tzinfo=UTC), "Corte", "Bruno Lima")
SECOND_CUT = Candidate(AppointmentId(3), datetime(2026, 11, 27, 10, 0, tzinfo=UTC), "Corte", "Ana Souza")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1", {1}),
        ("2", {2}),
        ("o primeiro", {1}),
        ("a segunda opção", {2}),
        ("o último", {2}),
        ("a de terça", {1}),
        ("sexta", {2}),
        ("das 14h", {1}),
        ("15:30", {2}),
        ("às 3 e meia", {2}),
        ("às 4 e meia", set()),
        ("dia 27", {2}),
        ("24/11", {1}),
        ("a limpeza", {1}),
        ("o corte", {2}),
        ("com o Bruno", {2}),
        ("os dois", {1, 2}),
        ("as duas", {1, 2}),
        ("todos", {1, 2}),
        ("3", set()),
        ("quarta", set()),
        ("dia 25", set()),
        ("corte dia 24", set()),
        ("tanto faz", set()),
        ("1 e 2", set()),
        ("", set()),
    ],
)
def test_of_two_the_one_that_is_named_is_meant(text: str, meant: set[int]):
    assert set(choose(text, [CLEANING, CUT])) == meant


def test_what_fits_two_of_them_is_asked_again():
    assert choose("o corte", [CLEANING, CUT, SECOND_CUT]) == ()
    assert choose("sexta", [CLEANING, CUT, SECOND_CUT]) == ()


def test_two_clues_together_tell_them_apart():
    assert choose("o corte das 10h", [CLEANING, CUT, SECOND_CUT]) == (3,)
    assert choose("sexta com a Ana", [CLEANING, CUT, SECOND_CUT]) == (3,)
