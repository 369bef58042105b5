"""What people read about their appointments: the day as they would say it, their first name, and a way out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from application.reminders.offer_texts import offer
from application.reminders.texts import follow_up, greeting, missed, reminder, when, which
from domain.reminders.choice import Candidate
from domain.reminders.manners import Manners
from domain.shared.ids import AppointmentId

NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
VISIT = Candidate(AppointmentId(1), NOON, "Consulta", "Dra. Marina")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-30T08:00+00:00", "hoje ao meio-dia"),
        ("2026-11-29T23:59+00:00", "amanhã (segunda-feira, 30/11) ao meio-dia"),
        ("2026-11-27T12:00+00:00", "segunda-feira, 30/11 ao meio-dia"),
        ("2026-12-01T00:00+00:00", "ontem (segunda-feira, 30/11) ao meio-dia"),
        ("2025-11-30T12:00+00:00", "segunda-feira, 30/11/2026 ao meio-dia"),
    ],
)
def test_the_day_is_told_as_people_say_it(now: str, told: str):
    assert when(NOON, datetime.fromisoformat(now)) == told


def test_an_hour_is_told_with_its_minutes_where_it_has_any():
    assert when(NOON.replace(hour=9, minute=5), NOON) == "hoje às 9h05"


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("ana lima", "Oi, Ana!"),
        ("João", "Oi, João!"),
        ("+5511987654321", "Oi!"),
        ("", "Oi!"),
        ("  ", "Oi!"),
        ("🌸", "Oi!"),
    ],
)
def test_people_are_greeted_by_their_first_name_where_they_told_one(name: str, greeted: str):
    assert greeting(name) == greeted


def test_whatever_is_said_unasked_says_how_to_stop_it():
    unasked = [
        reminder("Ana", VISIT, NOON, confirmed=False),
        missed("Ana", VISIT, NOON),
        follow_up("Ana", VISIT, Manners()),
        follow_up("Ana", VISIT, Manners(question="E aí?")),
        offer("Ana", VISIT, NOON, 30),
    ]

    assert all("responda *sair*" in text for text in unasked)


def test_several_appointments_are_listed_with_numbers_to_answer_with():
    text = which("cancel", [VISIT, VISIT], NOON)

    assert text.splitlines()[1].startswith("*1*. Consulta com Dra. Marina")
    assert text.endswith("Qual deles você quer cancelar?")
