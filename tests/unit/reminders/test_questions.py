"""A short answer while several questions are open: which of them it fits, and which it names."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.conversations.questions import About, OpenQuestion, all_one, bare, may_answer, means_all
from domain.reminders.choice import Candidate
from domain.shared.ids import AppointmentId

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def question(about: About, hour: int) -> OpenQuestion:
    told = Candidate(AppointmentId(hour), datetime(2026, 11, 30, hour, tzinfo=UTC), "Consulta", "Dra. Marina")
    return OpenQuestion(str(about), about, str(about), told)


ALL = [question(about, hour) for hour, about in enumerate(About, 9)]
"""Presence at nine, a place at ten, the menu's time at eleven, a follow-up."""


@pytest.mark.parametrize(
    ("text", "abouts"),
    [
        ("sim", {About.PRESENCE, About.PLACE, About.MENU}),
        ("ok", {About.PRESENCE, About.PLACE, About.MENU}),
        ("👍", {About.PRESENCE, About.PLACE, About.MENU}),
        ("não", {About.PRESENCE, About.PLACE, About.MENU}),
        ("confirmo a consulta", {About.PRESENCE}),
        ("confirmo minha presença", {About.PRESENCE}),
        ("quero a vaga", {About.PLACE}),
        ("fico com ele", {About.PLACE}),
        ("aceito", {About.PLACE}),
        ("sim, quero", {About.PLACE, About.MENU}),
        ("pode marcar", {About.PLACE, About.MENU}),
        ("sim, às 9h", {About.PRESENCE}),
        ("foi ótimo", {About.FOLLOW_UP}),
        ("foi péssimo, atrasou muito", {About.FOLLOW_UP}),
        ("qual o endereço?", set()),
        ("quero cancelar", set()),
    ],
)
def test_an_answer_goes_to_what_it_names_and_else_to_all_that_it_fits(text: str, abouts: set[About]):
    assert {each.about for each in may_answer(text, ALL, NOW)} == abouts


@pytest.mark.parametrize("text", ["sim", "Sim!", "ok", "👍", "não", "blz", "ta bom", "sim, obrigada", "pode ser"])
def test_a_yes_or_a_no_alone_is_bare(text: str):
    assert bare(text)


@pytest.mark.parametrize("text", ["foi ótimo", "sim, adorei", "nota 10", "", "quero marcar", "😍"])
def test_whoever_says_more_has_not_spoken_barely(text: str):
    assert not bare(text)


def test_both_of_two_are_all_and_both_of_three_are_not():
    assert means_all("os dois", ALL[:2])
    assert means_all("sim para todos", ALL)
    assert not means_all("os dois", ALL[:3])
    assert not means_all("sim", ALL[:2])


def test_several_reminders_are_one_question():
    assert all_one([question(About.PRESENCE, 9), question(About.PRESENCE, 14)])
    assert not all_one(ALL[:2])
