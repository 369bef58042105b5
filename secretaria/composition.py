"""The wiring, by hand and on one page: adapters are built, handed to use cases, and closed in reverse order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialWithJitterBackoff

from adapters.postgres.connections import PostgresConnections
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.pool import Pool, build_pool
from adapters.postgres.work import PostgresWorkshop
from adapters.queue import conversations, delivery, intake
from adapters.queue.broker import RingBroker
from adapters.queue.leases import Leases
from adapters.queue.ring import Ring
from adapters.redis.keys import Keys, PlatformKeys
from adapters.security.envelope import Envelopes
from secretaria.reactions import GIVE_UP
from secretaria.settings import Settings


def now() -> datetime:
    return datetime.now(UTC)
