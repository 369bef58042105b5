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
from application.delivery.ports import Letter
from domain.delivery.pacing import CONTACT_PACE, REPLY_PACE, Pace, pace_of_connection

# The clock is the server's, so that workers on different machines agree. Nothing is written unless both may
# go: a message that has to wait for its contact must not use up the connection's turn. Times in milliseconds.
TAKE: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local longest = 0
local clear = {}
for i, key in ipairs(KEYS) do
  local interval, tolerance = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  clear[i] = math.max(tonumber(redis.call('GET', key) or now), now)
  longest = math.max(longest, clear[i] - now - tolerance)
  clear[i] = clear[i] + interval
end
if longest > 0 then return math.ceil(longest) end
for i, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%.0f', clear[i]), 'PX', math.ceil(clear[i] - now) + 1)
end
return 0
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
        try:
            async with asyncio.timeout(PATIENCE):
                waiting = await self.redis.eval(TAKE, len(paces), *paces, *figures)
        except (RedisError, OSError):
            return self.alone.wait(paces)
        return int(waiting) / 1000
