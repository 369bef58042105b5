"""Which workers are alive: each says so every five seconds and is believed for fifteen.

One hash holds all beats, stamped by the server's clock, so that a worker with a wrong clock is neither dead
nor immortal.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.redis.keys import PlatformKeys
from application.provisioning.workers import Heartbeat
from domain.shared.errors import Unavailable

EVERY: Final = 5.0
BELIEVED_FOR: Final = 15.0
PATIENCE: Final = 2.0  # seconds for one beat: a stopped Redis must not hold the next one back

BEAT: Final = """
local now = tonumber(redis.call('TIME')[1])
redis.call('HSET', KEYS[1], ARGV[1], now .. ' ' .. ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3] * 4)
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local at = tonumber(string.match(all[i + 1], '^%d+'))
  if now - at > tonumber(ARGV[3]) then redis.call('HDEL', KEYS[1], all[i]) end
end
return now
"""

HEARD: Final = """
local now = tonumber(redis.call('TIME')[1])
local all, heard = redis.call('HGETALL', KEYS[1]), {}
for i = 1, #all, 2 do
  local at, beat = string.match(all[i + 1], '^(%d+) (.*)$')
  if now - tonumber(at) <= tonumber(ARGV[1]) then heard[#heard + 1] = beat end
end
return heard
"""


KNOWN: Final = frozenset(field.name for field in fields(Heartbeat))


@dataclass(frozen=True, slots=True)
class Heartbeats:
    redis: Redis
    keys: PlatformKeys

    async def beat(self, heartbeat: Heartbeat) -> None:
        """Raises RedisError, OSError or TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            said = json.dumps(asdict(heartbeat))
            await self.redis.eval(BEAT, 1, self.keys.workers(), heartbeat.id, said, int(BELIEVED_FOR))

    async def keep_beating(self, now: Callable[[], Heartbeat]) -> None:
        """Beat until cancelled, then take leave. A Redis that is away costs a beat and raises nothing."""
        last = now()
        try:
            while True:
                last = now()
                with contextlib.suppress(RedisError, OSError):
                    await self.beat(last)
                await asyncio.sleep(EVERY)
        finally:
            with contextlib.suppress(RedisError, OSError, asyncio.CancelledError):
                await self.leave(last.id)

    async def leave(self, worker: str) -> None:
        """A worker that stops in good order is not waited for. Raises RedisError, OSError or TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            await self.redis.hdel(self.keys.workers(), worker)

    async def heard(self) -> list[Heartbeat]:
        """Everyone believed alive now. Raises RedisError or OSError; the caller brings its own time-out."""
        beats = await self.redis.eval(HEARD, 1, self.keys.workers(), int(BELIEVED_FOR))
        return [_read(json.loads(beat)) for beat in beats]

    async def seen(self) -> list[Heartbeat]:
        """As `heard`, for pages. Raises Unavailable."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self.heard()
        except (RedisError, OSError) as error:  # TimeoutError is an OSError
            raise Unavailable("Redis did not answer") from error

    async def count(self) -> int:
        return len(await self.heard())


def _read(said: Mapping[str, Any]) -> Heartbeat:
    """A worker of another version may say more than we know, or less."""
    known = {name: value for name, value in said.items() if name in KNOWN}
    tenants = known.get("tenants")
    return Heartbeat(**known | {"tenants": None if tenants is None else tuple(tenants)})
