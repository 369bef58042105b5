"""Whaticket panel logins that are still good, shared by all workers so that each company logs in rarely."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.redis.keys import Keys
from domain.shared.ids import ConnectionId, TenantId

PATIENCE: Final = 0.5  # seconds; a miss costs one login, waiting for Redis would cost the contact's time


@dataclass(frozen=True, slots=True)
class RedisPanelSessions:
    """A cache and nothing more: without Redis every look-up misses and the panel is asked to log in again."""

    redis: Redis
    keys: Keys

    async def get(self, tenant: TenantId, connection: ConnectionId) -> str | None:
        try:
            async with asyncio.timeout(PATIENCE):
                kept = await self.redis.get(self.keys.panel_session(tenant, connection))
        except (RedisError, OSError):
            return None
        return kept.decode() if isinstance(kept, bytes) else kept

    async def put(self, tenant: TenantId, connection: ConnectionId, token: str, *, seconds: int) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self.redis.set(self.keys.panel_session(tenant, connection), token, ex=seconds)
        except (RedisError, OSError):
            return
