"""A company's states, and the short name it goes by."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.companies.company import (
    LONGEST_SLUG,
    MOVES,
    Company,
    ImpossibleMove,
    NameTaken,
    State,
    checked_name,
    slug_of,
)
from domain.shared.errors import Invalid
from domain.shared.ids import TenantId

VERBS = {
    "activate": State.ACTIVE,
    "suspend": State.SUSPENDED,
    "begin_closing": State.CLOSING,
    "close": State.CLOSED,
}
ALLOWED = {
    ("opening", "activate"), ("suspended", "activate"),
    ("active", "suspend"), ("suspended", "suspend"),
    ("opening", "begin_closing"), ("active", "begin_closing"), ("suspended", "begin_closing"),
    ("closing", "begin_closing"),
    ("closing", "close"),
}  # fmt: skip


def a_company(state: State) -> Company:
    return Company(TenantId(1), "Clínica", "clinica", "America/Sao_Paulo", state)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", State)
def test_a_verb_moves_the_company_or_leaves_it_as_it_was(state: State, verb: str):
    company = a_company(state)

    if (state.value, verb) in ALLOWED:
        getattr(company, verb)()
        assert company.state is VERBS[verb]
        return
    with pytest.raises(ImpossibleMove):
        getattr(company, verb)()
    assert company.state is state


def test_every_state_has_its_moves_and_closed_is_the_end():
    assert set(MOVES) == set(State)
    assert not MOVES[State.CLOSED]


@pytest.mark.parametrize("state", sorted(set(State) - {State.OPENING}))
def test_only_an_unfinished_opening_is_taken_up_again(state: State):
    with pytest.raises(NameTaken):
        a_company(state).open_again(name="Clínica", time_zone="UTC")


@given(st.text(min_size=1))
def test_a_slug_is_always_fit_for_a_url_and_a_shell(name: str):
    slug = slug_of(name)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= LONGEST_SLUG
    assert slug == slug_of(name)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Clínica São João", "clinica-sao-joao"),
        ("  Salão da Bê & Cia. ", "salao-da-be-cia"),
        ('x"; drop schema public cascade; --', "x-drop-schema-public-cascade"),
        ("寿司", "empresa-b66b04c2509a"),
    ],
)
def test_names_read_alike_have_one_slug(name: str, slug: str):
    assert slug_of(name) == slug


@pytest.mark.parametrize("name", ["", "   ", "a\0b", "a\x1b[31m", "x" * 121, "bom\u202edia"])
def test_a_name_nobody_could_read_is_refused(name: str):
    with pytest.raises(Invalid):
        checked_name(name)


def test_stray_blanks_of_a_name_are_tidied():
    assert checked_name("  Clínica \n Sorriso ") == "Clínica Sorriso"
