"""Keeps each pool's workers on this machine: as many as its load asks for, none where no company is left.

Who is wanted where is read in PostgreSQL every second, so a company that was given workers of its own gets them within
seconds, and they leave, when they have finished what they hold, once it is moved back.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from adapters.postgres.pool import build_pool
from adapters.postgres.pools import PostgresPools
from domain.provisioning.pools import SHARED
from domain.provisioning.workforce import Crew, Load, Policy, next_crew
from domain.shared.errors import Unavailable
from secretaria.embedded.child import Program
from secretaria.settings import Settings
from secretaria.supervisor import Supervisor

GRACE_SECONDS: Final = 5.0
"""On top of what a worker takes to drain."""

WORKER: Final = "worker"
PATIENCE: Final = 3.0


class PoolWatch:
    """Asks about the pools for a program that has no event loop of its own; connects at the first question."""

    def __init__(self, url: str) -> None:
        self._runner = asyncio.Runner()
        self._pool = self._runner.run(build_pool(url, size=1, name="secretaria supervise"))

    def __call__(self) -> Mapping[str, Load]:
        """Raises Unavailable, soon."""

        async def ask() -> Mapping[str, Load]:
            async with asyncio.timeout(PATIENCE):
                return await PostgresPools(self._pool).loads()

        try:
            return self._runner.run(ask())
        except TimeoutError:
            raise Unavailable("PostgreSQL did not answer in time") from None

    def close(self) -> None:
        self._pool.terminate()
        self._runner.close()


@dataclass(slots=True)
class Workforce:
    """`program` says how the worker of that name is started for that pool; with `only`, other pools are others' business."""

    supervisor: Supervisor
    program: Callable[[str, str], Program]
    loads: Callable[[], Mapping[str, Load]]
    policy: Policy
    drain_seconds: float
    look_seconds: float = 1.0
    only: frozenset[str] | None = None
    crews: dict[str, Crew] = field(default_factory=dict)
    hired: dict[str, str] = field(default_factory=dict)
    """A worker's name -> its pool."""
    _looked_at: float = float("-inf")
    _blind: bool = False

    def look(self) -> None:
        """At most every `look_seconds`. While PostgreSQL is away, everything stays as it is."""
        now = time.monotonic()
        if now - self._looked_at < self.look_seconds:
            return
        self._looked_at = now
        loads = self._read()
        if loads is None:
            self.crews = self.crews or {pool: Crew(self.policy.least, now) for pool in self.only or {SHARED}}
        else:
            self._plan(loads, now)
        self._carry_out()

    @property
    def names(self) -> list[str]:
        """Of all workers, those on their way out too."""
        return list(self.hired)

    def stop(self, *, seconds: float) -> None:
        self.supervisor.stop(self.names, seconds=seconds)

    def _read(self) -> Mapping[str, Load] | None:
        try:
            loads = self.loads()
        except Unavailable as away:
            if not self._blind:
                self.supervisor.say(f"the pools cannot be read ({away}); their workers stay as they are")
            self._blind = True
            return None
        self._blind = False
        wanted = self.only or {*loads, SHARED}
        return {pool: loads.get(pool, Load()) for pool in wanted if pool == SHARED or pool in loads}

    def _plan(self, loads: Mapping[str, Load], now: float) -> None:
        self.crews = {
            pool: next_crew(self.crews.get(pool) or Crew(self.policy.least, now), load, self.policy, now)
            for pool, load in loads.items()
        }

    def _carry_out(self) -> None:
        still_here = {*self.supervisor.kept, *self.supervisor.leaving}
        self.hired = {name: pool for name, pool in self.hired.items() if name in still_here}
        for pool in {*self.crews, *self.hired.values()}:
            at_work = [name for name, of in self.hired.items() if of == pool and name in self.supervisor.kept]
            wanted = self.crews[pool].size if pool in self.crews else 0
            for name in at_work[wanted:]:
                self.supervisor.say(f"{name} goes when it has finished; {wanted} stay in pool {pool}")
                self.supervisor.let_go(name, seconds=self.drain_seconds + GRACE_SECONDS)
            for place in range(len(at_work) + 1, wanted + 1):
                self._hire(pool, f"{place} of {wanted} in pool {pool}")

    def _hire(self, pool: str, place: str) -> None:
        """Under the first name that nobody has: also not one who is still on the way out."""
        names = (name_of(pool, number) for number in count(1))
        name = next(name for name in names if name not in self.hired)
        self.supervisor.say(f"{name} begins: {place}")
        self.supervisor.keep(self.program(name, pool))
        self.hired[name] = pool


def workforce(
    settings: Settings,
    supervisor: Supervisor,
    program: Callable[[str, str], Program],
    loads: Callable[[], Mapping[str, Load]],
    *,
    only: frozenset[str] | None = None,
) -> Workforce:
    """As the settings say."""
    wanted = settings.supervise
    policy = Policy(
        least=wanted.least,
        most=wanted.most,
        late=wanted.late_seconds,
        calm_for=wanted.calm_seconds,
        pause=wanted.pause_seconds,
        in_hand=max(settings.worker.slots // 2, 1),
    )
    drain = settings.worker.drain_seconds
    return Workforce(supervisor, program, loads, policy, drain, look_seconds=wanted.look_seconds, only=only)


def name_of(pool: str, number: int) -> str:
    """worker, worker.2, worker@tenant_7, worker@tenant_7.2."""
    return WORKER + ("" if pool == SHARED else f"@{pool}") + (f".{number}" if number > 1 else "")
