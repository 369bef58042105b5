"""Looking a webhook's connection up: right, quick, and closed to whoever guesses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.postgres.connections import PostgresConnections
from adapters.postgres.lines import PostgresLines
from adapters.postgres.pool import DatabaseAway, Pool, build_pool, connected
from adapters.security.chance import new_connection_id
from adapters.security.envelope import Envelopes
from domain.companies.company import State
from domain.shared.ids import ConnectionId
from tests.integration.postgres.conftest import OpenIt

GUESSES = (
    "",
    "x",
    "x" * 15,
    "x" * 41,
    "../../../etc/passwd",
    "' or '1'='1",
    "x" * 21 + "\0",
    "ａ" * 22,
    "x" * 22 + "\n",
)


@pytest.fixture
def connections(pool: Pool, vault: Envelopes) -> PostgresConnections:
    return PostgresConnections(pool, vault)


async def test_what_cannot_be_an_id_is_nobody(connections: PostgresConnections):
    for guess in GUESSES:
        assert await connections.get(ConnectionId(guess)) is None


async def test_an_id_nobody_has_is_nobody(connections: PostgresConnections):
    assert await connections.get(new_connection_id()) is None


async def test_the_connections_of_a_company_that_neither_works_nor_rests_are_nobody(
    pool: Pool, vault: Envelopes, open_company: OpenIt
):
    line = (await open_company("Empresa")).connection
    for state in set(State) - {State.ACTIVE, State.SUSPENDED}:
        async with connected(pool) as connection:
            await connection.execute("update public.tenants set state = $1", state.value)
        connections = PostgresConnections(pool, vault)

        assert await connections.get(line.id) is None
        assert await connections.only() is None


async def test_a_disabled_connection_is_nobody(connections: PostgresConnections, pool: Pool, open_company: OpenIt):
    line = (await open_company("Empresa")).connection
    async with connected(pool) as connection:
        await connection.execute("update public.whatsapp_connections set state = 'disabled'")

    assert await connections.get(line.id) is None


async def test_the_only_connection_is_found_without_its_id_and_two_are_not(
    pool: Pool, vault: Envelopes, open_company: OpenIt
):
    assert await PostgresConnections(pool, vault).only() is None
    line = (await open_company("Empresa")).connection
    assert await PostgresConnections(pool, vault).only() == line
    await open_company("Outra")
    assert await PostgresConnections(pool, vault).only() is None


async def test_the_database_is_asked_once_for_many_messages(
    connections: PostgresConnections, pool: Pool, open_company: OpenIt
):
    line = (await open_company("Empresa")).connection
    await connections.get(line.id)
    async with connected(pool) as connection, connection.transaction():
        await connection.execute("lock table public.whatsapp_connections in access exclusive mode")

        answers = [await connections.get(line.id) for _ in range(1000)]

    assert answers == [line] * 1000


async def test_a_database_that_is_away_is_told_and_not_taken_for_nobody(vault: Envelopes):
    pool = await build_pool("postgresql://nobody@127.0.0.1:1/none", size=1, name="tests")
    try:
        with pytest.raises(DatabaseAway):
            await PostgresConnections(pool, vault).get(new_connection_id())
    finally:
        await pool.close()


async def test_a_line_of_another_company_is_never_written_over(pool: Pool, vault: Envelopes, open_company: OpenIt):
    mine = (await open_company("Minha")).connection
    theirs = (await open_company("Deles")).connection
    lines = PostgresLines(pool, vault)

    await lines.put(replace(theirs, id=mine.id))

    assert await lines.get(mine.id) == mine
