"""Who may send now, agreed between all workers: one Lua call looks at connection and contact together."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.redis.keys import Keys
from application.companies.ports import Connections
from application.delivery.ports import NO_NUMBER, Letter
from domain.delivery.pacing import (
    CONTACT_PACE,
    REPLY_PACE,
    Pace,
    one_seconds_worth_at_once,
    pace_of_connection,
    pace_of_unasked,
)

LATE: Final = 600_000
"""Milliseconds that a turn is kept after it has come: busy workers are no reason to go to the end of the line again."""

# The clock is the server's, so that workers on different machines agree. Whoever has to wait for the connection alone is
# given the next turn that is free and keeps it under a key of its own: a crowd that was only told to come back would come
# back all at once, and again for each that went. Who waits for their contact keeps none: that would use up a turn that
# others could have. What is said unasked first takes a turn in a lane of its own, which is slower than the connection, and
# asks for one of the connection's only when that has come: a thousand reminders that wait are not before a reply, and one
# after the other they go all the same. Where workers stood still, many turns of that lane have passed when they come for
# them: what really leaves is held to the lane's pace once more. What had its turn in the lane and failed is not sent to the
# end of it, where a reminder of the next hour would come after those of three days: its turn is among those that leave.
# Times in milliseconds.
TAKE: Final = """
local LINE, CONTACT, LANE, LEFT, TURN, TURN_IN_LANE = 1, 2, 3, 4, 5, 6
local numbered, unasked, again = ARGV[#ARGV - 2] == '1', ARGV[#ARGV - 1] == '1', ARGV[#ARGV] == '1'
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local function kept(turn)
  local at = tonumber(redis.call('GET', KEYS[turn]))
  return at and math.max(math.ceil(at - now), 0)
end
local function keep(turn, wait)
  redis.call('SET', KEYS[turn], string.format('%.0f', now + wait), 'PX', math.ceil(wait) + {late})
end
local function room(bucket)
  local interval, tolerance = tonumber(ARGV[2 * bucket - 1]), tonumber(ARGV[2 * bucket])
  local clear = math.max(tonumber(redis.call('GET', KEYS[bucket]) or now), now)
  return math.ceil(math.max(clear - now - tolerance, 0)), clear + interval
end
local function fill(bucket, clear)
  redis.call('SET', KEYS[bucket], string.format('%.0f', clear), 'PX', math.ceil(clear - now) + 1)
end

local turn = kept(TURN)
if turn then
  if turn == 0 then redis.call('DEL', KEYS[TURN]) end
  return turn
end
local lane = again and LEFT or LANE
if unasked then
  local wait = kept(TURN_IN_LANE)
  if not wait then
    local clear
    wait, clear = room(lane)
    if wait == 0 or numbered then fill(lane, clear) end
    if numbered then keep(TURN_IN_LANE, wait) end
  end
  if wait > 0 then return wait end
end
local for_line, line = room(LINE)
local for_contact, contact = room(CONTACT)
if for_contact > 0 or (for_line > 0 and not numbered) then return math.max(for_line, for_contact) end
local wait = for_line
if unasked then
  if lane == LANE then
    local for_gap, left = room(LEFT)
    wait = math.max(for_line, for_gap)
    if wait > 0 and not numbered then return wait end
    fill(LEFT, left)
  end
  redis.call('DEL', KEYS[TURN_IN_LANE])
end
fill(LINE, line)
fill(CONTACT, contact)
if wait > 0 then keep(TURN, wait) end
return wait
""".replace("{late}", str(LATE))

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
        line = pace_of_connection(connection.sends_per_minute, connection.dialect, self.of_connection)
        paces = {
            self.keys.pace_of_connection(letter.tenant, letter.connection): line,
            self.keys.pace_of_contact(letter.tenant, letter.connection, letter.to): self.of_contact,
        }
        unasked = pace_of_unasked(line)
        lane = {self.keys.pace_of_unasked(letter.tenant, letter.connection): unasked}
        left = {self.keys.unasked_that_left(letter.tenant, letter.connection): one_seconds_worth_at_once(unasked)}
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._take(letter, paces | lane | left)
        except (RedisError, OSError):
            return self.alone.wait(paces | lane if letter.unasked else paces)

    async def _take(self, letter: Letter, paces: Mapping[str, Pace]) -> float:
        figures = [round(each * 1000) for pace in paces.values() for each in (pace.interval, pace.tolerance)]
        turns = [
            turn(letter.tenant, letter.connection, letter.number)
            for turn in (self.keys.turn_of_letter, self.keys.unasked_turn)
        ]
        flags = int(letter.number != NO_NUMBER), int(letter.unasked), int(letter.again)
        waiting = await self.redis.eval(TAKE, len(paces) + len(turns), *paces, *turns, *figures, *flags)
        return int(waiting) / 1000
