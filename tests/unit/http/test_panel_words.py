"""The panel has a word for everything the system may call by name: nobody meets an English code, and no page breaks on one."""

from __future__ import annotations

import pytest

from adapters.http.auditing import PEOPLES_DATA
from adapters.http.matrix import MATRIX
from adapters.http.panel import access_words, audit_words, company_words, connection_words, plan_words
from adapters.http.panel.words import browser, initials
from domain.access.role import Permission, Role
from domain.access.user import UserState
from domain.audit.entry import Outcome
from domain.billing.bill import Kind
from domain.billing.subscription import State as SubscriptionState
from domain.companies.company import State as CompanyState
from domain.companies.connection import AuthMode, Dialect

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"


def test_every_name_has_its_words():
    assert set(access_words.PERMISSIONS) == set(Permission)
    assert set(access_words.ROLES) == set(Role)
    assert set(access_words.STATES) == set(UserState)
    assert set(connection_words.FAMILIES) == set(connection_words.OF_FAMILY) == set(Dialect)
    assert set(connection_words.PROOFS) == set(AuthMode)
    assert set(company_words.STATES) == set(CompanyState)
    assert set(plan_words.STATES) == set(SubscriptionState)
    assert set(plan_words.KINDS) == set(Kind)
    assert set(audit_words.OUTCOMES) == set(Outcome)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox no Windows"),
        (EDGE, "Edge no Windows"),
        (PHONE, "Chrome no Android"),
        ("curl/8.0", "Aparelho desconhecido"),
        ("", "Aparelho desconhecido"),
    ],
)
def test_a_browser_is_called_as_people_call_it(agent: str, words: str):
    assert browser(agent) == words


def test_a_deed_without_words_of_its_own_is_shown_as_it_is_kept():
    assert audit_words.action("users.role") == "Mudou o papel de uma pessoa"
    assert audit_words.action("GET /painel/conversas/{id}") == "Abriu uma conversa"
    assert audit_words.action("GET /painel/inventada") == "Abriu /painel/inventada"
    assert audit_words.action("POST /painel/conversas/{id:int}/assumir") == "Assumiu uma conversa"
    assert audit_words.action("DELETE /api/keys/{id:uuid}") == "DELETE /api/keys/{id:uuid}"


@pytest.mark.parametrize(
    "route",
    [
        route
        for route, permissions in MATRIX.items()
        if route.startswith("GET /painel/") and permissions & PEOPLES_DATA and not route.endswith("/exportar")
    ],
)
def test_every_page_whose_opening_is_written_down_has_words(route: str):
    assert "/painel" not in audit_words.action(route)


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Dra. Marina Lopes", "ML"), ("dr Caio", "C"), ("Ana", "A"), ("Dra.", "D"), ("(11) 9", "#"), (None, "#")],
)
def test_initials_are_those_of_the_name_and_not_of_a_title(name: str | None, shown: str):
    assert initials(name) == shown


def test_a_pool_is_called_as_people_call_it():
    found = [company_words.pool(name) for name in ("shared", "tenant_7", "noite")]
    assert found == ["compartilhado", "só desta empresa", "noite"]


def test_who_is_gone_or_was_never_a_person_has_a_name_too():
    assert audit_words.who("nobody") == "Alguém sem sessão"
    assert audit_words.who("user:0123456789") == "Pessoa que saiu (01234567)"
    assert audit_words.who("system") == "Sistema"
    assert audit_words.who("contact:2") == "Cliente, pela conversa"
    assert audit_words.who("os:ana") == "Plataforma, por comando (ana)"
