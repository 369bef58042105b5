"""A doorbell, not a letter box: tells the relay that something is due, so that it need not wait for its next look."""

from __future__ import annotations

import asyncio
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError


class Doorbell:
    """Rings at most once at a time for each process; a ring that fails is made good by the relay's own looking."""

    def __init__(self, client: Redis, namespace: str) -> None:
        self._client = client
        self._channel = f"{namespace}:bell:relay"
        self._ringing: asyncio.Task[None] | None = None
        self._again = False

    def ring(self) -> None:
        """Never waits and never raises."""
        if self._ringing is None or self._ringing.done():
            self._ringing = asyncio.create_task(self._ring())
        else:
            self._again = True

    async def _ring(self) -> None:
        while True:
            self._again = False
            try:
                await self._client.publish(self._channel, b"1")
            except (RedisError, OSError):
                return
            if not self._again:
                return


class Doormat:
    """Where the relay listens."""

    def __init__(self, client: Redis, namespace: str) -> None:
        self._pubsub: Any = client.pubsub(ignore_subscribe_messages=True)
        self._channel = f"{namespace}:bell:relay"
        self._subscribed = False

    async def listen(self, seconds: float) -> None:
        """Until the bell rings or the time is over. However often it rang meanwhile, that is one ring.

        Raises RedisError when Redis is away.
        """
        if not self._subscribed:
            await self._pubsub.subscribe(self._channel)
            self._subscribed = True
        rang = await self._pubsub.get_message(timeout=seconds)
        while rang is not None:
            rang = await self._pubsub.get_message(timeout=0)

    async def close(self) -> None:
        await self._pubsub.aclose()
