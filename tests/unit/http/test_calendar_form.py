"""A Cal.com as it is typed: what is wrong is said at its field, and what is right is what was meant."""

from __future__ import annotations

import pytest

from adapters.http.panel.agenda_calendar import TRIED
from adapters.http.panel.calendar_form import (
    ADDRESS,
    KEY,
    NOBODY,
    NUMBER,
    Pair,
    Typed,
    order_from,
    pairs_of,
    typed_from,
)
from application.agenda.connections import EventTypeOf
from application.agenda.try_calendar import Found
from domain.agenda.opening_hours import WeekHours
from domain.agenda.people import Professional, Service
from domain.shared.ids import ProfessionalId, ServiceId

NEVER = WeekHours(((),) * 7)
MARINA = Professional("Dra. Marina", NEVER, id=ProfessionalId(1))
CAIO = Professional("Dr. Caio", NEVER, id=ProfessionalId(2))
GONE = Professional("Dr. Gil", NEVER, active=False, id=ProfessionalId(3))
VISIT = Service("Consulta", 30, id=ServiceId(5))
CLEANING = Service("Limpeza", 40, professionals=frozenset({ProfessionalId(2)}), id=ServiceId(6))
PAIRS = pairs_of([VISIT, CLEANING], [MARINA, CAIO, GONE])
RIGHT = {
    "chave": "cal_live_12345",
    "endereco": "https://cal.example",
    "tipo-5-1": " 77 ",
    "tipo-6-2": "8",
    "varia-6-2": "sim",
}


def test_only_who_does_a_service_can_have_an_event_type_for_it():
    assert [Pair(VISIT, MARINA), Pair(VISIT, CAIO), Pair(CLEANING, CAIO)] == PAIRS


def test_what_is_right_is_an_order():
    typed = Typed(RIGHT)
    order = order_from(typed, PAIRS)

    assert order is not None
    assert (order.base_url, order.api_key) == ("https://cal.example", "cal_live_12345")
    assert list(order.event_types) == [
        EventTypeOf(ServiceId(5), ProfessionalId(1), 77),
        EventTypeOf(ServiceId(6), ProfessionalId(2), 8, flexible=True),
    ]
    assert typed.problems == {}


@pytest.mark.parametrize(
    ("field", "said", "problem"),
    [
        ("chave", "", KEY),
        ("chave", "cal_ção_12345", KEY),
        ("chave", "x" * 201, KEY),
        ("endereco", "ftp://cal.example", ADDRESS),
        ("endereco", "https://eu@cal.example", ADDRESS),
        ("tipo-5-1", "sete", NUMBER),
        ("tipo-5-1", "-7", NUMBER),
        ("tipo-6-2", "9007199254740992", NUMBER),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, said: str, problem: str):
    typed = Typed(RIGHT | {field: said})

    assert order_from(typed, PAIRS) is None
    assert typed.problems == {field: problem}


def test_no_event_type_at_all_is_nothing_to_connect():
    typed = Typed({"chave": "cal_live_12345", "tipo-99-99": "7"})

    assert order_from(typed, PAIRS) is None
    assert typed.problems == {"tipos": NOBODY}


def test_what_is_connected_stands_in_the_form_but_for_the_key():
    typed = typed_from("https://cal.example", [EventTypeOf(ServiceId(6), ProfessionalId(2), 8, flexible=True)], PAIRS)

    assert typed.said == {"endereco": "https://cal.example", "tipo-6-2": "8", "varia-6-2": "sim"}


def test_everything_a_try_can_find_has_words():
    assert set(TRIED) == set(Found)
