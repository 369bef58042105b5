"""What a "não" before a verb that gives the place up keeps, and how far it reaches."""

from __future__ import annotations

import pytest

from domain.reminders.answers import Meaning, read_answer


@pytest.mark.parametrize("start", ["não", "por favor não", "jamais", "gente, não"])
@pytest.mark.parametrize(
    "released",
    [
        *["libera essa vaga", "liberem o meu lugar", "tirem meu nome da agenda", "retira minha consulta da agenda"],
        *["remova o meu horário", "remover minha consulta", "apaguem a minha consulta", "apagar meu horário"],
        *["exclui meu horário", "excluir minha consulta", "desisto da consulta", "desistir", "desmarquem"],
    ],
)
def test_a_denied_release_calls_nothing_off(start: str, released: str):
    assert read_answer(f"{start} {released}").meaning is not Meaning.CANCEL


@pytest.mark.parametrize(
    "text",
    [
        *["não desisti da consulta", "eu não desisto", "nem penso em desistir", "não é preciso liberar meu horário"],
        *[
            "ninguém pediu pra excluir minha consulta",
            "não disse que queria desmarcar",
            "não tenho intenção de cancelar",
        ],
        *["não há necessidade de desmarcar", "não vai dar pra cancelar", "libera meu horário não", "desisto não"],
        *[
            "não estou pensando em desmarcar",
            "não quero ter que desistir",
            "não vejo razão nenhuma para desmarcar",
            "não se preocupem em cancelar",
        ],
    ],
)
def test_what_is_to_be_kept_is_asked_back(text: str):
    assert read_answer(text).meaning is Meaning.UNSURE


@pytest.mark.parametrize(
    "text",
    [
        "desisti de desmarcar",
        "desisti do cancelamento",
        "desisti da ideia de desmarcar",
        "desisto de cancelar",
        "pensei, desisti de cancelar",
    ],
)
def test_a_cancelling_given_up_cancels_nothing(text: str):
    assert read_answer(text).meaning is Meaning.OTHER


@pytest.mark.parametrize(
    "text",
    [
        *[
            "não acordei legal quero desmarcar",
            "nao to passando bem vou cancelar",
            "não tenho carona preciso desmarcar",
        ],
        *[
            "sem dinheiro vou cancelar",
            "não arrumei carona gostaria de desmarcar",
            "sem carro vou ter de cancelar",
            "sem transporte hoje quero cancelar",
            "infelizmente não consigo quero desmarcar",
        ],
        *[
            "não posso mais quero cancelar",
            "não tem jeito vou desmarcar",
            "não vou pode cancelar",
            "não preciso mais vou desistir",
        ],
        *["não esquece de desmarcar", "não deixa de cancelar", "não demora pra cancelar", "não esqueçam de cancelar"],
        *["liberem essa vaga", "retirem meu nome da agenda", "desmarquem por favor", "desisti"],
    ],
)
def test_a_não_of_its_own_hides_no_cancelling(text: str):
    assert read_answer(text).meaning is Meaning.CANCEL
