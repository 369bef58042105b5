"""The queue on real servers: a migrated database with two companies, a Redis namespace of its own, relay and worker at hand."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from dramatiq import actor
from redis.asyncio import Redis

from adapters.postgres.lanes import Lanes
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.migrations import migrate
from adapters.postgres.places import PostgresPlaces
from adapters.postgres.pool import Pool, build_pool
from adapters.postgres.work import PostgresWorkshop
from adapters.queue.broker import AsyncActor, RingBroker
from adapters.queue.doorbell import Doormat
from adapters.queue.hands import OwnHands
from adapters.queue.leases import Leases
from adapters.queue.relay import Flow, Relay
from adapters.queue.ring import Ring
from adapters.queue.worker import Capacity, QueueWorker
from application.shared.ports import Job
from domain.shared.ids import TenantId

LEASE = timedelta(seconds=8)


@dataclass
class Queue:
    """All parts of the queue, over one database and one namespace."""

    pool: Pool
    open_work: PostgresWorkshop
    ledger: PostgresLedger
    ring: Ring
    redis: Redis
    namespace: str
    tenants: tuple[TenantId, TenantId]

    def broker(self, actors: Mapping[str, AsyncActor]) -> RingBroker:
        broker = RingBroker(self.ring)
        for name, function in actors.items():
            actor(function, broker=broker, actor_name=name)
        return broker

    async def add(self, tenant: TenantId, job: Job) -> None:
        async with self.open_work(tenant) as work:
            await work.jobs.add(job)
            await work.commit()

    def relay(self, *, queue_limit: int = 1000, per_tenant: int = 32) -> Relay:
        flow = Flow(queue_limit=queue_limit, per_tenant=per_tenant, poll_seconds=0.02)
        return Relay(RingBroker(self.ring), self.ledger, Doormat(self.redis, self.namespace), flow)

    def worker(self, actors: Mapping[str, AsyncActor], *, slots: int = 64, per_tenant: int = 32) -> QueueWorker:
        capacity = Capacity(slots=slots, per_tenant=per_tenant, renew_seconds=0.5, drain_seconds=5)
        leases, hands = Leases(LEASE.total_seconds()), OwnHands("w1", lease_seconds=LEASE.total_seconds())
        return QueueWorker(self.broker(actors), self.ledger, leases, capacity, pool="shared", hands=hands)

    @asynccontextmanager
    async def at_work(self, worker: QueueWorker, relay: Relay | None = None) -> AsyncIterator[None]:
        stop = asyncio.Event()
        tasks = [asyncio.create_task(worker.run(stop)), asyncio.create_task((relay or self.relay()).run(stop))]
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait_for(asyncio.gather(*tasks), timeout=15)

    async def jobs(self, columns: str = "id, state, failures") -> list[dict[str, object]]:
        rows = await self.pool.fetch(f"select {columns} from public.jobs order by id")
        return [dict(row) for row in rows]

    async def settled(self, *, seconds: float = 15) -> None:
        """Until no job is left to do."""
        async with asyncio.timeout(seconds):
            while await self.pool.fetchval("select exists (select from public.jobs where state <> 'dead')"):
                await asyncio.sleep(0.02)


@pytest.fixture
async def queue(database: str, redis_url: str) -> AsyncIterator[Queue]:
    await migrate(database)
    pool = await build_pool(database, size=8, name="tests")
    redis = Redis.from_url(redis_url, socket_timeout=5)
    namespace = f"t{secrets.token_hex(4)}"
    places = PostgresPlaces(pool)
    tenants = []
    for name in ("a", "b"):
        tenant = TenantId(
            await pool.fetchval(
                "insert into public.tenants (name, slug, state) values ($1, $1, 'active') returning id", name
            )
        )
        await places.make(tenant)
        tenants.append(tenant)
    yield Queue(
        pool=pool,
        open_work=PostgresWorkshop(Lanes([pool]), urlsplit(database).path.lstrip("/")),
        ledger=PostgresLedger(pool, lease=LEASE, give_up={"test.poison": "test.mourn"}),
        ring=Ring(redis, namespace),
        redis=redis,
        namespace=namespace,
        tenants=(tenants[0], tenants[1]),
    )
    await redis.aclose()
    await pool.close()
