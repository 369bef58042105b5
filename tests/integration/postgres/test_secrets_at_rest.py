"""Whoever reads the database reads no secret, and whoever writes to it cannot make one secret serve as another."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from adapters.postgres.connections import STALE_SECONDS, PostgresConnections
from adapters.postgres.lines import PostgresLines
from adapters.postgres.pool import Pool, connected
from adapters.postgres.tenant_keys import rewrap_all
from adapters.security.chance import new_connection_id, new_secret
from adapters.security.envelope import Envelopes
from adapters.security.master_keys import GivenMasterKeys
from application.provisioning.ports import ConnectionNotFound
from application.provisioning.rotate_webhook import RotateWebhook
from application.shared.secrets import MasterKeyMissing, Unreadable
from domain.companies.connection import Connection
from domain.shared.ids import ConnectionId
from tests.integration.postgres.conftest import OpenIt

COLUMNS = ("api_token", "panel_email", "panel_password", "webhook_secret", "webhook_token")


@pytest.fixture
async def line(pool: Pool, vault: Envelopes, open_company: OpenIt) -> Connection:
    """A connection that uses every kind of secret."""
    opened = (await open_company("Empresa")).connection
    full = replace(
        opened,
        api_token="canary-api-token",
        panel_email="canary@panel.example",
        panel_password="canary-panel-password",
        webhook_secrets=("canary-webhook-secret",),
        webhook_token="canary-webhook-token",
    )
    await PostgresLines(pool, vault).put(full)
    return full


async def everything_in(pool: Pool) -> list[bytes]:
    """Every value of every table of every schema, as text and as bytes."""
    found = []
    async with connected(pool) as connection:
        tables = await connection.fetch(
            "select schemaname || '.' || tablename as name from pg_tables where schemaname !~ '^(pg_|information)'"
        )
        for table in tables:
            for row in await connection.fetch(f"select * from {table['name']}"):
                found += [v if isinstance(v, bytes) else str(v).encode() for v in row.values()]
    return found


async def test_a_dump_of_the_database_holds_no_clear_secret(pool: Pool, vault: Envelopes, line: Connection):
    await PostgresLines(pool, vault).succeed_secret(line.id, "canary-second", overlap=timedelta(hours=1))

    everything = await everything_in(pool)

    assert len(everything) > 20
    assert line.base_url.encode() in everything
    assert not [value for value in everything if b"canary" in value.lower()]


async def test_what_is_put_comes_back(pool: Pool, vault: Envelopes, line: Connection):
    lines = PostgresLines(pool, vault)

    assert await lines.get(line.id) == line
    assert list(await lines.of(line.tenant)) == [line]
    assert await PostgresConnections(pool, vault).get(line.id) == line


async def test_a_secret_moved_to_another_column_is_refused(pool: Pool, vault: Envelopes, line: Connection):
    for one, other in permutations(COLUMNS, 2):
        await PostgresLines(pool, vault).put(line)
        async with connected(pool) as connection:
            await connection.execute(f"update public.whatsapp_connections set {one} = {other}")

        with pytest.raises(Unreadable):
            await PostgresConnections(pool, vault).get(line.id)


async def test_secrets_swapped_between_two_rows_are_refused(pool: Pool, vault: Envelopes, line: Connection):
    twin = replace(line, id=new_connection_id())
    for column in COLUMNS:
        for each in (line, twin):
            await PostgresLines(pool, vault).put(each)
        async with connected(pool) as connection:
            await connection.execute(
                f"update public.whatsapp_connections a set {column} = b.{column}"
                " from public.whatsapp_connections b where a.id <> b.id"
            )

        for swapped in (line, twin):
            with pytest.raises(Unreadable):
                await PostgresConnections(pool, vault).get(swapped.id)


async def test_a_connection_given_to_another_company_is_refused(
    pool: Pool, vault: Envelopes, line: Connection, open_company: OpenIt
):
    thief = (await open_company("Ladra")).company.id
    async with connected(pool) as connection:
        await connection.execute("update public.whatsapp_connections set tenant_id = $1", thief)

    with pytest.raises(Unreadable):
        await PostgresConnections(pool, vault).get(line.id)


async def test_a_key_given_to_another_company_is_refused(
    pool: Pool, vault: Envelopes, line: Connection, open_company: OpenIt
):
    other = (await open_company("Outra")).connection
    async with connected(pool) as connection:
        await connection.execute(
            "update public.tenant_keys a set wrapped_key = b.wrapped_key from public.tenant_keys b"
            " where a.tenant_id <> b.tenant_id"
        )

    for each in (line.id, other.id):
        with pytest.raises(Unreadable):
            await PostgresConnections(pool, vault).get(each)


async def test_master_keys_are_rotated_while_everything_runs(pool: Pool, open_company: OpenIt, vault: Envelopes):
    lines = [(await open_company(name)).connection for name in ("Uma", "Outra")]
    old = vault.master_keys.current()
    new = os.urandom(32)
    both = Envelopes(GivenMasterKeys([new, old.bits]))
    running = PostgresConnections(pool, both)
    assert await running.get(lines[0].id) == lines[0]

    done = await rewrap_all(pool, both, current=both.master_keys.current().id)

    assert done == (2, [])
    assert await running.get(lines[1].id) == lines[1]
    after = Envelopes(GivenMasterKeys([new]))
    assert [await PostgresConnections(pool, after).get(line.id) for line in lines] == lines
    with pytest.raises(MasterKeyMissing):
        await PostgresConnections(pool, vault).get(lines[0].id)
    assert await rewrap_all(pool, after, current=after.master_keys.current().id) == (0, [])


async def test_a_rotation_without_the_earlier_key_names_the_company_and_breaks_nothing(
    pool: Pool, vault: Envelopes, line: Connection
):
    stranger = Envelopes(GivenMasterKeys([os.urandom(32)]))

    assert await rewrap_all(pool, stranger, current=stranger.master_keys.current().id) == (0, [line.tenant])
    assert await PostgresConnections(pool, vault).get(line.id) == line


async def test_a_new_webhook_secret_lives_beside_the_old_one_until_its_time(
    pool: Pool, vault: Envelopes, line: Connection
):
    rotate = RotateWebhook(PostgresLines(pool, vault), new_secret)

    rotated = await rotate(line.id, overlap=timedelta(hours=1))
    both = await PostgresConnections(pool, vault).get(line.id)
    async with connected(pool) as connection:
        await connection.execute("update public.whatsapp_connections set webhook_secret_previous_until = now()")
    later = await PostgresConnections(pool, vault).get(line.id)

    assert both is not None
    assert later is not None
    assert both.webhook_secrets == rotated.webhook_secrets == (rotated.webhook_secrets[0], *line.webhook_secrets)
    assert later.webhook_secrets == rotated.webhook_secrets[:1]


async def test_a_secret_remembered_dies_on_time_all_the_same(pool: Pool, vault: Envelopes, line: Connection):
    await PostgresLines(pool, vault).succeed_secret(line.id, "new", overlap=timedelta(seconds=0.3))
    connections = PostgresConnections(pool, vault)
    async with connected(pool) as connection:
        first = await connections.get(line.id)
        await connection.execute("select pg_sleep(0.35)")
        second = await connections.get(line.id)

    assert first is not None
    assert second is not None
    assert first.webhook_secrets == ("new", *line.webhook_secrets)
    assert second.webhook_secrets == ("new",)


async def test_a_fresh_look_finds_the_secret_of_this_moment(pool: Pool, vault: Envelopes, line: Connection):
    connections = PostgresConnections(pool, vault)
    assert [await connections.anew(line.id), await connections.anew(None)] == [line, line]
    await PostgresLines(pool, vault).succeed_secret(line.id, "new", overlap=timedelta(0))
    assert await connections.get(line.id) == line

    for named in (line.id, None):
        async with asyncio.timeout(STALE_SECONDS - 1):
            while (found := await connections.anew(named)) == line:
                await asyncio.sleep(0.05)
        assert found is not None
        assert found.webhook_secrets == ("new",)

    assert await connections.get(line.id) == found
    assert await connections.anew(ConnectionId("no id")) is None


async def test_without_an_overlap_the_old_secret_dies_at_once(pool: Pool, vault: Envelopes, line: Connection):
    await PostgresLines(pool, vault).succeed_secret(line.id, "new", overlap=timedelta(0))

    assert (await PostgresLines(pool, vault).get(line.id)).webhook_secrets == ("new",)


async def test_an_unknown_connection_has_no_secret_to_change(pool: Pool, vault: Envelopes):
    with pytest.raises(ConnectionNotFound):
        await PostgresLines(pool, vault).succeed_secret(ConnectionId("x" * 22), "s", overlap=timedelta(0))
