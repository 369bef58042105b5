"""What a model costs, how much a reply may cost, and what a business answers by heart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assistant.limits import Limits, estimated_tokens
from domain.assistant.persona import Faq, Persona
from domain.assistant.pricing import PRICES, Price, PriceList

TODAY = date(2026, 11, 21)
HOURS = Faq(("horário", "que horas abre", "funcionamento"), "De segunda a sexta, das 8h às 18h.")
ADDRESS = Faq(("endereço", "onde fica"), "Rua das Flores, 120.")


def cost(model: str, *, on: date = TODAY, prices: PriceList | None = None) -> int:
    return (prices or PriceList()).cost_micros(model, input_tokens=1_000, output_tokens=100, on=on)


def test_a_call_costs_what_its_tokens_cost():
    assert cost("gemini-3.8-flash") == 1_000 * 0.75 + 100 * 3.75
    assert cost("models/gemini-3.5-flash-lite") == 1_000 * 0.30 + 100 * 2.50


def test_the_promotion_ends_with_the_year():
    assert cost("gemini-3.8-flash", on=date(2026, 12, 31)) == 1_125
    assert cost("gemini-3.8-flash", on=date(2027, 1, 1)) == 2_250


def test_a_fraction_of_a_millionth_is_rounded_up():
    assert PriceList().cost_micros("gemini-3.5-flash-lite", input_tokens=1, output_tokens=0, on=TODAY) == 1


def test_a_companys_own_price_comes_first():
    assert cost("gemini-3.8-flash", prices=PriceList({"gemini-3.8-flash": (Price(1, 1),)})) == 1_100


@given(st.sampled_from(sorted(PRICES)), st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_an_unknown_model_is_never_cheaper_than_a_known_one(known: str, on: date):
    assert cost("gemini-9-unheard-of", on=on) >= cost(known, on=on)


def test_the_main_model_leaves_time_for_the_smaller_one():
    limits = Limits(seconds=20, main_seconds=12)

    assert limits.share(0, first=True) == 12
    assert limits.share(12, first=False) == 8
    assert limits.share(19.5, first=False) == 0


def test_tokens_are_rather_overestimated():
    assert estimated_tokens("Bom dia, tudo bem?") == 6
    assert estimated_tokens("") == 0


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("Qual o HORARIO de vocês?", HOURS.answer),
        ("que horas abre amanhã", HOURS.answer),
        ("Onde fica?", ADDRESS.answer),
        ("quero marcar", None),
        ("os horários", None),
    ],
)
def test_the_business_answers_by_heart_what_it_is_asked_in_its_own_words(message: str, answer: str | None):
    assert Persona(faq=(HOURS, ADDRESS)).answer_by_heart(message) == answer


def test_the_longer_keyword_decides_between_two():
    assert Persona(faq=(ADDRESS, HOURS)).answer_by_heart("endereço e que horas abre?") == HOURS.answer


def test_an_empty_keyword_answers_nothing():
    assert Persona(faq=(Faq(("", "?"), "nunca"),)).answer_by_heart("qualquer coisa?") is None


def test_everything_the_business_tells_is_published():
    persona = Persona(business_name="Clínica Sol", business_facts="Rua A", greeting="Oi", faq=(HOURS,))

    assert all(told in persona.published for told in ("Clínica Sol", "Rua A", "Oi", HOURS.answer))
