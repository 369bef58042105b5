"""Asked to give their own time for the one offered, some keep what is theirs; and praise takes no place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.reminders.answers import Meaning
from domain.reminders.choice import Candidate
from domain.reminders.offer_answers import read_offer_answer
from domain.shared.ids import AppointmentId

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
OFFERED = Candidate(AppointmentId(0), datetime(2026, 11, 30, 9, tzinfo=UTC), "Limpeza", "Dra. Marina")


def meaning(text: str) -> Meaning:
    return read_offer_answer(text, OFFERED, NOW, swaps=True).meaning


@pytest.mark.parametrize(
    "text",
    [
        *[
            "fico com a minha consulta",
            "quero ficar com o meu horário",
            "vou querer o meu",
            "prefiro o meu",
            "a minha serve",
        ],
        *[
            "não posso perder a minha vaga",
            "deixa a minha",
            "vou no meu",
            "confirmo o meu horário",
        ],
        *["fico no meu dia", "não quero trocar o meu"],
    ],
)
def test_whoever_keeps_their_own_time_has_taken_nothing(text: str):
    assert meaning(text) is Meaning.NO


@pytest.mark.parametrize(
    "text",
    [
        "meu",
        "a minha",
        "minha consulta tá ótima",
        "marca a minha",
        "sim, fico com o meu",
        "sim, quero a minha consulta",
    ],
)
def test_what_may_be_said_of_their_own_time_is_left_open(text: str):
    assert meaning(text) is Meaning.OTHER


@pytest.mark.parametrize(
    "text",
    [
        *["pode trocar o meu", "troca o meu por esse", "quero mudar a minha", "é minha!", "essa vaga é minha"],
        *[
            "quero a minha consulta nesse horário",
            "quero sim, meu amor",
            "põe no meu nome",
            "quero muito",
            "que bom, quero",
        ],
        *["pode mudar meu horário"],
    ],
)
def test_whoever_gives_their_time_for_it_takes_it(text: str):
    assert meaning(text) is Meaning.YES


@pytest.mark.parametrize(
    "text", ["foi perfeito", "foi muito legal", "muito bom", "que maravilha", "nossa, que bom!", "foi top"]
)
def test_praise_takes_no_place(text: str):
    assert meaning(text) is Meaning.OTHER
