"""No hour leaves that nobody gave: neither as a free time, nor in the question whether it would suit."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.agenda.hours_written import hours_brought_up
from domain.agenda.verdicts import Fact, Ledger, Why, check
from tests.unit.agenda.replies import NOW, TUESDAY, at

FRIDAY = at(11, 20, 10)
BARE = Ledger(offered=(), brought_up=frozenset())


def why(text: str, ledger: Ledger = BARE) -> Why | None:
    return check(text, ledger, NOW).why


@pytest.mark.parametrize(
    "text",
    [
        "Sexta às 10h está disponível, quer?",
        "Sexta 10h ainda tá aberto, vai querer?",
        "Sexta às 10h não tem ninguém.",
        "Sexta às 10h não está ocupado.",
        "Consigo te atender sexta às 10h.",
        "O Beto consegue te receber sexta às 10h em ponto.",
        "Infelizmente 9h não tem, mas sexta às 10h tá sobrando.",
        "Tenho sexta às 10h. Qual prefere?",
        "A manhã de sexta está vaga.",
        "Se preferir, tenho sexta às 10h livre.",
    ],
)
def test_only_what_was_found_free_is_told_to_be_free(text: str):
    assert why(text) is Why.NOT_OFFERED
    assert why(text, Ledger(offered=(), brought_up=frozenset({10}))) is Why.NOT_OFFERED
    assert why(text, Ledger(offered=(FRIDAY,), brought_up=frozenset())) is None


@pytest.mark.parametrize(
    "text",
    [
        "A equipe responde até amanhã às 9h.",
        "Posso te chamar às 14h com uma resposta?",
        "Tome o antibiótico às 8h e às 20h.",
        "O pagamento pode ser feito até amanhã às 12h.",
        "Na segunda passada a gente fechou às 16h.",
    ],
)
def test_an_hour_at_which_nobody_is_seen_needs_no_appointment(text: str):
    assert why(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Quinta às 15h e te mando o endereço.",
        "Marquei quinta às 15h e te ligo se mudar.",
        "Te mando um lembrete da sua sessão de quinta às 15h.",
        "Tome o remédio às 8h e venha quinta às 15h.",
    ],
)
def test_an_answer_or_a_medicine_beside_an_appointment_hides_no_hour_of_it(text: str):
    assert why(text, Ledger((Fact(TUESDAY, "booked"),), offered=())) is Why.ANOTHER_TIME


@pytest.mark.parametrize(
    "text",
    [
        "Que tal sexta às 10h?",
        "Posso marcar sexta às 10h?",
        "Sexta às 10h, pode ser?",
        "Você prefere sexta às 10h ou outro horário?",
        "Sugiro sexta às 10h.",
        "Entendi, você quer trocar para sexta às 10h, é isso?",
        "Se eu marcar sexta às 10h, você consegue vir?",
    ],
)
def test_an_hour_that_is_asked_about_was_brought_up_by_somebody(text: str):
    assert why(text) is Why.NOT_OFFERED
    assert why(text, Ledger(offered=(FRIDAY,), brought_up=frozenset())) is None
    assert why(text, Ledger((Fact(FRIDAY, "pending"),), offered=(), brought_up=frozenset())) is None
    assert why(text, Ledger(offered=(), waits=((at(11, 20, 8), at(11, 20, 12)),), brought_up=frozenset())) is None
    assert why(text, Ledger(offered=(), brought_up=frozenset({10}))) is None
    assert why(text, Ledger(offered=())) is None, "where nobody kept what was written"
    assert why(text, Ledger(brought_up=frozenset())) is None, "where nothing is lent out by chat"


@pytest.mark.parametrize(
    "text",
    [
        "Você prefere de manhã ou à tarde?",
        "Abrimos às 8h, quer vir cedo?",
        "No sábado fechamos às 12h, prefere outro dia?",
        "A sessão leva 2 horas, tudo bem?",
        "Pode avisar com 24h de antecedência?",
        "Posso te ligar às 18h?",
        "Você me confirma até as 18h?",
        "Você está livre na quinta à tarde?",
        "Nada foi marcado até agora.",
        "O exame pede jejum de 8 horas.",
        "Não temos vaga às 9h, quer outro horário?",
        "Vou ver se sexta às 10h está livre.",
        "Não tem ninguém disponível às 9h.",
    ],
)
def test_hours_at_which_nobody_is_seen_are_no_offers(text: str):
    assert why(text) is None


def test_an_hour_without_a_day_is_of_the_day_that_was_named_before():
    friday, monday = Ledger(offered=(FRIDAY,)), Ledger(offered=(at(11, 23, 10),))
    sentences = "Na sexta a doutora está aqui. Tenho 10h."
    lists = "Horários livres:\nSexta-feira, 20/11:\n- 10h\nSegunda-feira, 23/11:\n- 9h"

    assert why(sentences, friday) is None
    assert why(sentences, monday) is Why.NOT_OFFERED
    assert why("Tenho 10h livre.", monday) is None
    assert why("Sua consulta é na terça. Tenho 10h livre.", Ledger((Fact(TUESDAY, "booked"),), (FRIDAY,))) is None
    assert why(lists, Ledger(offered=(FRIDAY, at(11, 23, 9)))) is None
    assert why(lists, Ledger(offered=(FRIDAY, at(11, 24, 9)))) is Why.NOT_OFFERED


def test_two_hours_in_one_breath_are_two():
    text = "Tenho 14h e 16h30 na sexta."

    assert why(text, Ledger(offered=(at(11, 20, 14), at(11, 20, 16, 30)))) is None
    assert why(text, Ledger(offered=(at(11, 20, 14),))) is Why.NOT_OFFERED


def test_whoever_has_an_appointment_can_be_seen_then():
    booked = Ledger((Fact(TUESDAY, "booked"),), offered=())

    assert why("A Carla consegue te atender terça às 15h.", booked) is None
    assert why("A Carla consegue te atender terça às 16h.", booked) is Why.NOT_OFFERED


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("pode ser as 3?", {3}),
        ("amanhã às 15h ou 16h30", {15, 16}),
        ("14:00", {14}),
        ("umas dez, ou meio-dia", {10, 12}),
        ("3 e meia", {3}),
        ("pode ser às 10 de quinta?", {10}),
        ("às 14 de quarta que vem", {14}),
        ("dia 26 às 10 de manhã", {10}),
        ("10-11h", {10, 11}),
        ("9/10h", {9, 10}),
        ("das 9-12", {9, 12}),
        ("10 de dezembro", set()),
        ("dia 9/10 de manhã", set()),
        ("dia 15, somos 2 pessoas", set()),
        ("19/11", set()),
        ("paguei R$ 20,00", set()),
        ("(11) 98888-1234", set()),
    ],
)
def test_hours_are_read_from_what_people_type(text: str, hours: set[int]):
    assert hours_brought_up([text], "") == hours


def test_the_house_writes_its_hours_with_care():
    assert hours_brought_up([], "Das 8h às 18h, plantão 09:30. São 3 salas, R$ 20.") == {8, 9, 18}


ASKED = st.sampled_from(["Que tal {hour}h?", "Pode ser amanhã às {hour}h?", "Você prefere {hour}h ou outro dia?"])


@given(ASKED, st.integers(7, 21), st.sets(st.integers(0, 23), max_size=4))
def test_an_hour_may_be_asked_about_if_it_was_written_with_or_without_its_half_of_the_day(
    template: str, hour: int, written: set[int]
):
    assume(hour != 12)
    said = " ".join(f"às {each}h" for each in written)

    judged = why(template.format(hour=hour), Ledger(offered=(), brought_up=hours_brought_up([said], "")))

    assert (judged is None) == (hour % 12 in {each % 12 for each in written})
