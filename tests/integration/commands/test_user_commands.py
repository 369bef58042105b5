"""Somebody locked out by a lost telephone is helped by the operator, on record, and has to log in again."""

from __future__ import annotations

from tests.integration.commands.conftest import Type, fetch

LOST = "insert into public.second_factors (user_id, secret, confirmed_at) select id, 'x', now() from public.users"


def test_a_lost_second_factor_is_taken_off_with_an_entry_and_ends_every_session(type_: Type, database: str):
    type_("migrate")
    type_("user", "add", "--email", "olga@example.com", "--name", "Olga", "--role", "operator")
    fetch(database, LOST)
    [(before,)] = fetch(database, "select epoch from public.users")

    type_("user", "reset-factor", "Olga@example.com")

    assert fetch(database, "select count(*) from public.second_factors") == [(0,)]
    assert fetch(database, "select epoch from public.users") == [(before + 1,)]
    assert ("user.reset_factor",) in fetch(database, "select action from public.audit_log")


def test_an_address_that_nobody_has_is_said_so(type_: Type):
    type_("migrate")
    assert "nobody logs in" in type_("user", "reset-factor", "ninguem@example.com", code=1).output
