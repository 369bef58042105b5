"""A reply that claims what the ledger does not hold is caught; questions, offers and denials are left alone."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.agenda.assertions import INSTANT
from domain.agenda.claim import Act
from domain.agenda.claims import claims
from domain.agenda.verdicts import Fact, Ledger, Why, check
from domain.assistant.plain import plain
from domain.scheduling.understanding import read_wish
from tests.unit.agenda.replies import LEDGERS, NOW, OFFERED, TUESDAY, at, replies, verdict
from tests.unit.scheduling.corpus import REFERENCE, ZONE, phrases

WHEN = ("", "_held_out", "_unseen", "_classes", "_blind", "_last")

ASSERTIONS = """Sua consulta está marcada para {when}.|Agendei para {when}!|Ficou para {when}.|Te espero {when}.|{when}: ok!
Confirmado: {when}|Seu horário é {when}.|Reservei {when}.|Remarquei para {when}.|Tudo certo para {when} 👍|{when}, te aguardo!
Prontinho! Marquei {when}, ok?|Já está na agenda: {when}.|Você está agendada para {when}|Combinado, {when}.|✅ {when}
Não se preocupe, está confirmado para {when}.|Consegui encaixar você {when}.|Seu novo horário: {when}|Nos vemos {when}!
Pronto. {when}. Até lá!|A doutora vai te atender {when}.|Pode vir {when}.|Mudei sua consulta para {when}|Transferi para {when}
Posso ajudar em algo mais? Marquei {when}.|Acabei de agendar {when}.|Garanti {when} pra você|Fica agendado para {when}."""
QUESTIONS = """Posso marcar {when}?|Quer que eu agende {when}?|{when}, pode ser?|Que tal {when}?|Você prefere {when}?
Gostaria de agendar para {when}?|Não consegui marcar {when}.|Se preferir, marco {when}.
Serve {when}?|Seria {when}?
Para confirmar {when}, responda SIM.|Infelizmente não temos vaga {when}.|Deseja reservar {when}?"""
TEMPLATES, ASKING = ([one for line in text.split("\n") for one in line.split("|")] for text in (ASSERTIONS, QUESTIONS))
WEEKDAYS = ("segunda", "terça-feira", "quarta", "quinta", "sexta", "sábado", "domingo")
MOMENTS = st.builds(
    lambda days, quarters: datetime(2026, 11, 19, 7, tzinfo=ZONE) + timedelta(days=days, minutes=15 * quarters),
    st.integers(0, 40),
    st.integers(0, 52),
)
SPELT = st.sampled_from(
    [
        lambda moment: f"{moment:%d/%m} às {moment:%H:%M}",
        lambda moment: f"dia {moment.day}/{moment.month} às {moment.hour}h{moment:%M}",
        lambda moment: f"{WEEKDAYS[moment.weekday()]}, {moment:%d/%m/%Y}, às {moment:%H}h{moment:%M}",
        lambda moment: f"{moment:%Y-%m-%d} {moment:%H:%M}",
    ]
)


CORPORA = (
    "",
    "_held_out",
    "_unseen",
    "_blind",
    "_blind_two",
    "_blind_three",
    "_blind_four",
    "_blind_five",
    "_blind_six",
    "_blind_seven",
    "_fresh",
    "_fresh_two",
    "_fresh_three",
    "_fresh_four",
    "_fresh_five",
    "_fresh_six",
    "_near",
    "_talks",
    "_everyday",
)


@pytest.mark.parametrize("corpus", [f"replies{name}.tsv" for name in CORPORA])
def test_the_corpus_of_replies_is_judged_rightly(corpus: str) -> None:
    told = replies(corpus)
    judged = Counter((reply.meaning == "false", verdict(reply) == "false") for reply in told)
    print(
        f"caught {judged[True, True]}, missed {judged[True, False]}, false alarms {judged[False, True]} of {len(told)}"
    )

    assert [reply.text for reply in told if reply.meaning == "false" and verdict(reply) != "false"] == []
    assert judged[False, True] <= 0.03 * len(told)


ON_THE_LIST = (
    "Coloquei você na lista de espera!",
    "Pronto, você está na lista de espera da Limpeza com a Dra. Marina.",
    "Incluí seu nome na nossa lista de espera e te aviso assim que abrir uma vaga.",
    "Te aviso se abrir um horário.",
    "Assim que surgir uma vaga, avisamos você por aqui.",
    "Você já está na fila de espera, tá?",
    "Vou colocar você na lista de espera.",
    "Anotei você na lista de espera para quinta de manhã.",
    "✅ Você na lista de espera!",
)
NOTHING_SAID_OF_IT = (
    "Quer que eu coloque você na lista de espera?",
    "Posso te avisar quando abrir uma vaga.",
    "Temos lista de espera, se você quiser.",
    "Não consegui colocar você na lista de espera.",
    "Você não está na lista de espera.",
    "Se preferir, coloco você na lista de espera e aviso quando abrir um horário.",
    "Te aviso se precisar de algo.",
)
THURSDAY = (at(11, 19, 8), at(11, 19, 12))


@pytest.mark.parametrize("text", ON_THE_LIST)
def test_only_who_waits_is_told_that_they_wait(text: str) -> None:
    assert check(text, Ledger(offered=()), NOW).why is Why.NOT_WAITING
    assert check(text, Ledger(offered=(), waits=(THURSDAY,)), NOW).ok


@pytest.mark.parametrize("text", NOTHING_SAID_OF_IT)
def test_who_is_offered_a_place_on_the_list_is_told_nothing_that_is_not_so(text: str) -> None:
    assert check(text, Ledger(offered=()), NOW).ok


def test_another_time_than_the_one_that_is_waited_for_is_no_wait() -> None:
    waits = Ledger(offered=(), waits=(THURSDAY,))

    assert check("Coloquei você na lista de espera para quinta de manhã.", waits, NOW).ok
    assert check("Coloquei você na lista de espera para sexta de manhã.", waits, NOW).why is Why.NOT_WAITING


def test_only_who_waits_no_more_is_told_that_they_do_not() -> None:
    text = "Tirei você da lista de espera da consulta."

    assert check(text, Ledger(waits=(THURSDAY,)), NOW).why is Why.STILL_WAITING
    assert check(text, Ledger(waits=(THURSDAY,), waits_no_more=True), NOW).ok
    assert check(text, Ledger(), NOW).ok


def test_a_booking_asserted_beside_a_wait_is_looked_at_all_the_same() -> None:
    waits = Ledger(offered=(), waits=(THURSDAY,))

    for text in (
        "Você está na lista de espera e marquei sua consulta para quinta às 15h.",
        "Coloquei você na lista de espera, mas já agendei quinta às 15h.",
        "Te aviso se abrir vaga, e sua consulta está confirmada para quinta às 15h.",
    ):
        assert check(text, waits, NOW).why is Why.NOTHING_BOOKED, text


def test_the_corpus_is_large_enough() -> None:
    assert len(replies()) >= 150


@given(
    st.sampled_from(TEMPLATES),
    MOMENTS,
    SPELT,
    st.lists(MOMENTS, max_size=3),
    st.sampled_from(["booked", "pending", "kept"]),
)
def test_a_time_that_is_not_in_the_ledger_is_never_claimed(template, moment, spelt, others, state) -> None:
    assume(state != "booked" or moment not in others)
    facts = tuple(Fact(other, state) for other in others)

    assert not check(template.format(when=spelt(moment)), Ledger(facts, None), NOW).ok


@given(st.sampled_from(TEMPLATES), MOMENTS, SPELT)
def test_a_time_that_is_in_the_ledger_may_be_told(template, moment, spelt) -> None:
    fact = Fact(moment, "rescheduled", (moment - timedelta(days=400),))

    assert check(template.format(when=spelt(moment)), Ledger((fact,)), NOW).ok


@given(st.sampled_from(ASKING), MOMENTS, SPELT)
def test_questions_offers_and_denials_claim_nothing(template, moment, spelt) -> None:
    assert check(template.format(when=spelt(moment)), Ledger(), NOW).ok


def test_no_hour_is_told_without_a_word_by_which_it_is_looked_for() -> None:
    told = [reply.text for name in CORPORA for reply in replies(f"replies{name}.tsv")]
    told += [phrase.text for name in WHEN for phrase in phrases(f"when{name}.tsv")]
    exact = [text for text in told if _tells_an_hour(text)]

    assert len(exact) > 200
    assert [text for text in exact if not INSTANT.search(plain(text))] == []


def _tells_an_hour(text: str) -> bool:
    wish = read_wish(text, NOW.reference, NOW.zone, NOW.holidays)
    return any(window.instant for reading in wish.readings for window in reading.windows)


@pytest.mark.parametrize("text", ["Prontinho!", "Feito! Qualquer coisa me chama 😊", "Oba, tudo resolvido por aqui!"])
def test_what_is_only_said_to_be_done_needs_a_change_or_something_that_stands(text: str) -> None:
    booked = (Fact(TUESDAY, "booked"),)

    assert check(text, Ledger(), NOW).why is Why.NOTHING_BOOKED
    assert check(text, Ledger(booked, changed=False), NOW).why is Why.NOT_MOVED
    assert check(text, Ledger(booked, changed=True), NOW).ok
    assert check(text, Ledger((Fact(TUESDAY, "cancelled"),), changed=True), NOW).ok


@pytest.mark.parametrize(
    "text", ["Pronto! Qual dia fica melhor?", "Prontinho, seguem os valores.", "Feito o pagamento, me avise."]
)
def test_what_is_done_beside_another_matter_claims_nothing(text: str) -> None:
    assert check(text, Ledger(changed=False), NOW).ok


@given(st.text(max_size=400))
def test_any_text_is_judged(text: str) -> None:
    verdict = check(text, LEDGERS["booked"], NOW)

    assert verdict.ok == (verdict.claim is None)


def test_the_verdict_says_what_is_wrong() -> None:
    def why(text: str, ledger: str) -> Why | None:
        return check(text, LEDGERS[ledger], NOW).why

    assert why("Agendei!", "none") is Why.NOTHING_BOOKED
    assert why("Agendei para terça às 16h.", "booked") is Why.ANOTHER_TIME
    assert why("Remarquei para quinta.", "booked") is Why.NOT_MOVED
    assert why("Cancelei sua consulta.", "booked") is Why.NOT_CANCELLED
    assert why("Tenho livre quinta às 11h.", "none") is Why.NOT_OFFERED
    assert why("Tenho livre quinta às 10h.", "none") is None


def test_offers_are_only_judged_where_slots_are_given() -> None:
    assert check("Tenho livre quinta às 11h.", Ledger(), NOW).ok
    assert not check("Tenho livre quinta às 11h.", Ledger(offered=OFFERED), NOW).ok


def test_a_pending_appointment_is_not_booked_yet() -> None:
    assert not check("Agendei para terça às 15h.", Ledger((Fact(TUESDAY, "pending"),)), NOW).ok


def test_a_move_is_told_apart_from_its_reverse() -> None:
    ledger = Ledger((Fact(at(11, 26, 10), "rescheduled", (TUESDAY,)),))

    assert check("Remarquei de terça às 15h para 26/11 às 10h.", ledger, NOW).ok
    assert not check("Remarquei de 26/11 às 10h para terça às 15h.", ledger, NOW).ok


def test_two_acts_in_a_sentence_are_both_looked_at() -> None:
    ledger = Ledger((Fact(TUESDAY, "cancelled"), Fact(at(11, 26, 10), "booked")))

    assert check("Cancelei a de terça às 15h e marquei 26/11 às 10h.", ledger, NOW).ok
    assert not check("Cancelei a de terça às 15h e marquei 27/11 às 10h.", ledger, NOW).ok


def test_one_instant_in_two_zones_is_one() -> None:
    elsewhere = TUESDAY.astimezone(tz=None)

    assert check("Te espero terça às 15h.", Ledger((Fact(elsewhere, "booked"),)), NOW).ok


def test_a_claim_says_what_it_asserts() -> None:
    (claim,) = claims("Cancelei sua consulta de terça.", NOW)

    assert claim.act is Act.CANCELLED
    assert [window.start for window in claim.wish.windows] == [REFERENCE.replace(day=24, hour=0, minute=0)]
