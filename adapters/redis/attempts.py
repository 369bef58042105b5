"""How often something secret may be guessed at: per account from one network, per account, per network, and in all.

The account's own limit is wide and the one per network narrow, so that a stranger uses up his own tries and not those of the
person he is after. Nothing is locked for good: tries come back evenly. A try that turns out right is given back, and one that
is over any limit counts for nothing. Unlike the webhooks' limits this door stays shut while Redis is away.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.redis.keys import PlatformKeys, digest
from adapters.redis.rate_limits import TAKE, Limit, network_of
from adapters.telemetry import metrics
from application.access.proofs import Guessed
from domain.shared.errors import TooOften, Unavailable

PATIENCE: Final = 2.0

WHOLE: Final = Limit(1_200, 60.0)
"""All of them, whoever tries: hashing is dear, and mail servers shut out who writes too much."""

GIVE_BACK: Final = """
for i, key in ipairs(KEYS) do
  local paid = redis.call('GET', key)
  if paid then
    redis.call('SET', key, string.format('%.3f', tonumber(paid) - tonumber(ARGV[i])), 'KEEPTTL')
  end
end
"""


@dataclass(frozen=True, slots=True)
class Tries:
    """In the order in which they are asked: the narrowest first."""

    here: Limit
    account: Limit
    network: Limit

    def all(self) -> tuple[Limit, ...]:
        return self.here, self.account, self.network, WHOLE


TRIES: Final[Mapping[Guessed, Tries]] = {
    Guessed.PASSWORD: Tries(here=Limit(10, 900.0), account=Limit(100, 3_600.0), network=Limit(30, 300.0)),
    Guessed.CODE: Tries(here=Limit(6, 900.0), account=Limit(20, 3_600.0), network=Limit(30, 300.0)),
    Guessed.SIGN_ON: Tries(here=Limit(60, 300.0), account=Limit(600, 300.0), network=Limit(120, 300.0)),
    Guessed.LETTER: Tries(here=Limit(3, 1_800.0), account=Limit(6, 3_600.0), network=Limit(10, 1_800.0)),
}
"""Chatwoot's and PyPI's figures, moved to where a clinic behind one address can still mistype. A code has a million values."""


@dataclass(frozen=True, slots=True)
class RedisAttempts:
    """Implements application.access.proofs.Attempts."""

    redis: Redis
    keys: PlatformKeys
    pepper: bytes = field(default=b"", repr=False)
    tries: Mapping[Guessed, Tries] = field(default_factory=lambda: TRIES)

    async def take(self, what: Guessed, who: str, ip: str) -> None:
        limits = self.tries[what].all()
        figures = [each for limit in limits for each in (limit.interval_ms, limit.seconds * 1000)]
        try:
            async with asyncio.timeout(PATIENCE):
                hit = int(await self.redis.eval(TAKE, len(limits), *self._keys(what, who, ip), *figures))
        except (RedisError, OSError) as error:
            raise Unavailable("Redis did not answer") from error
        if hit:
            metrics.ATTEMPTS_REFUSED.labels(what=str(what), by=("here", "account", "network", "all")[hit - 1]).inc()
            raise TooOften("too many tries; wait a little", retry_after=limits[hit - 1].interval_ms / 1000)

    async def give_back(self, what: Guessed, who: str, ip: str) -> None:
        limits = self.tries[what].all()
        figures = [limit.interval_ms for limit in limits]
        with contextlib.suppress(RedisError, OSError):
            async with asyncio.timeout(PATIENCE):
                await self.redis.eval(GIVE_BACK, len(limits), *self._keys(what, who, ip), *figures)

    def _keys(self, what: Guessed, who: str, ip: str) -> list[str]:
        person, network = digest(who, self.pepper), digest(network_of(ip), self.pepper)
        return [
            self.keys.attempts(what, "here", person, network),
            self.keys.attempts(what, "account", person),
            self.keys.attempts(what, "network", network),
            self.keys.attempts(what, "all"),
        ]
