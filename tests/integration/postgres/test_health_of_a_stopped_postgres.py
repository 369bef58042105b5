"""A PostgreSQL that is stopped, not gone: the health check says so in time, and sees it come back."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Sequence

import psutil

from adapters.http.health import Health
from adapters.postgres.pool import Pool
from application.provisioning.workers import Heartbeat


async def well() -> None:
    return None


async def one_worker() -> Sequence[Heartbeat]:
    return [Heartbeat(id="w1", pool="shared", slots=8, in_flight=0, version="1", started="2026-11-01T12:00:00Z")]


async def test_a_stopped_postgres_is_told_in_time_and_seen_to_return(pool: Pool) -> None:
    async def select_one() -> None:
        async with pool.acquire() as connection:
            await connection.execute("select 1")

    health = Health(select_one, well, one_worker, window=0.3, fresh_for=0.0)
    assert (await health.report()).ok
    async with pool.acquire() as connection:
        backends = await connection.fetch("select pid from pg_stat_activity where application_name like 'tests%'")
    pids = [row["pid"] for row in backends]
    pids.append(psutil.Process(pids[0]).ppid())  # the postmaster, which would let new connections in

    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        since = time.monotonic()
        reports = [await health.report() for _ in range(4)]
        waited = time.monotonic() - since
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)

    assert [report.components["postgres"].ok for report in reports] == [False] * 4
    assert waited < 4 * 0.3 + 0.6

    async with asyncio.timeout(10):
        while True:
            if (await health.report()).ok:
                break
            await asyncio.sleep(0.01)
