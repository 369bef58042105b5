"""How a company speaks unasked: what may be set, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reminders.cadence import Kind
from domain.reminders.manners import Manners
from domain.shared.errors import Invalid

NAMES = st.text(max_size=20)


def test_what_a_company_sets_nothing_about_is_as_it_always_was():
    usual = Manners()

    assert usual.kinds == {Kind.THREE_DAYS, Kind.DAY, Kind.HOUR}
    assert (usual.quiet.begins, usual.quiet.ends, usual.after, usual.question) == (1260, 480, timedelta(hours=24), "")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("kinds", {"kinds": frozenset({Kind.MANUAL})}),
        ("follow_up_hours", {"after": timedelta(minutes=30)}),
        ("follow_up_hours", {"after": timedelta(days=15)}),
        ("question", {"question": "x" * 601}),
        ("question", {"question": "Oi\0"}),
        ("question", {"question": "Oi, {telefone}"}),
        ("question", {"question": "Oi, {nome"}),
        ("question", {"question": "Oi, {nome.__class__}"}),
        ("question", {"question": "Oi, {}"}),
    ],
)
def test_what_makes_no_sense_is_refused_by_the_name_of_its_field(field: str, wrong: dict[str, object]):
    with pytest.raises(Invalid) as refused:
        Manners(**wrong)

    assert refused.value.field == field


@given(NAMES, NAMES, NAMES)
def test_the_companys_own_words_are_filled_in_and_nothing_in_a_name_is_taken_for_a_blank(
    one: str, two: str, three: str
):
    manners = Manners(question="{nome}|{servico}|{profissional}|{nome}")

    assert manners.asked(nome=one, servico=two, profissional=three) == f"{one}|{two}|{three}|{one}"
