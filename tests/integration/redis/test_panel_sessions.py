"""Panel logins kept in a real Valkey: found again by every worker, gone in time, never another company's."""

from __future__ import annotations

from redis.asyncio import Redis

from adapters.redis.keys import Keys
from adapters.redis.panel_sessions import RedisPanelSessions
from domain.shared.ids import ConnectionId, TenantId

CLINIC, SALON = TenantId(1), TenantId(2)
RECEPTION = ConnectionId("reception0000000000000")


async def test_a_login_is_found_again_until_its_time_is_up(redis: Redis) -> None:
    sessions = RedisPanelSessions(redis, Keys())

    await sessions.put(CLINIC, RECEPTION, "a.b.c", seconds=60)

    assert await sessions.get(CLINIC, RECEPTION) == "a.b.c"
    assert 0 < await redis.ttl(Keys().panel_session(CLINIC, RECEPTION)) <= 60


async def test_reads_alike_whether_the_client_decodes_or_not(redis: Redis, valkey_url: str) -> None:
    await RedisPanelSessions(redis, Keys()).put(CLINIC, RECEPTION, "a.b.c", seconds=60)

    decoding = Redis.from_url(valkey_url, decode_responses=True)
    found = await RedisPanelSessions(decoding, Keys()).get(CLINIC, RECEPTION)
    await decoding.aclose()

    assert found == "a.b.c"


async def test_another_company_finds_nothing(redis: Redis) -> None:
    sessions = RedisPanelSessions(redis, Keys())

    await sessions.put(CLINIC, RECEPTION, "a.b.c", seconds=60)

    assert await sessions.get(SALON, RECEPTION) is None


async def test_without_redis_every_look_up_misses_and_nothing_fails() -> None:
    nobody = Redis(host="127.0.0.1", port=1)
    sessions = RedisPanelSessions(nobody, Keys())

    await sessions.put(CLINIC, RECEPTION, "a.b.c", seconds=60)
    found = await sessions.get(CLINIC, RECEPTION)
    await nobody.aclose()

    assert found is None
