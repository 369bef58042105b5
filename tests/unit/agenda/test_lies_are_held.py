"""Whatever a model makes up, what leaves claims nothing that the ledger does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.agenda.chat.books import Books
from application.agenda.chat.toolbox import DeskTools
from application.agenda.chat.truth import DeskTruth
from application.agenda.chat.words import when
from application.assistant.answer import Answer
from application.assistant.consult import NOT_SO
from application.assistant.ports import ModelUnavailable
from application.assistant.reply import Reply, Rung
from domain.agenda.appointment import Status
from domain.agenda.claim import Act
from domain.agenda.people import Professional, Service
from domain.assistant.limits import Limits
from domain.assistant.persona import Faq, Persona
from domain.shared.ids import ProfessionalId, ServiceId
from tests.builders.chat import CLEANING, NOON, SAO_PAULO, a_desk, an_appointment, books_of
from tests.fakes.assistant import FakeLanguageModel, FakeMeasures, FakeModels, Saying
from tests.unit.assistant.test_answer import MAIN, QUESTION, SMALL

TOMORROW = NOON.replace(hour=15) + timedelta(days=1)
LIE = "Pronto! Sua consulta está marcada para {when}."
EMPTY = books_of()


async def answered(
    said: Sequence[Saying],
    books: Books = EMPTY,
    offered: Sequence[datetime] = (),
    persona: Persona | None = None,
    brought_up: frozenset[int] | None = None,
) -> tuple[Reply, FakeMeasures, FakeLanguageModel]:
    model, measures = FakeLanguageModel({MAIN: list(said), SMALL: ModelUnavailable("away")}), FakeMeasures()
    answer = Answer(model=model, models=FakeModels(), limits=Limits(), measures=measures)
    desk = a_desk(books, offered)
    question = replace(
        QUESTION, persona=persona or QUESTION.persona, message="vocês abrem domingo?", agenda=desk.briefing(), now=NOON
    )
    return await answer(question, DeskTools(desk), DeskTruth(desk, brought_up)), measures, model


def told(moment: datetime) -> str:
    return when(moment, SAO_PAULO)


async def test_a_true_claim_leaves_as_it_was_said():
    books = books_of([an_appointment(1, TOMORROW)])
    text = LIE.format(when=told(TOMORROW))

    reply, measures, _ = await answered([text], books)

    assert (reply.text, reply.held, measures.seen) == (text, (), [])


async def test_a_model_that_lied_is_told_the_truth_and_says_it_better():
    lie = LIE.format(when=told(TOMORROW))

    reply, measures, model = await answered([lie, "Ainda não marquei. Qual horário você prefere?"])

    assert reply.text == "Ainda não marquei. Qual horário você prefere?"
    assert [(one.text, one.rewritten) for one in reply.held] == [(lie, True)]
    assert measures.seen == [("claim_rewritten", "nothing_booked")]
    assert NOT_SO[:40] in model.asked[1][2].system
    assert lie in model.asked[1][2].system
    assert len(reply.completions) == 2


async def test_a_model_that_lies_again_is_replaced_by_the_bare_facts():
    books = books_of([an_appointment(1, TOMORROW)])
    lie = LIE.format(when=told(TOMORROW + timedelta(days=1)))

    reply, measures, model = await answered([lie, lie], books)

    assert told(TOMORROW) in reply.text
    assert told(TOMORROW + timedelta(days=1)) not in reply.text
    assert measures.seen == [("claim_replaced", "another_time")]
    assert not reply.person_wanted
    assert len(model.asked) == 2


async def test_a_model_that_fails_when_it_is_asked_again_is_replaced_too():
    reply, _, _ = await answered([LIE.format(when=told(TOMORROW)), ModelUnavailable("status 503")])

    assert reply.rung is Rung.MODEL
    assert "não há nenhum horário marcado" in reply.text
    assert not reply.held[0].rewritten


async def test_where_nothing_can_be_booked_a_claim_is_false_and_a_person_is_wanted():
    lie = LIE.format(when=told(TOMORROW))

    reply, measures, _ = await answered([lie, lie], books_of(services=()))

    assert reply.person_wanted
    assert measures.seen == [("claim_replaced", "nothing_booked")]


async def test_a_pending_order_is_not_a_booking():
    books = books_of([an_appointment(1, TOMORROW, Status.PENDING)])

    reply, _, _ = await answered([LIE.format(when=told(TOMORROW))] * 2, books)

    assert "ainda não foi confirmado" in reply.text


async def test_what_changed_while_the_model_was_thinking_counts():
    had = books_of([an_appointment(1, TOMORROW)])
    gone = books_of([an_appointment(1, TOMORROW, Status.CANCELLED)])
    desk = a_desk(had, now_holds=gone)

    assert await DeskTruth(desk).objection(LIE.format(when=told(TOMORROW)))


async def test_the_house_s_own_services_are_appointments_by_their_names():
    lie, instead = "Mantive sua limpeza.", "Que dia você prefere?"

    held, _, _ = await answered([lie, instead])
    true, _, _ = await answered([lie], books_of([an_appointment(1, TOMORROW)]))
    admired, _, _ = await answered(["Sua limpeza ficou ótima!"])

    assert (held.text, true.text, admired.text) == (instead, lie, "Sua limpeza ficou ótima!")


async def test_an_hour_of_another_professional_or_service_is_held_by_its_name():
    rosa = Professional("Dra. Rosa", id=ProfessionalId(2))
    kept = books_of([an_appointment(1, TOMORROW)], services=(CLEANING, Service("Massagem", 30, id=ServiceId(2))))
    books = replace(kept, professionals={**kept.professionals, rosa.id: rosa})
    true, instead = f"Sua limpeza com a Marina é {told(TOMORROW)}.", "Que dia você prefere?"

    for lie in (true.replace("Marina", "Rosa"), true.replace("limpeza", "massagem")):
        reply, measures, model = await answered([lie, instead], books)
        assert (reply.text, measures.seen) == (instead, [("claim_rewritten", "another_name")])
        assert "Limpeza com Dra. Marina" in model.asked[1][2].system
    left, _, _ = await answered([true], books)
    free, _, _ = await answered([f"A Rosa tem vaga {told(TOMORROW)}.", instead], books, offered=[TOMORROW])

    assert (left.text, free.text) == (true, instead)


async def test_who_writes_is_nobody_who_attends():
    books = books_of([an_appointment(1, TOMORROW)])
    desk = a_desk(replace(books, professionals={**books.professionals, ProfessionalId(2): Professional("Rosa")}))
    text = f"Sua limpeza é {told(TOMORROW)}, quem confirma é a Rosa."

    assert await DeskTruth(desk).objection(text)
    assert await DeskTruth(desk, others=("Rosa Lima", "Sofia")).objection(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Atendemos de segunda a sexta, das 8h às 18h.",
        "Nosso horário: segunda a sexta, das 8h às 18h; sábado, das 8h às 12h.",
        "Estamos abertos agora até as 18h. Voltamos na segunda às 8h.",
        "Posso marcar para amanhã às 15h?",
        "Qual horário você prefere?",
        "A limpeza custa R$ 180,00 e dura 40 minutos.",
        "Não consegui marcar amanhã às 15h. Prefere outro horário?",
        "Entendi, você trocou de número. Já atualizei o seu cadastro!",
    ],
)
async def test_what_claims_nothing_is_left_alone(text: str):
    reply, measures, _ = await answered([text])

    assert (reply.text, measures.seen) == (text, [])


async def test_an_hour_is_asked_about_only_if_somebody_brought_it_up():
    asks, instead = "Posso marcar para amanhã às 15h?", "Que horário você prefere?"

    made_up, measures, _ = await answered([asks, instead], brought_up=frozenset())
    wished_for, _, _ = await answered([asks], brought_up=frozenset({3}))
    found, _, _ = await answered([asks], offered=[TOMORROW], brought_up=frozenset())

    assert (made_up.text, wished_for.text, found.text) == (instead, asks, asks)
    assert measures.seen == [("claim_rewritten", "not_offered")]


async def test_the_business_s_own_words_are_not_held():
    own = "Temos plantão marcado para domingo às 10h."
    persona = Persona(business_facts=own, faq=(Faq(("abrem",), own),))

    by_model, measures, _ = await answered([f"Oi! {own}"], persona=persona)
    by_heart, _, _ = await answered([ModelUnavailable("away")], persona=persona)

    assert by_model.text == f"Oi! {own}"
    assert measures.seen == []
    assert (by_heart.text, by_heart.rung) == (own, Rung.FAQ)


ASSERTIONS = {
    Act.BOOKED: (LIE, "Agendei para {when}!", "Confirmado: {when}.", "Te espero {when}.", "Marquei {when}, ok?"),
    Act.CANCELLED: ("Sua consulta de {when} foi cancelada.", "Cancelei o seu horário de {when}."),
    Act.MOVED: ("Remarquei para {when}.", "Mudei sua consulta para {when}."),
    Act.OFFERED: ("Temos horário livre {when}.", "Há vaga {when}."),
    Act.POSSIBLE: ("A Dra. Marina consegue te atender {when}.", "Conseguimos te encaixar {when}, quer?"),
    Act.NAMED: ("Que tal {when}?", "Posso marcar {when}?", "Sugiro {when}."),
    Act.DONE: ("Prontinho!", "Feito! Qualquer coisa me chama."),
    Act.WAITING: ("Coloquei você na lista de espera para {when}.", "Te aviso se abrir uma vaga {when}."),
    Act.NOT_WAITING: ("Tirei você da lista de espera de {when}.",),
    Act.NOTHING: ("Você não tem nada marcado {when}.", "Não encontrei nenhum agendamento seu {when}."),
    Act.OVER: ("Seu atendimento termina {when}.",),
    Act.PRESENCE: ("Sua presença {when} foi confirmada.", "Registrei sua confirmação para {when}."),
}
STANDING = {Status.BOOKED, Status.CONFIRMED, Status.RESCHEDULED}
TRUE_OF = {
    Act.PRESENCE: {Status.CONFIRMED},
    Act.BOOKED: STANDING,
    Act.CANCELLED: {Status.CANCELLED},
    Act.MOVED: {Status.RESCHEDULED},
    Act.POSSIBLE: STANDING,
}
MOMENTS = st.builds(
    lambda days, quarters: datetime(2026, 11, 22, 8, tzinfo=SAO_PAULO) + timedelta(days=days, minutes=15 * quarters),
    st.integers(0, 6),
    st.integers(0, 40),
)
CLAIMS = st.sampled_from(list(Act)).flatmap(
    lambda act: st.tuples(st.just(act), st.sampled_from(ASSERTIONS[act]), MOMENTS)
)
KEPT = st.lists(st.tuples(MOMENTS, st.sampled_from(list(Status))), max_size=3, unique_by=lambda one: one[0])


@settings(max_examples=100)
@given(
    st.lists(CLAIMS, min_size=2, max_size=2),
    KEPT,
    st.lists(MOMENTS, max_size=3),
    st.lists(MOMENTS, max_size=2),
    st.booleans(),
)
async def test_no_reply_claims_what_the_ledger_does_not_hold(
    said: list[tuple[Act, str, datetime]],
    kept: list[tuple[datetime, Status]],
    offered: list[datetime],
    waited: list[datetime],
    bookable: bool,
):
    mine = [an_appointment(number, starts, status) for number, (starts, status) in enumerate(kept)]
    books = books_of(mine, waits=waited) if bookable else books_of(mine, services=())
    sentences = [template.format(when=told(moment)) for _, template, moment in said]

    reply, _, _ = await answered(sentences, books, offered, brought_up=frozenset())

    for (act, _, moment), sentence in zip(said, sentences, strict=True):
        if sentence in reply.text:
            standing = [starts for starts, status in kept if status in STANDING]
            waits = any(starts <= moment < starts + CLEANING.length for starts in waited)
            true = {
                Act.OFFERED: not bookable or moment in offered,
                Act.POSSIBLE: not bookable or moment in offered,
                Act.NAMED: not bookable or moment in (*offered, *(starts for starts, _ in kept)) or waits,
                Act.WAITING: not bookable or waits,
                Act.NOT_WAITING: not (bookable and waited),
                Act.NOTHING: moment not in standing,
                Act.OVER: not standing or moment - CLEANING.length in standing,
            }
            assert true.get(act) or any(starts == moment and status in TRUE_OF.get(act, ()) for starts, status in kept)


@settings(max_examples=50)
@given(KEPT, st.lists(MOMENTS, max_size=3), st.lists(MOMENTS, max_size=2), st.booleans())
async def test_what_is_said_instead_would_pass_itself(
    kept: list[tuple[datetime, Status]], found: list[datetime], waited: list[datetime], bookable: bool
):
    mine = [an_appointment(number, starts, status) for number, (starts, status) in enumerate(kept)]
    desk = a_desk(books_of(mine, waits=waited) if bookable else books_of(mine, services=()), found)
    desk.offered = list(desk.notes.offered)
    never = LIE.format(when=told(NOON + timedelta(days=50)))

    objection = await DeskTruth(desk).objection(never)

    assert objection
    assert await DeskTruth(desk).objection(objection.instead) is None
