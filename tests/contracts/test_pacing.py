"""What every Pacing promises: our fake, and Redis. How fast exactly is each one's own affair."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest
from redis.asyncio import Redis

from adapters.redis.keys import Keys
from adapters.redis.pacing import RedisPacing
from application.delivery.ports import Letter, Pacing
from domain.companies.connection import AuthMode, Connection, Dialect
from domain.delivery.pacing import Pace
from domain.shared.ids import ConnectionId, OutgoingId, TenantId
from tests.fakes.pipeline import NoPacing

LETTER = Letter(TenantId(7), ConnectionId("reception0000000000000"), "5531987654321@s.whatsapp.net", "Olá")
ONE_THEN_A_TENTH_OF_A_SECOND = Pace(per_minute=600, at_once=1)
MANY = Pace(per_minute=6000, at_once=100)


@dataclass
class OneConnection:
    connection: Connection

    async def get(self, id: ConnectionId) -> Connection | None:
        return self.connection if self.connection.id == id else None

    async def only(self) -> Connection | None:
        return self.connection


@pytest.fixture(params=["fake", "redis"])
async def quick(request: pytest.FixtureRequest) -> AsyncIterator[Pacing]:
    """Lets some letters go at once."""
    if request.param == "fake":
        yield NoPacing()
        return
    async with _redis(request, MANY) as pacing:
        yield pacing


@pytest.fixture(params=["fake", "redis"])
async def used_up(request: pytest.FixtureRequest) -> AsyncIterator[Pacing]:
    """A pace of which the last letter took all there was."""
    if request.param == "fake":
        yield NoPacing([0.05, 0.01])
        return
    async with _redis(request, ONE_THEN_A_TENTH_OF_A_SECOND) as pacing:
        assert await pacing.wait(LETTER) == 0
        yield pacing


@asynccontextmanager
async def _redis(request: pytest.FixtureRequest, of_contact: Pace) -> AsyncIterator[RedisPacing]:
    line = Connection(
        LETTER.connection, LETTER.tenant, "Recepção", Dialect.SAAS_CLASSIC, "https://whaticket.example", AuthMode.HMAC
    )
    async with Redis.from_url(request.getfixturevalue("redis_url"), socket_timeout=5) as redis:
        yield RedisPacing(redis, Keys(f"t{secrets.token_hex(4)}"), OneConnection(line), MANY, of_contact)


async def test_letters_to_a_quiet_line_go_at_once(quick: Pacing):
    waits = [await quick.wait(replace(LETTER, to=f"55319{n:08}@s.whatsapp.net")) for n in range(5)]

    assert waits == [0] * 5


async def test_who_comes_too_soon_is_told_how_long_to_wait(used_up: Pacing):
    assert 0 < await used_up.wait(LETTER) < 1


async def test_who_waits_as_long_as_told_may_go_in_the_end(used_up: Pacing):
    async with asyncio.timeout(3):
        while (wait := await used_up.wait(LETTER)) > 0:
            await asyncio.sleep(wait)

    assert wait == 0


async def test_what_is_said_unasked_waits_as_long_as_told_and_goes_in_the_end(quick: Pacing):
    for number in range(1, 4):
        async with asyncio.timeout(3):
            while (wait := await quick.wait(unasked(number))) > 0:
                await asyncio.sleep(wait)

        assert wait == 0


async def test_a_reply_does_not_wait_for_what_was_to_be_said_unasked_before_it(quick: Pacing):
    for number in range(1, 1001):
        await quick.wait(unasked(number))

    assert await quick.wait(replace(LETTER, number=OutgoingId(1001))) == 0


def unasked(number: int) -> Letter:
    return replace(LETTER, to=f"55319{number:08}@s.whatsapp.net", number=OutgoingId(number), unasked=True)
