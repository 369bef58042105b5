"""What the ports of keys, codes, letters and tries promise: our fakes, and PostgreSQL and Valkey."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from adapters.postgres.api_keys import PostgresApiKeys
from adapters.postgres.letter_tickets import PostgresLetterTickets
from adapters.postgres.migrations import migrate
from adapters.postgres.pool import build_pool
from adapters.postgres.second_factors import PostgresSecondFactors
from adapters.postgres.tenants import PostgresCompanies
from adapters.postgres.users import PostgresUsers
from adapters.redis.attempts import RedisAttempts, Tries
from adapters.redis.keys import PlatformKeys
from adapters.redis.rate_limits import Limit
from adapters.security.envelope import Envelopes
from adapters.security.master_keys import GivenMasterKeys
from application.access.proofs import ApiKeys, Guessed, LetterTicket, LetterTickets, Purpose, SecondFactors
from domain.access.api_key import ApiKey, ApiKeyNotFound
from domain.access.role import Permission, Role
from domain.access.user import Membership, User
from domain.companies.company import State
from domain.shared.errors import Refused, TooOften, Unavailable
from domain.shared.ids import TenantId, UserId
from tests.fakes.proofs import FakeApiKeys, FakeLetterTickets, FakeSecondFactors

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
OURS, CLOSED = TenantId(1), TenantId(2)
ANA = UserId(uuid4())


@dataclass
class Ports:
    keys: ApiKeys
    factors: SecondFactors
    tickets: LetterTickets


@pytest.fixture
async def ports(url: str | None) -> AsyncIterator[Ports]:
    """Company 2 is closed; Ana is known."""
    if url is None:
        yield Ports(FakeApiKeys(closed={CLOSED}), FakeSecondFactors(), FakeLetterTickets())
        return
    await migrate(url)
    pool = await build_pool(url, size=4, name="tests")
    companies = PostgresCompanies(pool)
    for slug in ("a", "b"):
        company = await companies.add(name=slug, slug=slug, time_zone="America/Sao_Paulo")
    await companies.save(replace(company, state=State.CLOSED))
    await PostgresUsers(pool).add(User(ANA, "ana@clinica.com.br", "Ana", (Membership(Role.OWNER, OURS),)))
    vault = Envelopes(GivenMasterKeys([os.urandom(32)]))
    yield Ports(PostgresApiKeys(pool), PostgresSecondFactors(pool, vault), PostgresLetterTickets(pool))
    await pool.close()


def a_key(company: TenantId | None = OURS, **changes: object) -> ApiKey:
    key = ApiKey(uuid4(), "n8n", f"sec_{secrets.token_hex(4)}", frozenset({Permission.HOME_READ}), NOW, company, ANA)
    return replace(key, **changes)


@pytest.mark.parametrize("company", [OURS, None])
async def test_a_key_is_known_by_its_digest_and_its_use_is_noted(ports: Ports, company: TenantId | None):
    key = a_key(company, expires_at=NOW + timedelta(days=1))
    await ports.keys.add(key, b"digest")

    assert await ports.keys.used(key.prefix, b"digest", NOW) == key
    assert await ports.keys.used(key.prefix, b"another", NOW) is None
    assert await ports.keys.used("sec_unknown1", b"digest", NOW) is None
    assert await ports.keys.of(company) == [replace(key, last_used_at=NOW)]


async def test_the_keys_of_a_closed_company_open_nothing(ports: Ports):
    key = a_key(CLOSED)
    await ports.keys.add(key, b"digest")

    assert await ports.keys.used(key.prefix, b"digest", NOW) is None


async def test_a_key_is_revoked_by_its_own_company_and_stays_so(ports: Ports):
    older, key = a_key(), a_key(created_at=NOW + timedelta(seconds=1))
    for each in (older, key):
        await ports.keys.add(each, b"d")

    for other in (CLOSED, None):
        with pytest.raises(ApiKeyNotFound):
            await ports.keys.revoke(other, key.id, NOW)
    await ports.keys.revoke(OURS, key.id, NOW)
    await ports.keys.revoke(OURS, key.id, NOW + timedelta(hours=1))

    assert await ports.keys.of(OURS) == [replace(key, revoked_at=NOW), older]


async def test_a_second_factor_is_in_use_once_it_is_confirmed(ports: Ports):
    assert await ports.factors.get(ANA) is None
    await ports.factors.propose(ANA, "FIRST")
    await ports.factors.propose(ANA, "SECOND")
    assert not await ports.factors.take_step(ANA, 5)

    assert await ports.factors.confirm(ANA, 5, [b"a", b"b"])
    assert not await ports.factors.confirm(ANA, 6, [b"c"])
    with pytest.raises(Refused):
        await ports.factors.propose(ANA, "THIRD")

    kept = await ports.factors.get(ANA)
    assert kept is not None
    assert (kept.secret, kept.confirmed, kept.last_step) == ("SECOND", True, 5)


async def test_no_code_and_nothing_older_is_taken_twice(ports: Ports):
    await ports.factors.propose(ANA, "S")
    await ports.factors.confirm(ANA, 5, [b"a", b"b"])

    assert [await ports.factors.take_step(ANA, step) for step in (5, 4, 7, 7, 6, 8)] == [
        False, False, True, False, False, True,
    ]  # fmt: skip
    assert [await ports.factors.take_recovery(ANA, each) for each in (b"a", b"a", b"x")] == [True, False, False]
    assert await ports.factors.recovery_left(ANA) == 1


async def test_a_code_taken_in_two_requests_at_once_counts_once(ports: Ports):
    await ports.factors.propose(ANA, "S")
    await ports.factors.confirm(ANA, 5, [b"a"])

    steps = await asyncio.gather(*(ports.factors.take_step(ANA, 6) for _ in range(4)))
    codes = await asyncio.gather(*(ports.factors.take_recovery(ANA, b"a") for _ in range(4)))

    assert (sum(steps), sum(codes)) == (1, 1)


async def test_a_second_factor_removed_leaves_nothing(ports: Ports):
    await ports.factors.propose(ANA, "S")
    await ports.factors.confirm(ANA, 5, [b"a"])

    await ports.factors.remove(ANA)

    assert await ports.factors.get(ANA) is None
    assert await ports.factors.recovery_left(ANA) == 0


def a_ticket(purpose: Purpose = Purpose.RESET) -> LetterTicket:
    return LetterTicket(ANA, purpose, "ana@clinica.com.br", NOW + timedelta(hours=1))


async def test_a_ticket_is_found_often_and_spent_once(ports: Ports):
    await ports.tickets.put(b"d", a_ticket())

    assert [await ports.tickets.find(b"d", NOW) for _ in range(2)] == [a_ticket()] * 2
    spent = await asyncio.gather(*(ports.tickets.spend(b"d", NOW) for _ in range(4)))
    assert [each for each in spent if each] == [a_ticket()]
    assert await ports.tickets.find(b"d", NOW) is None


async def test_letters_of_two_companies_do_not_take_each_others_place(ports: Ports):
    ours, theirs = (replace(a_ticket(Purpose.JOINING), company=TenantId(number)) for number in (1, 2))
    await ports.tickets.put(b"ours", ours)
    await ports.tickets.put(b"theirs", theirs)
    assert [await ports.tickets.find(each, NOW) for each in (b"ours", b"theirs")] == [ours, theirs]

    await ports.tickets.put(b"newer", ours)
    assert await ports.tickets.find(b"ours", NOW) is None
    assert await ports.tickets.spend(b"newer", NOW) == ours


async def test_a_ticket_grows_old_and_a_newer_letter_takes_its_place(ports: Ports):
    await ports.tickets.put(b"old", a_ticket())
    await ports.tickets.put(b"other", a_ticket(Purpose.INVITATION))
    await ports.tickets.put(b"new", a_ticket())

    assert await ports.tickets.find(b"old", NOW) is None
    assert await ports.tickets.find(b"other", NOW) == a_ticket(Purpose.INVITATION)
    assert await ports.tickets.find(b"new", NOW + timedelta(hours=1)) is None
    assert await ports.tickets.spend(b"new", NOW + timedelta(hours=1)) is None


@pytest.fixture
async def attempts(redis_url: str) -> AsyncIterator[RedisAttempts]:
    tries = dict.fromkeys(Guessed, Tries(here=Limit(3, 900.0), account=Limit(6, 900.0), network=Limit(8, 900.0)))
    async with Redis.from_url(redis_url) as redis:
        yield RedisAttempts(redis, PlatformKeys(f"t{secrets.token_hex(4)}"), tries=tries)


async def taken(attempts: RedisAttempts, who: str, ip: str, times: int) -> int:
    """How many of so many tries were let through."""
    done = 0
    for _ in range(times):
        with contextlib.suppress(TooOften):
            await attempts.take(Guessed.PASSWORD, who, ip)
            done += 1
    return done


async def test_a_stranger_uses_up_his_own_tries_and_not_those_of_the_person(attempts: RedisAttempts):
    assert await taken(attempts, "ana", "192.0.2.1", 50) == 3
    with pytest.raises(TooOften) as refused:
        await attempts.take(Guessed.PASSWORD, "ana", "192.0.2.1")
    assert 0 < refused.value.retry_after <= 300
    assert await taken(attempts, "ana", "198.51.100.7", 1) == 1


async def test_many_networks_at_one_account_and_one_network_at_many_accounts_are_stopped(attempts: RedisAttempts):
    assert sum([await taken(attempts, "ana", f"192.0.2.{n}", 2) for n in range(10)]) == 6
    assert sum([await taken(attempts, f"u{n}", "203.0.113.1", 2) for n in range(10)]) == 8
    assert sum([await taken(attempts, f"v{n}", f"2001:db8::{n}", 2) for n in range(10)]) == 8


async def test_what_was_right_costs_nothing(attempts: RedisAttempts):
    for _ in range(20):
        assert await taken(attempts, "ana", "192.0.2.1", 1) == 1
        await attempts.give_back(Guessed.PASSWORD, "ana", "192.0.2.1")
    assert await taken(attempts, "ana", "192.0.2.1", 10) == 3


async def test_without_redis_nobody_guesses():
    async with Redis.from_url("redis://127.0.0.1:1") as redis:
        attempts = RedisAttempts(redis, PlatformKeys())
        with pytest.raises(Unavailable):
            await attempts.take(Guessed.PASSWORD, "ana", "192.0.2.1")
        await attempts.give_back(Guessed.PASSWORD, "ana", "192.0.2.1")
