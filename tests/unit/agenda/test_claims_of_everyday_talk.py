"""What a secretary says all day leaves, and the lie that sounds just like it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.agenda.verdicts import Fact, Ledger, Why, check
from tests.unit.agenda.replies import LEDGERS, NOW, OFFERED, at

HOUSE = replace(
    NOW, services=("Limpeza de pele", "Massagem relaxante", "Avaliação", "Pacote de drenagem", "Corte feminino")
)
BARE = Ledger(offered=(), brought_up=frozenset())


def why(text: str, ledger: Ledger = BARE) -> Why | None:
    return check(text, ledger, HOUSE).why


@pytest.mark.parametrize(
    "text",
    [
        "Sua limpeza é R$ 150.",
        "O valor da sua massagem é R$ 150.",
        "Sua avaliação é gratuita.",
        "Sua avaliação é muito importante pra gente 💛",
        "Seu pacote é de 10 sessões.",
        "Seu pacote continua ativo.",
        "Seu pacote vale por 6 meses.",
        "Sua massagem é com óleo morno e pedras quentes.",
        "Seu corte feminino ficou lindo!",
        "Sua limpeza foi ótima, né?",
        "Sua massagem ficou muito boa.",
    ],
)
def test_what_a_service_is_or_costs_or_how_it_turned_out_is_no_booking(text: str):
    assert why(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Sua limpeza é quinta.",
        "Sua massagem é às 15h.",
        "Sua limpeza continua para quinta.",
        "Sua limpeza continua registrada.",
        "Sua limpeza continua na agenda.",
        "Sua limpeza segue de pé.",
        "Sua limpeza continua como estava.",
        "Sua massagem está registrada.",
        "Sua limpeza foi lançada.",
        "Sua limpeza está certa com a Paula.",
        "Sua massagem está ok, viu?",
        "Seu corte feminino foi pra agenda da Paula.",
    ],
)
def test_a_service_that_is_told_to_be_in_the_books_is_a_booking(text: str):
    assert why(text) is Why.NOTHING_BOOKED


MOVED = LEDGERS["moved"]


@pytest.mark.parametrize(
    "text",
    [
        "Pronto! Agora ficou para quinta, 26/11, às 10h.",
        "Agora sua consulta é dia 26/11 às 10h.",
        "Sua consulta passou de 24/11 às 15h para 26/11 às 10h.",
        "Sua consulta passou de terça, 24/11, às 15h, para quinta, 26/11, às 10h.",
        "Remarquei sua consulta para 26/11 às 10h. O horário de terça foi cancelado.",
    ],
)
def test_a_move_is_told_as_plainly_as_people_tell_it(text: str):
    assert why(text, MOVED) is None
    assert why(text.replace("26/11", "27/11").replace("quinta", "sexta"), MOVED) is not None
    assert why(text) is not None


def test_what_was_moved_is_not_cancelled():
    assert why("Sua consulta foi cancelada.", MOVED) is Why.NOT_CANCELLED
    assert why("Sua consulta de 26/11 foi cancelada.", MOVED) is Why.NOT_CANCELLED


def test_to_come_at_once_is_an_hour_too():
    assert why("Pode vir agora, na sala 3.") is Why.NOTHING_BOOKED


@pytest.mark.parametrize(
    "text",
    [
        "Quinta às 10h, 15h ou 16h. Qual fica melhor?",
        "Quinta (19/11): 10:00, 15:00 ou 16:00. Algum te atende?",
        "Opções para quinta:\n10h\n15h\n16h",
    ],
)
def test_several_hours_of_a_day_are_a_choice_of_what_is_free(text: str):
    assert why(text, Ledger(offered=OFFERED, brought_up=frozenset())) is None
    assert why(text, Ledger(offered=OFFERED[:2], brought_up=frozenset())) is Why.NOT_OFFERED


def test_several_hours_may_be_those_that_somebody_has():
    both = Ledger((Fact(at(11, 19, 10), "booked"), Fact(at(11, 19, 15), "booked")), offered=())

    assert why("Limpeza quinta às 10h, massagem às 15h.", both) is None
    assert why("Combinado! Quinta às 10h e 15h, seu horário.") is Why.NOTHING_BOOKED


@pytest.mark.parametrize(
    "text",
    [
        "A clínica fica aberta das 8h às 18h.",
        "A recepção fica aberta das 8h às 18h.",
        "Nosso último horário é às 17h.",
        "O último atendimento do dia é às 17h.",
        "O primeiro horário começa às 8h.",
        "Nosso último horário é 17:30.",
        "Hoje estamos com a agenda cheia.",
        "Amanhã a agenda está cheia.",
        "A agenda de amanhã já está completa.",
    ],
)
def test_facts_about_the_house_are_nobody_s_appointment(text: str):
    assert why(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Nosso primeiro atendimento é quinta às 15h.",
        "Seu primeiro horário é às 8h.",
        "A agenda está cheia e você vem amanhã às 15h.",
    ],
)
def test_an_appointment_told_like_a_fact_about_the_house_is_one(text: str):
    assert why(text) is Why.NOTHING_BOOKED


@pytest.mark.parametrize(
    "text",
    [
        "Vou verificar a disponibilidade para amanhã às 15h.",
        "Vou consultar os horários disponíveis para quinta às 10h.",
        "Vou ver os horários disponíveis de amanhã.",
    ],
)
def test_a_time_that_is_still_to_be_looked_up_is_not_free(text: str):
    assert why(text) is None


def test_who_looked_it_up_told_what_they_found():
    assert why("Consultei a agenda e quinta às 15h está livre.") is Why.NOT_OFFERED
    assert why("Vou ver a agenda e amanhã às 15h está livre.") is Why.NOT_OFFERED


@pytest.mark.parametrize(
    "text",
    ["Recebi seu pedido para amanhã às 15h.", "Ok, amanhã às 15h. Só um momento que vou verificar."],
)
def test_what_somebody_asked_for_may_be_said_back_to_them(text: str):
    assert why(text, Ledger(offered=(), brought_up=frozenset({3}))) is None
    assert why(text, BARE) is Why.NOT_OFFERED


@pytest.mark.parametrize(
    "text",
    [
        "✅ Amanhã às 15h. Vou verificar o estacionamento.",
        "Te espero amanhã às 15h. Só um momento.",
        "Ok, amanhã às 15h então. Um instante que mando o endereço.",
        "Marquei amanhã às 15h. Vou verificar o preço.",
        "Recebi seu pedido e está certo para amanhã às 15h.",
    ],
)
def test_what_is_settled_is_not_said_back(text: str):
    assert why(text, Ledger(offered=(), brought_up=frozenset({3}))) is Why.NOTHING_BOOKED
