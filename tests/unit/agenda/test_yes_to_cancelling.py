"""At "Posso cancelar?" a "sim" inside a sentence that says they come, or that means another one, cancels nothing."""

from __future__ import annotations

import pytest

from domain.agenda.menu import YES_OR_NO, Menu, Next, Step, Todo

ASKED = Menu(Step.CONFIRM_CANCEL, YES_OR_NO, pending="r1")


@pytest.mark.parametrize(
    "said",
    [
        *["irei sim", "vou sim!", "sim, vou estar aí", "sim, eu vou", "sim, estaremos lá", "vou comparecer sim"],
        *["quero continuar com ela sim", "mantém sim", "pode manter", "sim, deixa como está", "deixa marcada sim"],
    ],
)
def test_whoever_comes_or_keeps_it_keeps_it(said: str):
    assert ASKED.hear(said, tells_when=False) == Next(Todo.KEEP, "r1")


@pytest.mark.parametrize(
    "said", ["pode agendar", "marca", "pode marcar", "sim, marca", "não vou mais", "não consigo mais"]
)
def test_what_may_mean_either_is_asked_again(said: str):
    assert ASKED.hear(said, tells_when=False) == Next(Todo.ASK_AGAIN)


@pytest.mark.parametrize(
    ("said", "tells_when"),
    [
        ("desmarca a outra", False),
        ("sim, mas a outra consulta", False),
        ("cancela as outras", False),
        ("desmarca a de segunda", True),
        ("sim, a das 16h", True),
    ],
)
def test_another_one_is_picked_from_the_list_anew(said: str, tells_when: bool):
    assert ASKED.hear(said, tells_when=tells_when) == Next(Todo.SHOW_TO_CANCEL)


@pytest.mark.parametrize(
    "said",
    [
        "sim",
        "1",
        "pode cancelar",
        "sim, cancela",
        "sim por favor",
        "isso, desmarca",
        "cancela, tenho outro compromisso",
    ],
)
def test_a_clear_yes_still_cancels(said: str):
    assert ASKED.hear(said, tells_when=False) == Next(Todo.CANCEL, "r1")


@pytest.mark.parametrize("said", ["não", "2", "não, obrigada", "deixa", "melhor não"])
def test_a_clear_no_still_keeps(said: str):
    assert ASKED.hear(said, tells_when=False) == Next(Todo.KEEP, "r1")


def test_a_wish_to_move_it_instead_moves_it():
    assert ASKED.hear("muda para terça", tells_when=True) == Next(Todo.SHOW_TO_MOVE)
    assert ASKED.hear("prefiro remarcar para sexta", tells_when=True) == Next(Todo.SHOW_TO_MOVE)
