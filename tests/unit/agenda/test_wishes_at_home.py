"""Before the first list, or after something is done: what the words ask for, whatever word of a line is among them."""

from __future__ import annotations

import pytest

from domain.agenda.menu import DONE, Menu, Next, Todo

HOME, NOTHING_SHOWN = Menu(), Menu(options=())


@pytest.mark.parametrize("menu", [HOME, DONE, NOTHING_SHOWN])
@pytest.mark.parametrize(
    ("said", "tells_when", "todo"),
    [
        ("quero mudar meu horário pra sexta às 15h", True, Todo.SHOW_TO_MOVE),
        ("quero trocar meu horario", False, Todo.SHOW_TO_MOVE),
        ("preciso mudar minha consulta", False, Todo.SHOW_TO_MOVE),
        ("muda pra sexta 11h", True, Todo.SHOW_TO_MOVE),
        ("troca pra mim pra quinta?", True, Todo.SHOW_TO_MOVE),
        ("qual meu horário?", False, Todo.SHOW_MINE),
        ("não quero mais esse horario, desmarca", False, Todo.SHOW_TO_CANCEL),
        ("não posso mais ir nesse horário", False, Todo.SHOW_TO_CANCEL),
        ("quero marcar um horário pra sexta", True, Todo.SHOW_SERVICES),
        ("quero entrar na lista de espera", False, Todo.WAIT),
        ("obrigada!", False, Todo.SEE_OFF),
        ("ok, muito obrigado", False, Todo.SEE_OFF),
        ("valeu, até amanhã", False, Todo.SEE_OFF),
        ("oi", False, Todo.SHOW_HOME),
        ("Olá, boa tarde!", False, Todo.SHOW_HOME),
        ("quanto custa?", False, Todo.ASK_AGAIN),
    ],
)
def test_what_is_wished_wins_over_a_word_that_a_line_has_too(menu: Menu, said: str, tells_when: bool, todo: Todo):
    assert menu.hear(said, tells_when=tells_when) == Next(todo)


@pytest.mark.parametrize(
    ("said", "todo"),
    [
        ("1", Todo.SHOW_SERVICES),
        ("lista de espera", Todo.SHOW_WAITS),
        ("Ver meus horários", Todo.SHOW_MINE),
        ("preciso de um horário", Todo.SHOW_SERVICES),
        ("atendente", Todo.CALL_PERSON),
    ],
)
def test_a_line_of_the_list_is_still_picked_by_its_number_or_its_words(said: str, todo: Todo):
    assert HOME.hear(said, tells_when=False) == Next(todo)


def test_a_service_or_a_time_alone_is_a_wish_to_book_where_the_first_list_was_shown():
    assert HOME.hear("limpeza", tells_when=False, names_other=True) == Next(Todo.SHOW_SERVICES)
    assert HOME.hear("sexta às 11h", tells_when=True) == Next(Todo.SHOW_SERVICES)
    assert HOME.hear("quanto custa a limpeza?", tells_when=False, names_other=True) == Next(Todo.ASK_AGAIN)
    assert NOTHING_SHOWN.hear("a limpeza doeu ontem", tells_when=True, names_other=True) == Next(Todo.ASK_AGAIN)


@pytest.mark.parametrize("said", ["sim", "👍", "ok", "não", "beleza, obrigada"])
def test_after_something_is_done_a_nod_needs_nothing_more(said: str):
    assert DONE.hear(said, tells_when=False) == Next(Todo.SEE_OFF)
