"""A place of the waiting list is offered: what people in Brazil type to have it, to leave it, and to ask first."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reminders.answers import Meaning
from domain.reminders.choice import Candidate
from domain.reminders.offer_answers import read_offer_answer
from domain.shared.ids import AppointmentId

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
OFFERED = Candidate(AppointmentId(0), datetime(2026, 11, 30, 9, tzinfo=UTC), "Limpeza", "Dra. Marina")
"""A Monday at nine."""

YES = [
    *[
        "Quero!",
        "quero",
        "eu quero",
        "QUERO SIM",
        "vou querer",
        "vou querer sim, obrigada",
        "queroooo",
        "sim",
        "Sim!",
        "s",
    ],
    *[
        "aceito",
        "aceito sim",
        "Aceito!! 🙏",
        "fico com ele",
        "fico",
        "eu fico com esse",
        "quero ficar com ele",
        "👍",
        "ok",
    ],
    *[
        "pode marcar",
        "pode reservar",
        "pode reservar pra mim",
        "quero esse horário",
        "pode ser",
        "pode ser sim",
        "claro",
    ],
    *[
        "claro que quero",
        "com certeza",
        "bora",
        "fechado",
        "marca pra mim",
        "pode agendar",
        "reserva pra mim por favor",
    ],
    *["quero a vaga", "fico com a vaga", "quero a vaga da limpeza", "pode confirmar", "confirmo", "topo", "perfeito!"],
    *[
        "esse horário serve",
        "tá ótimo",
        "me encaixa",
        "posso sim",
        "consigo ir",
        "vou sim",
        "dá certo",
        "pode ser às 9h",
    ],
    *[
        "segunda às 9 pode marcar",
        "oi, quero sim",
        "opa, quero",
        "quero! estava esperando muito",
        "não quero perder, quero",
    ],
    *[
        "garante pra mim",
        "beleza, pode marcar pra mim",
        "isso, quero",
        "siiim",
        "quero o horário das 9h",
        "pode deixar marcado",
    ],
    *["sem problemas, quero", "quero essa consulta com a dra marina", "maravilha, quero sim"],
]
NO = [
    *["não", "Não, obrigada", "nao quero", "passo", "agora não", "deixa pra próxima", "hoje não", "não vou querer"],
    *["não posso", "não consigo nesse horário", "esse horário não dá", "infelizmente não", "não vai dar", "dispenso"],
    *["pode passar pra outra pessoa", "pode passar para o próximo", "fica pra próxima", "dessa vez não", "melhor não"],
    *["não precisa mais", "obrigada, mas não quero", "👎", "quero não", "passo a vez", "nesse dia não posso", "n"],
    *["não tenho interesse", "já marquei em outro lugar", "já consegui um horário", "pode liberar", "não vou poder"],
    *["prefiro esperar outro", "não me serve", "vou deixar passar", "abro mão"],
]
OTHER = [
    *[
        "quanto custa?",
        "quero saber o preço",
        "tem mais tarde?",
        "pode ser às 10h?",
        "pode ser às 10h",
        "talvez",
        "vou ver",
    ],
    *[
        "quero, mas só se for à tarde",
        "aceito se tiver estacionamento",
        "quero outro horário",
        "quem é?",
        "quero cancelar",
    ],
    *["quero na terça", "bom dia", "obrigada", "", "😂", "onde fica?", "quero marcar com o dr. paulo", "sim ou não?"],
    *[
        "não sei",
        "te falo mais tarde",
        "preciso falar com meu marido",
        "por que não?",
        "quero remarcar a minha consulta",
    ],
    *["quero amanhã", "posso à tarde", "sim, mas não posso nesse dia", "sair da lista de espera", "x" * 400],
]


LINES = [
    line.split("\t") for line in (Path(__file__).parent / "offer_answers.tsv").read_text(encoding="utf-8").splitlines()
]


def meaning(text: str) -> Meaning:
    return read_offer_answer(text, OFFERED, NOW).meaning


@pytest.mark.parametrize("text", YES)
def test_whoever_takes_it_is_understood(text: str):
    assert meaning(text) is Meaning.YES


@pytest.mark.parametrize("text", NO)
def test_whoever_leaves_it_is_understood(text: str):
    assert meaning(text) is Meaning.NO


@pytest.mark.parametrize("text", OTHER)
def test_whoever_asks_doubts_or_wants_another_has_said_neither(text: str):
    assert meaning(text) is Meaning.OTHER


@pytest.mark.parametrize(("meant", "text"), LINES)
def test_it_is_heard_in_whatever_words_it_is_said(meant: str, text: str):
    assert meaning(text) is Meaning(meant)


def test_what_is_asked_beside_a_yes_is_still_to_be_answered():
    assert read_offer_answer("quero! qual o endereço?", OFFERED, NOW).more
    assert not read_offer_answer("quero!", OFFERED, NOW).more


@given(text=st.text(max_size=400))
def test_nothing_that_is_typed_breaks_it(text: str):
    assert meaning(text) in (Meaning.YES, Meaning.NO, Meaning.OTHER)


@given(
    yes=st.sampled_from(["quero", "aceito", "sim", "fico com ele", "pode marcar"]),
    no=st.sampled_from(["não", "não quero", "passo", "agora não", "não posso"]),
    turned=st.booleans(),
    between=st.sampled_from([", ", ". ", "\n", "! ", ", mas "]),
)
def test_a_yes_beside_a_no_is_neither(yes: str, no: str, turned: bool, between: str):
    assert meaning(between.join((no, yes) if turned else (yes, no))) is Meaning.OTHER
