"""Logins that went to a company's identity provider and have not come back: ten minutes, and each comes back once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec
from redis.asyncio import Redis

from adapters.redis.keys import PlatformKeys, digest
from adapters.redis.sessions import answering
from application.access.sign_on import Pending

SECONDS: Final = 600


@dataclass(frozen=True, slots=True)
class RedisPendingLogins:
    """Implements application.access.sign_on.PendingLogins."""

    redis: Redis
    keys: PlatformKeys

    async def put(self, state: str, pending: Pending) -> None:
        async with answering():
            await self.redis.set(self.keys.pending_login(digest(state)), msgspec.json.encode(pending), ex=SECONDS)

    async def take(self, state: str) -> Pending | None:
        async with answering():
            kept = await self.redis.getdel(self.keys.pending_login(digest(state)))
        return None if kept is None else msgspec.json.decode(kept, type=Pending)
