"""The demonstration told in small pieces, as people write: what, with whom and when each in a message of its own."""

from __future__ import annotations

from typing import Any

import pytest

from ops.sandbox.gemini.booking import step
from ops.sandbox.gemini.records import FunctionCall
from tests.unit.sandbox.test_sandbox_booking import MINE, SERVICES, SLOT, body

WHEN = "Para quando você quer marcar Consulta?"
LISTING = FunctionCall("list_services")


def after(talk: list[str], text: str, *, listed: bool = False, mine: bool = False, only: Any = None) -> Any:
    """`talk`: what they and the secretary said before, in turn."""
    asked = body(text, told=(LISTING, only or SERVICES[1]) if listed else None, mine=mine)
    roles = ("user", "model") * len(talk)
    before = [{"role": role, "parts": [{"text": one}]} for role, one in zip(roles, talk, strict=False)]
    return step(asked | {"contents": [*before, *asked["contents"]]})


def test_what_with_whom_and_when_in_three_messages_is_one_wish():
    talk = ["quero marcar uma consulta", WHEN]

    assert after(talk, "com a Marina") == LISTING
    assert after(talk, "com a Marina", listed=True) == WHEN
    talk += ["com a Marina", WHEN]
    assert after(talk, "amanhã às 9h") == LISTING
    assert after(talk, "amanhã às 9h", listed=True) == FunctionCall(
        "find_slots", {"service": "Consulta", "when": "amanhã às 9h", "professional": "Dra. Marina"}
    )


def test_a_question_back_does_not_lose_the_service():
    talk = ["quero marcar uma consulta", WHEN, "tanto faz", "Qual dia e horário ficam melhores para você?"]

    assert after(talk, "amanhã às 9h") == LISTING
    assert after(talk, "amanhã às 9h", listed=True) == FunctionCall(
        "find_slots", {"service": "Consulta", "when": "amanhã às 9h"}
    )


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        (f"Posso marcar {SLOT}?", FunctionCall("book", {"slot": "TOKEN1"})),
        (f"Posso cancelar {MINE}?", FunctionCall("cancel", {"appointment": "abc12"})),
    ],
)
def test_a_one_is_a_yes_where_a_yes_or_a_no_is_asked(asked: str, taken: FunctionCall):
    assert after(["oi", asked], "1", mine=True) == taken
    assert isinstance(after(["oi", asked], "2", mine=True), str)


def test_another_time_before_the_yes_is_looked_up_for_the_same_service():
    talk = ["quero marcar limpeza quinta às 15h", f"Posso marcar {SLOT}?"]

    for said in ("muda pra quarta às 14h", "pode ser na quarta às 14h?"):
        assert after(talk, said) == LISTING
        assert after(talk, said, listed=True) == FunctionCall("find_slots", {"service": "Limpeza", "when": said})


def test_another_time_for_what_is_booked_moves_it():
    talk = ["quero marcar limpeza quinta às 15h", f"Posso marcar {SLOT}?", "sim", f"Pronto! Ficou marcado: {SLOT}."]

    assert after(talk, "muda pra quarta às 14h", mine=True) == FunctionCall(
        "find_slots", {"appointment": "abc12", "when": "muda pra quarta às 14h"}
    )


def test_a_name_within_a_word_is_not_meant():
    one = {"servicos": [{"servico": "Q"}, {"servico": "Limpeza", "minutos": 40, "profissionais": ["Dra. Marina"]}]}
    only = {"servicos": [{"servico": "Q", "minutos": 30, "profissionais": ["Dra. Marina"]}]}

    assert "Qual serviço" in after([], "quais horários posso marcar?", listed=True, only=one)
    assert after([], "quais serviços vocês têm?", listed=True, only=only).startswith("Fazemos por aqui:")
    assert after([], "quero marcar um q", listed=True, only=one) == "Para quando você quer marcar Q?"
