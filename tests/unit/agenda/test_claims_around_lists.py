"""What is claimed by a list, beside the waiting list, and by small talk to somebody who has an appointment."""

from __future__ import annotations

import pytest

from domain.agenda.verdicts import Fact, Ledger, Why, check
from tests.unit.agenda.replies import NOW, TUESDAY, at


def judged(text: str, ledger: Ledger) -> Why | None:
    return check(text, ledger, NOW).why


WAITS = Ledger(waits=((at(11, 26, 8), at(11, 26, 12)),), offered=())


@pytest.mark.parametrize(
    "heading",
    ["Seus horários marcados:", "Seus próximos horários:", "Horários confirmados para você:", "Você tem marcado:"],
)
def test_a_list_of_what_somebody_has_is_no_offer(heading: str):
    mine = f"{heading}\n- Consulta com Dra. Marina, {TUESDAY:%d/%m} às {TUESDAY:%H}h"
    ledger = Ledger((Fact(TUESDAY, "booked"),), offered=())

    assert judged(mine, ledger) is None
    assert judged(mine.replace(f"{TUESDAY:%d/%m}", "20/12"), ledger) is Why.ANOTHER_TIME


def test_a_list_of_offers_stays_one_though_it_says_for_whom():
    offers = f"Temos estes horários para sua consulta:\n- {TUESDAY:%d/%m} às {TUESDAY:%H}h"

    assert judged(offers, Ledger(offered=(TUESDAY,))) is None
    assert judged(offers, Ledger(offered=())) is Why.NOT_OFFERED


def test_a_list_of_what_somebody_waits_for_is_held_against_the_waiting_list():
    waiting = "Você está na lista de espera:\n- Limpeza, 26/11 às 9h"

    assert judged(waiting, WAITS) is None
    assert judged(waiting.replace("26/11", "28/11"), WAITS) is Why.NOT_WAITING
    assert judged(waiting + "\n- Consulta marcada para 26/11 às 10h", WAITS) is Why.NOTHING_BOOKED


def test_times_beside_an_offer_of_the_waiting_list_are_offers():
    both = "Posso te colocar na lista de espera, ou temos estes horários:\n- 26/11 às 9h"

    assert judged(both, Ledger(offered=(at(11, 26, 9),))) is None
    assert judged(both, Ledger(offered=())) is Why.NOT_OFFERED


@pytest.mark.parametrize(
    "lie",
    [
        "Você está na lista de espera e sua consulta é quinta às 15h.",
        "Você está na lista de espera, mas quinta às 15h é o seu horário.",
        "Te coloquei na lista de espera de terça e você vem na quinta às 15h.",
        "Você está na lista de espera:\n- sua consulta: quinta 15h",
        "Tenho quinta às 15h livre ou posso te colocar na lista de espera.",
    ],
)
def test_whoever_names_the_waiting_list_is_held_to_the_times_beside_it(lie: str):
    anywhere = Ledger(waits=((at(11, 1, 0), at(12, 30, 0)),), offered=())

    assert judged(lie, anywhere) in (Why.NOTHING_BOOKED, Why.NOT_OFFERED)


@pytest.mark.parametrize(
    "lie",
    [
        "Já te coloquei na lista de espera, basta aguardar.",
        "Te coloquei na lista de espera, se quiser sair é só avisar.",
        "Você está na lista de espera, caso queira sair me avise.",
        "Te aviso assim que abrir um horário.",
    ],
)
def test_nobody_is_told_to_be_on_a_list_they_are_not_on(lie: str):
    assert judged(lie, Ledger(offered=())) is Why.NOT_WAITING


@pytest.mark.parametrize(
    "honest",
    [
        "Assim que o resultado do exame for liberado, avisamos você.",
        "Quando o pagamento for liberado, avisamos.",
        "Se o convênio liberar o procedimento, entramos em contato.",
        "Quer entrar na lista de espera? Aviso assim que abrir um horário.",
        "Quer que eu te coloque na lista de espera? Assim que surgir um horário, aviso por aqui.",
        "Temos lista de espera: quando abre uma vaga, avisamos por aqui.",
        "Se quiser, te aviso quando abrir uma vaga.",
    ],
)
def test_what_is_no_promise_of_the_waiting_list_leaves(honest: str):
    assert judged(honest, Ledger(offered=())) is None


@pytest.mark.parametrize(
    "small_talk",
    [
        "Tudo certo então! Qualquer coisa, é só me chamar. Até lá!",
        "Fechado! Qualquer dúvida me chama.",
        "De nada! Tudo certo por aqui.",
        "Está tudo certo! Até logo.",
        "Sim, tudo certo por aqui!",
    ],
)
def test_how_things_stand_may_be_said_to_whoever_has_an_appointment(small_talk: str):
    had = Ledger((Fact(TUESDAY, "booked"),), offered=(), changed=False)

    assert judged(small_talk, had) is None


def test_that_something_was_done_may_not():
    had = Ledger((Fact(TUESDAY, "booked"),), offered=(), changed=False)

    assert judged("Prontinho! Qualquer coisa me chama.", had) is Why.NOT_MOVED
