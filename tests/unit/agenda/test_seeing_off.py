"""Who has nothing more to say is seen off; who begins with a "não" and goes on is heard."""

from __future__ import annotations

import pytest

from domain.agenda.menu import DONE, Menu, Next, Todo

HOME = Menu()


@pytest.mark.parametrize(
    "said",
    [
        *["não era nesse horário", "não chegou o endereço", "nem recebi nada ainda", "não consegui ver o dia"],
        *["outra coisa", "outro horário então", "deixa eu te perguntar", "não entendi", "não era com ela"],
    ],
)
def test_whatever_begins_with_a_no_is_heard_once_it_goes_on(said: str):
    assert DONE.hear(said, tells_when=False) == Next(Todo.ASK_AGAIN)


@pytest.mark.parametrize("menu", [DONE, HOME], ids=["done", "home"])
@pytest.mark.parametrize(
    "said",
    [
        *["ok obrigada", "certo, obrigada!", "beleza, obrigado", "não, obrigado", "nao obrigada", "era só isso"],
        *[
            "é só isso mesmo, obrigada",
            "só isso, valeu",
            "por enquanto só isso",
            "mais nada, obrigada",
            "perfeito obrigada",
        ],
    ],
)
def test_thanks_need_nothing_more(menu: Menu, said: str):
    assert menu.hear(said, tells_when=False) == Next(Todo.SEE_OFF)


@pytest.mark.parametrize("said", ["não", "nao!", "agora não", "não não", "👎", "por enquanto não"])
def test_a_bare_no_after_something_is_done_is_a_goodbye(said: str):
    assert DONE.hear(said, tells_when=False) == Next(Todo.SEE_OFF)
