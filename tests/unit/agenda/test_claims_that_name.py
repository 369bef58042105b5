"""A true hour with the wrong professional or for the wrong service is held; a name that is told in passing is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.agenda.verdicts import Fact, Free, Ledger, Why, check
from tests.unit.agenda.replies import NOW, at

HOUSE = replace(
    NOW,
    services=("Avaliação", "Limpeza de pele", "Limpeza dental", "Consulta"),
    professionals=("Dr. Renato Prado", "Dra. Paula Lima", "Paula Reis", "Bianca"),
    others=("Bianca Souza", "Sofia"),
)
RENATO = ("Dr. Renato Prado", "Avaliação")
MINE = Fact(at(11, 24, 15), "booked", (), *RENATO)
SHOWN = (Free(at(11, 19, 10), *RENATO), Free(at(11, 19, 16), "Dra. Paula Lima", "Limpeza de pele"))
LEDGER = Ledger((MINE,), SHOWN, changed=False)


def why(text: str, ledger: Ledger = LEDGER) -> Why | None:
    return check(text, ledger, HOUSE).why


@pytest.mark.parametrize(
    "text",
    [
        "Sua avaliação é terça às 15h com a Paula.",
        "Terça, 24/11, às 15h, com a Dra. Paula Lima.",
        "A doutora Paula te espera na terça às 15h!",
        "Você tem horário com a Dra. Lima na terça às 15h.",
        "Está tudo certo: terça às 15h, limpeza de pele.",
        "Sua limpeza está marcada para terça às 15h.",
        "Sua limpeza de pele está confirmada!",
        "A agenda da Paula está livre quinta às 10h.",
        "Para limpeza dental tenho quinta às 16h, quer?",
        "Consigo te encaixar com a Paula quinta às 10h.",
        "Horários livres:\nCom a Dra. Paula:\n• 19/11 às 10h",
        "Horários do Dr. Renato para quinta, 19/11:\n- 10h\n- 16h",
        "Profissional: Paula Reis\nData: 24/11\nHora: 15h",
        "Seu agendamento:\n📅 24/11\n🕒 15h\n👩‍⚕️ Dra. Paula",
        "O Renato tem vaga na quinta. Tenho 16h, serve?",
        "Terça às 15h a Paula te atende durante 40 minutos.",
        "Quem faz sua avaliação terça às 15h é a Paula.",
        "Não é mais com o Dr. Renato, agora quem te atende terça às 15h é a Paula Reis.",
        "Quem vai te receber terça às 15h é a Paula, tá?",
        "A Paula já está te aguardando!",
        "A Dra. Paula vai estar te esperando na terça.",
    ],
)
def test_the_hour_of_somebody_else_is_not_theirs(text: str):
    assert why(text) is Why.ANOTHER_NAME
    assert check(text, Ledger((Fact(MINE.start, "booked"),), (at(11, 19, 10), at(11, 19, 16))), HOUSE).ok


@pytest.mark.parametrize(
    "text",
    [
        "Sua avaliação é terça às 15h com o Dr. Renato.",
        "Te espero terça às 15h com o doutor Renato Prado!",
        "O Dr. Prado te atende na terça às 15h.",
        "Sua consulta está marcada para terça às 15h.",
        "Sua sessão de avaliação segue terça às 15h.",
        "É com o Renato, não com a Paula: terça às 15h.",
        "Sua avaliação é terça às 15h; a Paula só faz limpeza.",
        "Como a Paula está de férias, sua avaliação é terça às 15h com o Renato.",
        "A Dra. Paula não está na sexta, e sua avaliação segue terça às 15h.",
        "Falei com a Paula, sua avaliação está marcada para terça às 15h.",
        "A Paula da recepção avisou que sua avaliação é terça às 15h.",
        "Sua avaliação é terça às 15h e a limpeza de pele custa R$ 150.",
        "Sua avaliação é terça às 15h, e também fazemos limpeza de pele.",
        "A Paula só atende limpeza, então para avaliação tenho quinta às 10h.",
        "Tenho quinta às 10h com o Dr. Renato ou às 16h com a Dra. Paula.",
        "Para avaliação tenho quinta às 10h, e para limpeza de pele quinta às 16h.",
        "Tenho quinta às 16h para limpeza, com a Paula.",
        "Horários livres:\nCom o Dr. Renato:\n• 19/11 às 10h\nCom a Dra. Paula:\n• 19/11 às 16h",
        "*Avaliação* com *Dr. Renato Prado*\n📅 24/11\n🕒 15h",
        "Aqui é a Bianca! Sua avaliação é terça às 15h.",
        "A Bianca está com avaliação marcada para terça às 15h.",
        "Paula, sua avaliação é terça às 15h.",
        "Sua avaliação é terça às 15h, Paula!",
        "Sobre a limpeza dental: recomendo marcar depois da avaliação de terça.",
        "Em vez da Paula, quem te atende terça às 15h é o Renato.",
        "Quer com a Paula? Sua avaliação é terça às 15h com o Renato.",
        "A limpeza de pele dura 40 minutos. Tenho quinta às 10h para avaliação.",
        "Quem vai te atender terça às 15h é o Renato, tá?",
        "Quem vai te atender é o Dr. Renato.",
        "O Dr. Renato já está te aguardando!",
        "Quem te atende na limpeza de pele é a Paula.",
        "Às quintas quem te atende é a Paula, se preferir.",
    ],
)
def test_a_true_hour_leaves_whoever_is_told_of_beside_it(text: str):
    assert why(text) is None


def test_the_professional_of_that_name_is_meant_with_a_title():
    both = replace(HOUSE, professionals=(*HOUSE.professionals, "Dra. Sofia"))

    assert check("A Sofia te atende terça às 15h.", LEDGER, both).ok
    assert check("A Dra. Sofia te atende terça às 15h.", LEDGER, both).why is Why.ANOTHER_NAME


def test_a_move_and_a_cancellation_are_of_somebody_too():
    moved = Ledger((Fact(at(11, 26, 10), "rescheduled", (at(11, 24, 15),), *RENATO),))
    gone = Ledger((Fact(at(11, 24, 15), "cancelled", (), *RENATO),))

    assert why("Remarquei sua avaliação para 26/11 às 10h.", moved) is None
    assert why("Remarquei sua limpeza para 26/11 às 10h.", moved) is Why.ANOTHER_NAME
    assert why("Cancelei sua avaliação de terça às 15h com o Renato.", gone) is None
    assert why("Cancelei sua limpeza de terça às 15h.", gone) is Why.ANOTHER_NAME


def test_what_is_named_is_held_against_each_appointment_of_its_hour():
    two = Ledger((MINE, Fact(at(11, 25, 9), "booked", (), "Dra. Paula Lima", "Limpeza de pele")))

    assert why("Você tem avaliação com o Renato terça às 15h e limpeza com a Paula quarta às 9h.", two) is None
    assert (
        why("Você tem dois horários: terça às 15h (avaliação com o Renato) e quarta às 9h (limpeza com a Paula).", two)
        is None
    )
    assert why("Sua limpeza é quarta às 9h.", two) is None
    assert why("Sua limpeza com a Paula é terça às 15h.", two) is Why.ANOTHER_NAME


def test_who_attends_is_held_without_an_hour_too():
    lone = Ledger((MINE,), (SHOWN[0],), changed=False)

    assert why("Quem vai te atender é a Paula.", lone) is Why.ANOTHER_NAME
    assert why("Quem vai te atender é a Paula.", Ledger((MINE,))) is None
    assert why("Quem vai te atender é o Dr. Renato.", lone) is None
