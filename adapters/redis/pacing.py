"""Who may send now, agreed between all workers: one Lua call looks at connection and contact together."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.redis.keys import Keys
from application.companies.ports import Connections
from application.delivery.ports import NO_NUMBER, Letter
from domain.delivery.pacing import CONTACT_PACE, REPLY_PACE, Pace, pace_of_connection

# The clock is the server's, so that workers on different machines agree. Whoever has to wait for the connection alone is
# given the next turn that is free and keeps it under the last key: a crowd that was only told to come back would come
# back all at once, and again for each that went. Who waits for their contact keeps none: that would use up a turn that
# others could have. Times in milliseconds.
TAKE: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local kept = tonumber(redis.call('GET', KEYS[#KEYS]))
if kept then
  if kept > now then return math.ceil(kept - now) end
  redis.call('DEL', KEYS[#KEYS])
  return 0
end
local waits, clear = {}, {}
for i = 1, #KEYS - 1 do
  local interval, tolerance = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  clear[i] = math.max(tonumber(redis.call('GET', KEYS[i]) or now), now)
  waits[i] = math.max(clear[i] - now - tolerance, 0)
  clear[i] = clear[i] + interval
end
local keeps = waits[2] == 0 and ARGV[#ARGV] == '1'
if waits[1] > 0 and keeps then
  redis.call('SET', KEYS[#KEYS], string.format('%.0f', now + waits[1]), 'PX', math.ceil(waits[1]) + 60000)
elseif math.max(waits[1], waits[2]) > 0 then
  return math.ceil(math.max(waits[1], waits[2]))
end
for i = 1, #KEYS - 1 do
  redis.call('SET', KEYS[i], string.format('%.0f', clear[i]), 'PX', math.ceil(clear[i] - now) + 1)
end
return math.ceil(waits[1])
"""

PATIENCE: Final = 0.5  # seconds; a call takes well under a millisecond, redis-py's own retries go on and on
REMEMBERED: Final = 10_000  # addresses the stand-in keeps before it drops those that are clear again


@dataclass(slots=True)
class LocalPacing:
    """The same rule, for this process only."""

    now: Callable[[], float] = time.monotonic
    clear_at: dict[str, float] = field(default_factory=dict)

    def wait(self, paces: dict[str, Pace]) -> float:
        now = self.now()
        longest = max(pace.wait(self.clear_at.get(key, now), now) for key, pace in paces.items())
        if longest == 0:
            self.clear_at |= {key: pace.after(self.clear_at.get(key, now), now) for key, pace in paces.items()}
            self._forget(now)
        return longest

    def _forget(self, now: float) -> None:
        if len(self.clear_at) > REMEMBERED:
            self.clear_at = {key: clear for key, clear in self.clear_at.items() if clear > now}


@dataclass(frozen=True, slots=True)
class RedisPacing:
    """Reserves a turn for one letter, or says how long to wait.

    Without Redis each process keeps the pace by itself: too fast by the number of workers while it lasts, but
    neither silent nor without any pace.
    """

    redis: Redis
    keys: Keys
    connections: Connections
    of_connection: Pace = REPLY_PACE
    of_contact: Pace = CONTACT_PACE
    alone: LocalPacing = field(default_factory=LocalPacing)

    async def wait(self, letter: Letter) -> float:
        """Seconds to wait; 0 means the turn is taken and the letter may go."""
        connection = await self.connections.get(letter.connection)
        if connection is None:
            return 0.0  # the channel says what is wrong with it
        paces = {
            self.keys.pace_of_connection(letter.tenant, letter.connection): pace_of_connection(
                connection.sends_per_minute, connection.dialect, self.of_connection
            ),
            self.keys.pace_of_contact(letter.tenant, letter.connection, letter.to): self.of_contact,
        }
        figures = [round(each * 1000) for pace in paces.values() for each in (pace.interval, pace.tolerance)]
        turn = self.keys.turn_of_letter(letter.tenant, letter.connection, letter.number)
        numbered = int(letter.number != NO_NUMBER)
        try:
            async with asyncio.timeout(PATIENCE):
                waiting = await self.redis.eval(TAKE, len(paces) + 1, *paces, turn, *figures, numbered)
        except (RedisError, OSError):
            return self.alone.wait(paces)
        return int(waiting) / 1000
