"""Forgets a company: every key that carries its number, whatever feature made it."""

from __future__ import annotations

import re
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.shared.errors import Unavailable
from domain.shared.ids import TenantId

PAGE: Final = 1_000


class RedisTenantKeys:
    """Walks the whole key space, page by page: for opening and closing companies, not for messages."""

    def __init__(self, client: Redis, namespace: str) -> None:
        self._client: Any = client
        self._namespace = namespace

    async def forget(self, tenant: TenantId) -> None:
        """Raises Unavailable."""
        prefix = re.sub(r"([*?\[\]\\^])", r"\\\1", self._namespace)
        try:
            async for key in self._client.scan_iter(match=f"{prefix}:{{tenant_{tenant}}}:*", count=PAGE):
                await self._client.unlink(key)
        except (RedisError, OSError) as error:
            raise Unavailable("Redis did not answer") from error
