"""Nobody gets onto a waiting list, or off it, by a word of its line: only by the line itself, or by asking for it."""

from __future__ import annotations

import pytest

from domain.agenda.choices import Intent, Option, intent_of, leaves_a_list
from domain.agenda.menu import OTHER_TIME, WAIT_FOR_MORE, WAIT_HERE, Menu, Next, Step, Todo

ONE = Menu(Step.WAITS, (Option("1", "Tirar: Limpeza com Dra. Marina, no primeiro horário que abrir"), WAIT_FOR_MORE))
TWO = Menu(Step.WAITS, (Option("2", "Tirar: Consulta, sexta-feira, 27/11"), *ONE.options))
SLOT = Menu(Step.SLOT, (Option("t1", "sexta-feira, 27/11, às 9h"), OTHER_TIME, WAIT_HERE))


@pytest.mark.parametrize("menu", [ONE, TWO], ids=["one", "two"])
@pytest.mark.parametrize(
    "said",
    [
        *["não tira não", "não é pra tirar", "não quero sair", "deixa eu na limpeza", "quero ficar na da limpeza"],
        *[
            "qual o valor da limpeza?",
            "a limpeza dói?",
            "gostaria de marcar a limpeza",
            "limpeza?",
            "não precisa me remover",
        ],
        *["não quero sair da lista de espera", "a Marina vai estar aí?", "quero a limpeza", "abrir"],
    ],
)
def test_a_word_of_the_line_takes_nobody_off(menu: Menu, said: str):
    assert menu.hear(said, tells_when=False).todo not in (Todo.LEAVE_WAITING, Todo.WAIT)


@pytest.mark.parametrize(
    "said", ["tira a limpeza", "quero sair da limpeza", "limpeza", "a da limpeza", "pode tirar da limpeza por favor"]
)
def test_the_list_is_left_that_is_named(said: str):
    assert TWO.hear(said, tells_when=False) == Next(Todo.LEAVE_WAITING, "1")


@pytest.mark.parametrize(
    ("said", "todo"),
    [
        ("quero marcar uma avaliação", Todo.SHOW_SERVICES),
        ("não, obrigada", Todo.SHOW_HOME),
        ("deixa assim, não precisa", Todo.SHOW_HOME),
        ("2", Todo.WAIT),
        ("esperar por outro serviço", Todo.WAIT),
        ("outro serviço", Todo.WAIT),
    ],
)
def test_anything_else_goes_its_own_way(said: str, todo: Todo):
    assert ONE.hear(said, tells_when=False) == Next(todo)


@pytest.mark.parametrize(
    "said",
    [
        *["espera um pouco", "espera", "peraí, espera", "não quero ficar na lista de espera", "sem lista de espera"],
        *["prefiro não ficar em lista", "não precisa de lista de espera", "tira da lista", "quanto tempo é a espera?"],
    ],
)
def test_nobody_gets_onto_a_waiting_list_unasked(said: str):
    assert SLOT.hear(said, tells_when=False).todo is not Todo.WAIT


@pytest.mark.parametrize(
    "said", ["3", "entrar na lista de espera", "quero entrar na lista", "lista de espera", "me põe na lista de espera"]
)
def test_whoever_asks_for_the_waiting_list_gets_onto_it(said: str):
    assert SLOT.hear(said, tells_when=False) == Next(Todo.WAIT)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("não quero sair da lista de espera", Intent.NO),
        ("não quero lista de espera", Intent.NO),
        ("se não tiver vaga, me coloca na lista de espera", Intent.WAIT),
        ("não quero mais, me tira da lista de espera", Intent.LEAVE),
    ],
)
def test_a_denied_list_is_no_wish_for_it(said: str, intent: Intent):
    assert intent_of(said) is intent


def test_a_bare_sair_names_no_list():
    assert SLOT.hear("me tira dessa lista por favor", tells_when=False) == Next(Todo.SHOW_TO_LEAVE)
    assert Menu(options=()).hear("sair da lista", tells_when=False) == Next(Todo.SHOW_TO_LEAVE)
    assert leaves_a_list("sair da lista")
    assert leaves_a_list("me tira da lista, por favor")
    assert not leaves_a_list("sair")
    assert not leaves_a_list("não quero sair da lista")
