"""What counts as a database that is away: everything it says of itself, and nothing it says of a statement."""

from __future__ import annotations

import inspect

import asyncpg
import pytest

from adapters.postgres.pool import AWAY

ITS_OWN_TROUBLE = ("08", "53", "57", "58")
"""Classes of SQLSTATE: the connection, its resources, an operator's hand, the system around it."""

KINDS = [kind for _, kind in inspect.getmembers(asyncpg, inspect.isclass) if issubclass(kind, asyncpg.PostgresError)]


def state_of(kind: type[asyncpg.PostgresError]) -> str:
    return kind.sqlstate or ""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if state_of(kind).startswith(ITS_OWN_TROUBLE)])
def test_a_database_in_trouble_is_away(kind: type[asyncpg.PostgresError]):
    assert issubclass(kind, AWAY)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if state_of(kind).startswith(("22", "23", "42"))])
def test_a_statement_that_is_wrong_says_nothing_about_the_database(kind: type[asyncpg.PostgresError]):
    assert not issubclass(kind, AWAY)


def test_a_client_that_lost_the_thread_of_the_protocol_is_as_good_as_cut_off():
    assert issubclass(asyncpg.InternalClientError, AWAY)
