"""Words close to those that stop us, and politeness around those that do."""

from __future__ import annotations

import pytest

from domain.contacts.opt_out import Wish, wish


@pytest.mark.parametrize(
    "text",
    [
        *["me bloqueia duas horas na sexta", "me bloqueie esse dia por gentileza", "me bloqueia o sábado todo"],
        *["deleta meu telefone antigo por favor", "troquei de chip, remove meu número e põe este"],
        *["vocês podem apagar meu contato e cadastrar outro?", "tira meu whats velho da ficha"],
        *[
            "quero trocar para mensagem em vez de ligação",
            "uso esse zap para avisos e lembretes",
            "para mensagens só à noite",
        ],
        *[
            "dá pra usar meu e-mail para notificações?",
            "aqui nao chega lembrete nenhum",
            "nunca chega aviso, o que houve",
        ],
        *[
            "chega mensagem de madrugada às vezes",
            "pode reenviar? não quero receber nada errado",
            "não consigo receber mensagem",
        ],
        *["tem como confirmar, parem de mandar mensagem em inglês é sério que isso existe?"],
    ],
)
def test_what_only_sounds_like_it_stops_nothing(text: str):
    assert wish(text) is None


@pytest.mark.parametrize(
    "polite", ["{}", "{} por favor", "por gentileza, {}", "{}, pfv", "boa tarde, {}, muito obrigada", "{}. Obrigado!"]
)
@pytest.mark.parametrize(
    "said",
    [
        *[
            "não me procurem mais",
            "não me ligue mais",
            "não entre mais em contato comigo",
            "não entrem em contato nunca mais",
        ],
        *["cansei dessas notificações", "cansada desses lembretes", "parem de ficar me enviando avisos"],
        *[
            "para de ficar mandando mensagem",
            "para com os lembretes",
            "chega de aviso",
            "me bloqueia logo",
            "apaguem meu número",
        ],
        *["nunca me mandem mais", "mudei de bairro, apaga meu contato", "não quero mais mensagens"],
    ],
)
def test_politeness_hides_no_wish_to_be_left_alone(said: str, polite: str):
    assert wish(polite.format(said)) is Wish.STOP


def test_a_wish_asked_politely_within_one_clause_stops():
    assert wish("vocês podem, por favor, parar de me enviar lembretes?") is Wish.STOP
