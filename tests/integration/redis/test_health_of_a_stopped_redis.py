"""A Redis that is stopped, not gone: the health check says so in time, and sees it come back."""

from __future__ import annotations

import asyncio
import os
import signal
import time

from redis.asyncio import Redis

from adapters.http.health import Health
from adapters.redis.heartbeats import Heartbeats
from adapters.redis.keys import PlatformKeys
from application.provisioning.workers import Heartbeat

WORKER = Heartbeat(id="ana", pool="shared", slots=1, in_flight=0, version="0", started="2026-01-02T03:04:05Z")


async def well() -> None:
    return None


async def test_a_stopped_redis_is_told_in_time_without_a_pile_up_and_seen_to_return(redis: Redis) -> None:
    heartbeats = Heartbeats(redis, PlatformKeys("health"))
    await heartbeats.beat(WORKER)
    health = Health(well, redis.ping, heartbeats.heard, window=0.3, fresh_for=0.0)
    assert (await health.report()).ok
    pid = (await redis.info("server"))["process_id"]
    before = len(await redis.client_list())

    os.kill(pid, signal.SIGSTOP)
    try:
        since = time.monotonic()
        reports = [await health.report() for _ in range(4)]
        waited = time.monotonic() - since
    finally:
        os.kill(pid, signal.SIGCONT)

    for report in reports:
        found = {name: finding.ok for name, finding in report.components.items()}
        assert found == {"postgres": True, "redis": False, "workers": False}
    assert waited < 4 * 0.3 + 0.6
    assert len(await redis.client_list()) <= before + 2 * len(reports)

    async with asyncio.timeout(10):
        while True:
            if (await health.report()).ok:
                break
            await asyncio.sleep(0.01)
