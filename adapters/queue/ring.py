"""One real queue per company, served through a ring so that each gets its turn however long the others' queues are.

The keys are laid out as Dramatiq's own Redis broker lays them out (`<ns>:tenant_7` lists ids, `<ns>:tenant_7.msgs` holds the
messages). Beside them stand a ring of queues for each pool of workers, a note of the pool in whose ring each queue is, and a
bell to wait at. Nothing here is leased, delayed or retried: the job's row in PostgreSQL is all that, so losing Redis loses
seconds, not work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from redis.asyncio import Redis

BELL_SECONDS: Final = 2
"""How long to wait at the bell in one call; shorter than the socket's own time-out."""

UNLIMITED: Final = 2**31
NOTHING: Final[Mapping[str, int]] = MappingProxyType({})

PUSH: Final = """
-- KEYS[1] namespace; ARGV: pool, queue, id, message, and again. A queue that is in another pool's ring moves to this one's:
-- its company has moved, and what lies in it must not wait for workers that may be gone.
local ns = KEYS[1]
for i = 1, #ARGV, 4 do
  local pool, queue, id = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  redis.call('hset', ns .. ':' .. queue .. '.msgs', id, ARGV[i + 3])
  redis.call('rpush', ns .. ':' .. queue, id)
  local ringed = redis.call('hget', ns .. ':rings', queue)
  if ringed ~= pool then
    if ringed then redis.call('lrem', ns .. ':ring:' .. ringed, 0, queue) end
    redis.call('hset', ns .. ':rings', queue, pool)
    redis.call('rpush', ns .. ':ring:' .. pool, queue)
  end
  if redis.call('llen', ns .. ':bell:' .. pool) < 64 then redis.call('rpush', ns .. ':bell:' .. pool, '1') end
end
"""

MOVE: Final = """
-- KEYS[1] namespace; ARGV: queue, pool
local ns, queue, pool = KEYS[1], ARGV[1], ARGV[2]
local ringed = redis.call('hget', ns .. ':rings', queue)
if not ringed or ringed == pool then return 0 end
redis.call('lrem', ns .. ':ring:' .. ringed, 0, queue)
redis.call('hset', ns .. ':rings', queue, pool)
redis.call('rpush', ns .. ':ring:' .. pool, queue)
redis.call('rpush', ns .. ':bell:' .. pool, '1')
return 1
"""

FETCH: Final = """
-- KEYS[1] namespace; ARGV: pool, how many, how many a queue may have at work, then queues and how many they have already.
-- One message of each queue in turn.
local ns, ring, wanted, most = KEYS[1], KEYS[1] .. ':ring:' .. ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local held = {}
for i = 4, #ARGV, 2 do held[ARGV[i]] = tonumber(ARGV[i + 1]) end
local out, passed = {}, 0
while #out < wanted and passed < redis.call('llen', ring) do
  local queue = redis.call('lpop', ring)
  if (held[queue] or 0) >= most then
    redis.call('rpush', ring, queue)
    passed = passed + 1
  else
    local list = ns .. ':' .. queue
    local id = redis.call('lpop', list)
    if id then
      local message = redis.call('hget', list .. '.msgs', id)
      redis.call('hdel', list .. '.msgs', id)
      if message then
        out[#out + 1] = message
        held[queue] = (held[queue] or 0) + 1
      end
      passed = 0
    end
    if redis.call('llen', list) > 0 then redis.call('rpush', ring, queue) else redis.call('hdel', ns .. ':rings', queue) end
  end
end
return out
"""

LENGTHS: Final = """
local out = {}
for _, queue in ipairs(redis.call('hkeys', KEYS[1] .. ':rings')) do
  out[#out + 1] = queue
  out[#out + 1] = redis.call('llen', KEYS[1] .. ':' .. queue)
end
return out
"""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message on its way to a queue that the workers of `pool` serve."""

    pool: str
    queue: str
    id: str
    message: bytes


class Ring:
    """Raises redis.RedisError when Redis is away; whoever calls decides how long to wait."""

    def __init__(self, client: Redis, namespace: str) -> None:
        self._client: Any = client
        self._namespace = namespace
        self._push = self._client.register_script(PUSH)
        self._fetch = self._client.register_script(FETCH)
        self._move = self._client.register_script(MOVE)
        self._lengths = self._client.register_script(LENGTHS)

    async def push(self, parcels: Iterable[Parcel]) -> None:
        args = [part for p in parcels for part in (p.pool, p.queue, p.id, p.message)]
        await self._push(keys=[self._namespace], args=args)

    async def fetch(
        self, pool: str, count: int, *, per_queue: int = UNLIMITED, held: Mapping[str, int] = NOTHING
    ) -> Sequence[bytes]:
        """Up to `count` messages, one of each queue in turn, until a queue has `per_queue`, those `held` included."""
        args = [pool, count, per_queue, *(part for each in held.items() for part in each)]
        messages: list[bytes] = await self._fetch(keys=[self._namespace], args=args)
        return messages

    async def lengths(self) -> Mapping[str, int]:
        """How many messages lie in each queue that has any."""
        flat: list[Any] = await self._lengths(keys=[self._namespace])
        return {flat[i].decode(): int(flat[i + 1]) for i in range(0, len(flat), 2)}

    async def wait(self, pool: str) -> bool:
        """Until something is pushed for the pool, or a little while has passed; True when the bell rang."""
        return await self._client.blpop([f"{self._namespace}:bell:{pool}"], timeout=BELL_SECONDS) is not None

    async def move(self, queue: str, pool: str) -> None:
        """Leave a queue to the workers of another pool, with all that lies in it."""
        await self._move(keys=[self._namespace], args=[queue, pool])

    async def forget(self, queue: str) -> None:
        """Remove a closed company's queue."""
        await self._client.hdel(f"{self._namespace}:rings", queue)
        await self._client.delete(f"{self._namespace}:{queue}", f"{self._namespace}:{queue}.msgs")
