"""What is typed into the agenda's forms: wrong fields are told in words, right ones come back as they were typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from adapters.http.panel import agenda_forms as forms
from adapters.http.panel.agenda_forms import (
    Reading,
    day_off_from,
    professional_from,
    professional_typed,
    rules_from,
    rules_typed,
    service_from,
    service_typed,
)
from domain.agenda.people import Service
from domain.agenda.rules import BEATS, Rules
from domain.shared.ids import ProfessionalId, ServiceId

PERSON = {"nome": "  Dra.  Marina ", "email": " marina@clinica.com.br ", "ativo": "sim"} | dict.fromkeys(
    forms.DAY_FIELDS, "8:00-12:00, 14h às 18h"
)
SERVICE = {"nome": "Consulta", "duracao": "30", "antes": "", "depois": "5", "preco": "", "aviso": "2", "ativo": "sim"}
OFF = {"motivo": "Férias", "primeiro": "2026-12-20", "ultimo": "", "horas": "", "quem": "", "anual": ""}
RULES = {
    "passo": "15",
    "antecedencia": "1,5",
    "horizonte": "60",
    "feriados": "sim",
    "facultativos": "",
    "estado": "SP",
}


def service(said: dict[str, str]) -> tuple[Service | None, dict[str, str]]:
    reading = Reading(said)
    return service_from(reading, ServiceId(3), frozenset({ProfessionalId(1)})), reading.problems


def test_a_professional_is_read_as_typed_and_shown_as_kept():
    one = professional_from(Reading(PERSON), ProfessionalId(4))

    assert one is not None
    assert (one.id, one.name, one.active) == (4, "Dra. Marina", True)
    assert professional_typed(one)["dia0"] == "08:00-12:00, 14:00-18:00"
    assert professional_from(Reading(professional_typed(one)), ProfessionalId(4)) == one


@pytest.mark.parametrize(("field", "said", "problem"), [("dia3", "de manhã", forms.HOURS), ("nome", "", forms.NAME)])
def test_a_professional_that_cannot_be_is_told_where(field: str, said: str, problem: str):
    reading = Reading(PERSON | {field: said})

    assert professional_from(reading, ProfessionalId(4)) is None
    assert reading.problems == {field: problem}


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("", 0), ("150", 15_000), ("R$ 1.250,50", 125_050), ("99.90", 9_990), ("1.250,00", 125_000), ("0,01", 1)],
)
def test_a_price_is_read_as_brazilians_write_it(typed: str, cents: int):
    one, problems = service(SERVICE | {"preco": typed})

    assert problems == {}
    assert one is not None
    assert one.price_cents == cents


@pytest.mark.parametrize(
    ("field", "said", "problem"),
    [
        ("duracao", "", forms.MINUTES),
        ("duracao", "0", forms.MINUTES),
        ("duracao", "721", forms.MINUTES),
        ("duracao", "٣٠", forms.MINUTES),
        ("antes", "241", forms.BUFFER),
        ("depois", "-5", forms.BUFFER),
        ("preco", "caro", forms.PRICE),
        ("preco", "-1", forms.PRICE),
        ("preco", "NaN", forms.PRICE),
        ("preco", "1000001", forms.PRICE),
        ("aviso", "9999999999", forms.NOTICE),
        ("nome", " ", forms.NAME),
    ],
)
def test_a_service_that_cannot_be_is_told_where(field: str, said: str, problem: str):
    assert service(SERVICE | {field: said}) == (None, {field: problem})


@given(
    st.integers(1, 720), st.integers(0, 240), st.integers(0, 240), st.integers(0, 100_000_000), st.integers(0, 43_200)
)
def test_a_service_comes_back_from_its_own_form(lasts: int, before: int, after: int, cents: int, notice: int):
    doers = frozenset({ProfessionalId(1)})
    one = Service("Consulta", lasts, before, after, cents, timedelta(minutes=notice), doers, id=ServiceId(3))

    assert service(service_typed(one)) == (one, {})


@pytest.mark.parametrize(("minutes", "shown"), [(0, "0"), (90, "1,5"), (100, "1,67"), (43_200, "720")])
def test_a_notice_is_shown_in_hours_with_what_is_left_of_one(minutes: int, shown: str):
    one = Service("Consulta", 30, notice=timedelta(minutes=minutes))

    assert service_typed(one)["aviso"] == shown


def test_a_day_off_without_a_last_day_is_one_day_of_everybody():
    one = day_off_from(Reading(OFF))

    assert one is not None
    assert (one.first, one.last, one.professional, one.span) == (date(2026, 12, 20), date(2026, 12, 20), None, None)


@pytest.mark.parametrize(
    ("field", "said", "problem"),
    [
        ("primeiro", "amanhã", forms.DATE),
        ("ultimo", "2026-12-19", forms.LAST),
        ("ultimo", "2028-12-19", forms.LAST),
        ("horas", "de tarde", forms.SPAN),
        ("horas", "8:00-9:00, 10:00-11:00", forms.SPAN),
    ],
)
def test_a_day_off_that_cannot_be_is_told_where(field: str, said: str, problem: str):
    reading = Reading(OFF | {field: said})

    assert day_off_from(reading) is None
    assert reading.problems == {field: problem}


@given(st.sampled_from(BEATS), st.integers(0, 1440), st.integers(1, 365), st.booleans(), st.booleans())
def test_rules_come_back_from_their_own_form(beat: int, halves: int, ahead: int, closed: bool, optional: bool):
    assume(halves < 48 * ahead)
    rules = Rules(beat, timedelta(minutes=30 * halves), timedelta(days=ahead), closed, optional, "SP")

    assert rules_from(Reading(rules_typed(rules))) == rules


@pytest.mark.parametrize(
    ("field", "said", "problem"),
    [
        ("passo", "7", forms.CHOICE),
        ("antecedencia", "logo", forms.LEAD),
        ("antecedencia", "Infinity", forms.LEAD),
        ("antecedencia", "720", forms.NEVER_OPEN),
        ("horizonte", "366", forms.AHEAD),
        ("estado", "XX", forms.CHOICE),
    ],
)
def test_rules_that_cannot_be_are_told_where(field: str, said: str, problem: str):
    reading = Reading(RULES | {"horizonte": "30"} | {field: said})

    assert rules_from(reading) is None
    assert reading.problems == {field: problem}
