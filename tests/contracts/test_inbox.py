"""What every Inbox promises: our fake, and PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Protocol

import pytest

from adapters.postgres.intake import PostgresInbox
from adapters.postgres.migrations import migrate
from adapters.postgres.names import schema_of
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import Pool, build_pool
from adapters.postgres.tenants import PostgresCompanies
from application.intake.ports import Envelope, Inbox, InboxAway
from domain.shared.ids import ConnectionId, TenantId
from tests.fakes.intake import FakeInbox

ENVELOPE = Envelope(
    tenant=TenantId(1),
    connection=ConnectionId("connectionconnection00"),
    address="5511999990000@s.whatsapp.net",
    key="message:said:abc:7",
    previous_key="message:said:abc:6",
    body='{"text": "olá"}',
    limited=False,
    correlation="c-1",
)


class Stage(Protocol):
    inbox: Inbox

    async def goes_away(self) -> None: ...

    async def bodies(self) -> list[str]: ...


@dataclass
class FakeStage:
    inbox: FakeInbox

    async def goes_away(self) -> None:
        self.inbox.away = True

    async def bodies(self) -> list[str]:
        return [envelope.body for envelope in self.inbox.kept]


@dataclass
class PostgresStage:
    inbox: PostgresInbox
    pool: Pool

    async def goes_away(self) -> None:
        self.pool.terminate()

    async def bodies(self) -> list[str]:
        rows = await self.pool.fetch(f"select body from {schema_of(ENVELOPE.tenant)}.envelopes order by id")
        return [row["body"] for row in rows]


@pytest.fixture
async def stage(url: str | None) -> AsyncIterator[Stage]:
    if url is None:
        yield FakeStage(FakeInbox())
        return
    await migrate(url)
    pool = await build_pool(url, size=4, name="tests")
    for slug in ("a", "b"):
        company = await PostgresCompanies(pool).add(name=slug, slug=slug, time_zone="America/Sao_Paulo")
        await PostgresPlaces(pool).make(company.id)
    yield PostgresStage(PostgresInbox(pool), pool)
    pool.terminate()


async def test_what_is_new_is_kept_as_it_is(stage: Stage):
    assert await stage.inbox.keep(ENVELOPE) is True

    assert await stage.bodies() == [ENVELOPE.body]


async def test_a_repeat_is_told_and_changes_nothing(stage: Stage):
    await stage.inbox.keep(ENVELOPE)

    assert await stage.inbox.keep(replace(ENVELOPE, body="{}")) is False
    assert await stage.bodies() == [ENVELOPE.body]


async def test_one_kept_under_the_previous_key_is_the_same(stage: Stage):
    await stage.inbox.keep(replace(ENVELOPE, key="message:said:abc:6", previous_key="message:said:abc:5"))

    assert await stage.inbox.keep(ENVELOPE) is False
    assert await stage.inbox.keep(replace(ENVELOPE, previous_key=None)) is True


@pytest.mark.parametrize(
    "other",
    [
        replace(ENVELOPE, tenant=TenantId(2)),
        replace(ENVELOPE, connection=ConnectionId("connectionconnection01")),
        replace(ENVELOPE, address="123456789012@lid"),
        replace(ENVELOPE, key="staff:said:abc:7"),
    ],
    ids=["company", "connection", "address", "key"],
)
async def test_the_same_key_elsewhere_is_another_message(stage: Stage, other: Envelope):
    await stage.inbox.keep(ENVELOPE)

    assert await stage.inbox.keep(other) is True


async def test_what_cannot_be_kept_is_never_acknowledged(stage: Stage):
    await stage.goes_away()

    with pytest.raises(InboxAway):
        await stage.inbox.keep(ENVELOPE)
