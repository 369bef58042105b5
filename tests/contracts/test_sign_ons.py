"""What the ports of signing on elsewhere promise, on PostgreSQL and Valkey."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from adapters.postgres.migrations import migrate
from adapters.postgres.pool import build_pool
from adapters.postgres.sign_ons import PostgresSignOns
from adapters.postgres.tenants import PostgresCompanies
from adapters.postgres.users import PostgresUsers
from adapters.redis.keys import PlatformKeys
from adapters.redis.pending_logins import SECONDS, RedisPendingLogins
from adapters.security.envelope import Envelopes
from adapters.security.master_keys import GivenMasterKeys
from application.access.sign_on import Identity, Pending, PendingLogins, Provider, SignOns
from domain.access.role import Role
from domain.access.user import Membership, User
from domain.shared.errors import Unavailable
from domain.shared.ids import TenantId, UserId

OURS, THEIRS = TenantId(1), TenantId(2)
ANA = UserId(uuid4())
PROVIDER = Provider("https://login.example", "secretaria", "their-secret")
IDENTITY = Identity("https://login.example", "ana-there")
PENDING = Pending(OURS, "nonce", "verifier")


@pytest.fixture
async def sign_ons(database: str) -> AsyncIterator[SignOns]:
    """Two companies; Ana is the owner of ours."""
    await migrate(database)
    pool = await build_pool(database, size=4, name="tests")
    companies = PostgresCompanies(pool)
    for slug in ("ours", "theirs"):
        await companies.add(name=slug, slug=slug, time_zone="America/Sao_Paulo")
    await PostgresUsers(pool).add(User(ANA, "ana@clinica.example", "Ana", (Membership(Role.OWNER, OURS),)))
    yield PostgresSignOns(pool, Envelopes(GivenMasterKeys([os.urandom(32)])))
    await pool.close()


@pytest.fixture
async def pending(redis_url: str) -> AsyncIterator[RedisPendingLogins]:
    async with Redis.from_url(redis_url) as redis:
        yield RedisPendingLogins(redis, PlatformKeys(f"so{secrets.token_hex(4)}"))


async def test_a_provider_comes_back_as_it_was_put_and_only_to_its_company(sign_ons: SignOns):
    await sign_ons.put(OURS, PROVIDER)

    assert await sign_ons.get(OURS) == PROVIDER
    assert await sign_ons.get(THEIRS) is None


async def test_a_provider_without_a_secret_has_none(sign_ons: SignOns):
    await sign_ons.put(OURS, PROVIDER)
    await sign_ons.put(OURS, replace(PROVIDER, client_secret=None))

    assert await sign_ons.get(OURS) == replace(PROVIDER, client_secret=None)


async def test_who_was_linked_is_known_in_that_company_alone(sign_ons: SignOns):
    await sign_ons.put(OURS, PROVIDER)
    await sign_ons.link(OURS, IDENTITY, ANA)
    await sign_ons.link(OURS, IDENTITY, ANA)

    assert await sign_ons.linked(OURS, IDENTITY) == ANA
    assert await sign_ons.linked(THEIRS, IDENTITY) is None
    assert await sign_ons.linked(OURS, replace(IDENTITY, subject="somebody else")) is None


async def test_the_same_issuer_keeps_who_was_linked_and_another_forgets(sign_ons: SignOns):
    await sign_ons.put(OURS, PROVIDER)
    await sign_ons.link(OURS, IDENTITY, ANA)

    await sign_ons.put(OURS, replace(PROVIDER, client_id="another"))
    assert await sign_ons.linked(OURS, IDENTITY) == ANA

    await sign_ons.put(OURS, replace(PROVIDER, issuer="https://elsewhere.example"))
    await sign_ons.put(OURS, PROVIDER)
    assert await sign_ons.linked(OURS, IDENTITY) is None


async def test_what_is_removed_is_gone_with_its_links(sign_ons: SignOns):
    await sign_ons.put(OURS, PROVIDER)
    await sign_ons.link(OURS, IDENTITY, ANA)

    await sign_ons.remove(OURS)

    assert await sign_ons.get(OURS) is None
    assert await sign_ons.linked(OURS, IDENTITY) is None


async def test_a_login_under_way_comes_back_once_however_many_ask_for_it(pending: PendingLogins):
    await pending.put("state", PENDING)

    taken = await asyncio.gather(*(pending.take("state") for _ in range(8)))

    assert [each for each in taken if each is not None] == [PENDING]
    assert await pending.take("another") is None


async def test_a_login_under_way_is_forgotten_after_ten_minutes_and_its_state_stands_nowhere(
    pending: RedisPendingLogins,
):
    await pending.put("the-state-itself", PENDING)

    [key] = [each async for each in pending.redis.scan_iter(f"{pending.keys.namespace}:*")]

    assert 0 < await pending.redis.ttl(key) <= SECONDS == 600
    assert b"the-state-itself" not in key


async def test_with_redis_away_nobody_is_let_on(pending: RedisPendingLogins):
    async with Redis(host="127.0.0.1", port=9, socket_connect_timeout=0.5, retry=None) as nowhere:
        away = RedisPendingLogins(nowhere, pending.keys)

        with pytest.raises(Unavailable):
            await away.put("state", PENDING)
        with pytest.raises(Unavailable):
            await away.take("state")
