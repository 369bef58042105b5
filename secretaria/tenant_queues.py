"""What Redis holds of one company: its queue, and every other key of it."""

from __future__ import annotations

from dataclasses import dataclass

from redis.exceptions import RedisError

from adapters.queue.ring import Ring
from adapters.redis.tenant_keys import RedisTenantKeys
from domain.shared.errors import Unavailable
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class TenantQueues:
    """Implements application.provisioning.ports.Queues and FreshQueues."""

    ring: Ring
    keys: RedisTenantKeys

    async def forget(self, tenant: TenantId) -> None:
        """Raises Unavailable."""
        await self.empty_queue(tenant)
        await self.empty_namespace(tenant)

    async def empty_queue(self, tenant: TenantId) -> None:
        """Raises Unavailable."""
        try:
            await self.ring.forget(f"tenant_{tenant}")
        except (RedisError, OSError) as error:
            raise Unavailable("Redis did not answer") from error

    async def empty_namespace(self, tenant: TenantId) -> None:
        """Raises Unavailable."""
        await self.keys.forget(tenant)

    async def move(self, tenant: TenantId, pool: str) -> None:
        """Raises Unavailable."""
        try:
            await self.ring.move(f"tenant_{tenant}", pool)
        except (RedisError, OSError) as error:
            raise Unavailable("Redis did not answer; give the same command again") from error
