"""What the port of sessions promises: our fake, and Valkey."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from redis.asyncio import Redis

from adapters.redis.keys import Keys, PlatformKeys
from adapters.redis.sessions import RedisSessions
from application.access.ports import Sessions
from domain.access.session import Lifetime, Session, begin
from domain.shared.ids import SessionId, TenantId, UserId
from tests.fakes.access import FakeSessions

OURS, THEIRS = TenantId(1), TenantId(2)


@dataclass
class Place:
    sessions: Sessions
    now: datetime


@pytest.fixture(params=["fake", "redis"])
async def place(request: pytest.FixtureRequest) -> AsyncIterator[Place]:
    now = datetime.now(UTC)
    if request.param == "fake":
        yield Place(FakeSessions(lambda: datetime.now(UTC)), now)
        return
    namespace = f"t{secrets.token_hex(4)}"
    async with Redis.from_url(request.getfixturevalue("redis_url")) as redis:
        yield Place(RedisSessions(redis, Keys(namespace), PlatformKeys(namespace)), now)


def a_session(now: datetime, company: TenantId | None = OURS, **changes: object) -> Session:
    session = begin(
        SessionId(secrets.token_hex(4)), UserId(UUID(int=1)), company, epoch=2, now=now, lifetime=Lifetime()
    )
    return replace(session, **changes)


@pytest.mark.parametrize("company", [OURS, None])
async def test_a_session_is_found_where_it_belongs_and_nowhere_else(place: Place, company: TenantId | None):
    session = a_session(place.now, company, agent="Firefox é", second_factor=True)
    await place.sessions.put(session)

    assert await place.sessions.get(company, session.id) == session
    assert await place.sessions.get(THEIRS, session.id) is None
    assert await place.sessions.get(company, SessionId("another")) is None


async def test_a_session_changes_only_from_what_it_was(place: Place):
    first = a_session(place.now)
    second, other = replace(first, generation=2), replace(first, generation=3)
    await place.sessions.put(first)

    assert await place.sessions.replace(first, second)
    assert not await place.sessions.replace(first, other)
    assert await place.sessions.get(OURS, first.id) == second


async def test_a_session_that_ended_stays_ended(place: Place):
    session = a_session(place.now)
    await place.sessions.put(session)

    await place.sessions.end(session)
    await place.sessions.end(session)

    assert not await place.sessions.replace(session, replace(session, generation=2))
    assert await place.sessions.get(OURS, session.id) is None
    assert await place.sessions.of(OURS, session.user) == []


async def test_a_person_has_several_in_each_company(place: Place):
    ours = [a_session(place.now), a_session(place.now)]
    for session in (*ours, a_session(place.now, THEIRS), a_session(place.now, None)):
        await place.sessions.put(session)

    found = await place.sessions.of(OURS, ours[0].user)

    assert {session.id for session in found} == {session.id for session in ours}


async def test_a_session_whose_time_is_over_is_gone(place: Place):
    over = place.now - timedelta(milliseconds=1)
    idle, ended = a_session(place.now, idle_until=over), a_session(place.now, ends=over)
    for session in (idle, ended):
        await place.sessions.put(session)

    assert [await place.sessions.get(OURS, session.id) for session in (idle, ended)] == [None, None]
    assert await place.sessions.of(OURS, idle.user) == []
