"""The wiring, by hand and on one page: adapters are built, handed to use cases, and closed in reverse order."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from urllib.parse import unquote, urlsplit

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from adapters.postgres.connections import PostgresConnections
from adapters.postgres.lanes import build_lanes
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.pool import Pool, build_pool
from adapters.postgres.work import PostgresWorkshop
from adapters.queue.broker import RingBroker
from adapters.queue.doorbell import Doorbell
from adapters.queue.ring import Ring
from adapters.redis.heartbeats import Heartbeats
from adapters.redis.keys import Keys, PlatformKeys
from adapters.security.envelope import Envelopes
from application.shared.ports import Clock
from application.shared.secrets import MasterKeys
from domain.assistant.limits import Limits
from secretaria.reactions import GIVE_UP
from secretaria.settings import Model, Settings
from secretaria.targets import Targets

REDIS_SECONDS = 5.0
"""Longer than any blocking call (the bell's two seconds); what must be quicker brings its own time-out."""

SHARED_CONNECTIONS = 6
"""For what belongs to no one company: webhooks, claims, leases. Kept apart, so that no crowd of transactions starves a lease."""


@dataclass(frozen=True, slots=True)
class Foundations:
    """What every process stands on. `clock` is what time it is for companies and their contacts; leases have the database's."""

    settings: Settings
    database_url: str
    pool: Pool
    redis: Redis
    keys: Keys
    broker: RingBroker
    master_keys: MasterKeys
    ledger: PostgresLedger
    vault: Envelopes
    connections: PostgresConnections
    heartbeats: Heartbeats
    open_work: PostgresWorkshop
    clock: Clock

    @property
    def steady(self) -> Callable[[], float]:
        """Seconds that only grow, for what is left alone a while: the machine's own, unless time passes by another clock."""
        return time.monotonic if self.clock is now else lambda: self.clock().timestamp()


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def lay_foundations(settings: Settings, *, name: str, clock: Clock = now) -> AsyncIterator[Foundations]:
    """Connects lazily: a process starts while its servers are away, and says so when it is asked for something.

    Another `clock` is for trying out in minutes what takes a month.
    """
    targets = Targets(settings)
    async with AsyncExitStack() as resources:
        url = targets.database_url
        pool = await build_pool(url, size=SHARED_CONNECTIONS, name=f"secretaria {name}")
        resources.callback(pool.terminate)
        lanes = await build_lanes(url, count=settings.database.pool_size, name=f"secretaria {name}")
        resources.callback(lanes.terminate)
        redis = build_redis(targets.redis_url)
        resources.push_async_callback(redis.aclose)
        namespace = settings.redis.namespace
        master_keys = targets.master_keys
        vault = Envelopes(master_keys)
        doorbell = Doorbell(redis, namespace)
        yield Foundations(
            settings=settings,
            database_url=url,
            pool=pool,
            redis=redis,
            keys=Keys(namespace, pepper=pepper_of(master_keys)),
            broker=RingBroker(Ring(redis, namespace)),
            master_keys=master_keys,
            ledger=PostgresLedger(pool, lease=timedelta(seconds=settings.worker.lease_seconds), give_up=GIVE_UP),
            vault=vault,
            connections=PostgresConnections(pool, vault),
            heartbeats=Heartbeats(redis, PlatformKeys(namespace)),
            open_work=PostgresWorkshop(lanes, database_name(url), on_jobs=doorbell.ring),
            clock=clock,
        )


def pepper_of(master_keys: MasterKeys) -> bytes:
    """What makes a telephone number's digest in a Redis key useless to somebody who only has the keys."""
    return blake2b(master_keys.current().bits, digest_size=32, person=b"redis keys").digest()


def build_redis(url: str) -> Redis:
    """No retries of its own: redis-py repeats scripts that may have run, and our loops come round again anyway."""
    return Redis.from_url(
        url,
        socket_timeout=REDIS_SECONDS,
        socket_connect_timeout=REDIS_SECONDS,
        max_connections=200,
        retry=Retry(NoBackoff(), 0),
    )


def limits_of(ai: Model) -> Limits:
    """How long an answer may take, shared between the two models."""
    return Limits(seconds=ai.deadline_seconds, main_seconds=min(ai.call_seconds, ai.deadline_seconds))


def database_name(url: str) -> str:
    return unquote(urlsplit(url).path.lstrip("/"))
