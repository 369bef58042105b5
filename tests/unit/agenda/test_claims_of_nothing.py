"""Nobody who has an appointment is told that there is none, nor that they confirmed when they did not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.agenda.verdicts import Fact, Ledger, Why, check
from tests.unit.agenda.replies import LEDGERS, NOW, TUESDAY, at

HOUSE = replace(NOW, services=("Avaliação", "Limpeza de pele"), professionals=("Dr. Renato", "Paula"))
MINE = Ledger((Fact(TUESDAY, "booked", (), "Dr. Renato", "Avaliação"),), offered=(), brought_up=frozenset({15}))


def why(text: str, ledger: Ledger = MINE) -> Why | None:
    return check(text, ledger, HOUSE).why


@pytest.mark.parametrize(
    "text",
    [
        "Não localizei agendamento nenhum no seu cadastro.",
        "Você ainda não tem horário marcado com a gente.",
        "Não vejo nada agendado pra você por aqui.",
        "Nenhuma consulta foi encontrada em seu nome.",
        "Não há registro de agendamento para você.",
        "Por enquanto não consta nenhuma reserva sua.",
        "Você não possui consultas.",
        "Seu nome não consta na agenda.",
        "Nada marcado em seu nome, viu?",
        "Você está sem nenhum horário marcado aqui.",
        "Sua avaliação não está na agenda.",
        "Não achei nenhuma consulta sua no sistema, quer marcar?",
        "Como você não tem nada marcado, posso te oferecer outro dia.",
        "Você não tem nada agendado na terça.",
        "Não encontrei avaliação marcada com o Dr. Renato.",
        "Sua agenda com a gente está vazia.",
        "Vi aqui que a sua agenda continua zerada, quer marcar algo?",
        "Você ainda não tem horário com o Dr. Renato.",
        "Você não tem horário conosco, viu?",
        "Sua consulta ainda não está confirmada: as 15h de terça não chegaram a ser reservadas.",
        "A consulta das 15h de terça nunca chegou a ser agendada.",
        "O horário de terça às 15h não foi marcado.",
        "Não tem nada seu na agenda de terça.",
        "Seu cadastro está sem consulta marcada.",
    ],
)
def test_who_has_an_appointment_is_not_told_that_there_is_none(text: str):
    assert why(text) is Why.STILL_BOOKED
    assert why(text, Ledger(offered=())) is None
    assert why(text, Ledger((Fact(at(11, 17, 15), "booked"), Fact(TUESDAY, "cancelled")), offered=())) is None


@pytest.mark.parametrize(
    "text",
    [
        "Ainda não marquei nada para quinta.",
        "Você não tem nada marcado na sexta.",
        "Você não tem nada marcado na quinta, só a consulta de terça às 15h.",
        "Na quinta não vejo nenhum agendamento em seu nome.",
        "Não há limpeza de pele marcada em seu nome.",
        "Com a Paula você não tem nada agendado.",
        "Não encontrei nenhum outro agendamento em seu nome.",
        "Além da terça, não há nada marcado para você.",
        "Você não tem horário marcado com a Paula, e sim com o Dr. Renato.",
        "Nesse dia você não tem nada marcado.",
        "Não tem nenhum horário livre na sexta.",
        "Não temos consulta disponível amanhã.",
        "Não encontrei nenhum horário para sexta.",
        "Não há nenhuma vaga esta semana.",
        "Você tem alguma consulta marcada?",
        "Se você não tem nada marcado, posso ajudar a agendar.",
        "Você não tem nada a pagar.",
        "Não encontrei agendamento no nome do seu filho.",
        "Não reservei nenhum horário ainda.",
        "Nenhuma consulta foi cancelada.",
        "Com a Paula você ainda não tem horário.",
        "Você não tem horário com a Paula.",
        "Esse horário não foi marcado.",
        "O horário de quinta às 10h não chegou a ser marcado.",
        "A limpeza não foi marcada ainda, quer marcar?",
        "Entendi que você não tem horário de manhã.",
    ],
)
def test_what_is_not_there_may_be_said_not_to_be(text: str):
    assert why(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Sua presença na terça está confirmada!",
        "Presença confirmada para terça às 15h ✅",
        "Registrei sua confirmação para terça, obrigada!",
        "Confirmei sua presença no sistema.",
        "Anotei sua presença para terça às 15h.",
        "Sua confirmação de terça já foi registrada.",
    ],
)
def test_a_presence_that_nobody_confirmed_is_not_told_as_confirmed(text: str):
    assert why(text) is Why.NOT_CONFIRMED
    assert why(text, replace(MINE, facts=(Fact(TUESDAY, "confirmed"),))) is None
    assert why(text, LEDGERS["none"]) is Why.NOTHING_BOOKED


@pytest.mark.parametrize(
    "text",
    [
        "Sua consulta está confirmada para terça às 15h.",
        "Confirmado: terça às 15h!",
        "Posso confirmar sua presença na terça às 15h?",
        "Ainda não registrei sua confirmação.",
        "Sua presença ainda não foi confirmada.",
        "Quando você confirmar, sua presença fica registrada.",
    ],
)
def test_an_appointment_is_confirmed_by_being_booked(text: str):
    assert why(text) is None
