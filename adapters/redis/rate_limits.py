"""How much one telephone, one address of the internet and one company may send, asked in one Lua call.

GCRA rather than counters per window: one number per key, no burst of twice the limit where two windows meet,
and it forgets by itself when the debt is paid. A message that is over a limit counts for nothing else: the
flood of one contact must not use up what its company may receive.

The door stays open without Redis. A stopped Redis costs the first webhook 150 ms; for two seconds after that
nobody asks.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.redis.keys import Keys
from adapters.redis.round_trips import OwnDelayError, RoundTrips
from adapters.telemetry import log, metrics
from domain.shared.ids import TenantId

# Each key holds the moment (server's clock, milliseconds) at which its debt is paid. All are looked at before any is
# written; half an interval of tolerance keeps rounding from costing a message. Returns which was hit (0: none).
TAKE: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local paid = {}
for i, key in ipairs(KEYS) do
  local interval, window = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  paid[i] = math.max(tonumber(redis.call('GET', key) or now), now) + interval
  if paid[i] - now > window + interval / 2 then return i end
end
for i, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%.3f', paid[i]), 'PX', math.ceil(paid[i] - now) + 1)
end
return 0
"""

PATIENCE: Final = 0.15
ASSUMED_AWAY: Final = 2.0


@dataclass(frozen=True, slots=True)
class Limit:
    """`messages` at once, refilled evenly over `seconds`."""

    messages: int
    seconds: float

    @property
    def interval_ms(self) -> float:
        return self.seconds * 1000 / self.messages


@dataclass(frozen=True, slots=True)
class Limits:
    """None: no limit. An IP is usually a company's Whaticket, which speaks for all its contacts."""

    by_number: Limit | None = Limit(30, 60.0)
    by_ip: Limit | None = Limit(3000, 60.0)
    by_tenant: Limit | None = Limit(3000, 60.0)


@dataclass(slots=True)
class RedisRateLimits:
    """Implements application.shared.rate_limits.RateLimits."""

    redis: Redis
    keys: Keys
    limits: Limits = Limits()
    patience: float = PATIENCE
    now: Callable[[], float] = time.monotonic
    _ask_again: float | None = field(default=None, init=False)
    _trips: RoundTrips = field(init=False)

    def __post_init__(self) -> None:
        self._trips = RoundTrips(self.redis, TAKE, self.patience)

    async def hit(self, tenant: TenantId, *, number: str, ip: str) -> str | None:
        """Count one message: None, or which limit it exceeds: "number", "ip", "tenant". Never raises."""
        asked = self._asked(tenant, number, ip)
        if not asked:
            return None
        if self._is_away():
            metrics.RATE_LIMITS_AWAY.inc()
            return None
        which = await self._which(asked)
        if which:
            metrics.RATE_LIMITED.labels(by=which).inc()
        return which

    def _asked(self, tenant: TenantId, number: str, ip: str) -> list[tuple[str, str, Limit]]:
        of = self.keys
        every = (
            ("number", of.limit_of_number(tenant, number), self.limits.by_number),
            ("ip", of.limit_of_ip(tenant, network_of(ip)), self.limits.by_ip),
            ("tenant", of.limit_of_tenant(tenant), self.limits.by_tenant),
        )
        return [(by, key, limit) for by, key, limit in every if limit is not None]

    async def _which(self, asked: list[tuple[str, str, Limit]]) -> str | None:
        figures = [each for _, _, limit in asked for each in (limit.interval_ms, limit.seconds * 1000)]
        try:
            hit = await self._trips.call([key for _, key, _ in asked], figures)
        except OwnDelayError:  # under a flood our own loop answers late: no reason to stop limiting for seconds
            metrics.RATE_LIMITS_AWAY.inc()
            return None
        except (RedisError, OSError) as error:
            metrics.RATE_LIMITS_AWAY.inc()
            self._went_away(error)
            return None
        self._ask_again = None
        return asked[int(hit) - 1][0] if int(hit) else None

    def _is_away(self) -> bool:
        """While Redis is away, one message at a time finds out whether it came back; the others pass."""
        now = self.now()
        if self._ask_again is None:
            return False
        if now < self._ask_again:
            return True
        self._ask_again = now + self.patience
        return False

    def _went_away(self, error: Exception) -> None:
        if self._ask_again is None:
            log.warning("rate_limits.away", exception=error)
        self._ask_again = self.now() + ASSUMED_AWAY


@lru_cache(4096)
def network_of(ip: str) -> str:
    """An IPv6 customer has a whole /64 to send from; an unreadable address counts as one of its own."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return "unreadable"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(getattr(address, "ipv4_mapped", None) or address)
