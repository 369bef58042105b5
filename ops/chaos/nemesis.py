"""Picks faults by seed and deals them: the same seed, the same blows at the same seconds.

The numbers F1-F13 are those of the fault list the system was designed against. Each kind is dealt once before
any is dealt again, so a short run sees as many kinds as it has room for.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from ops.chaos.journal import Blow, Journal
from ops.chaos.points import API_POINTS, WORKER_POINTS


class Kind(StrEnum):
    KILL_WORKER = "F1 kill -9"
    KILL_WORKER_AT = "F1 kill -9 at a point"
    KILL_RELAY = "F1 kill -9 of a relay"
    KILL_API = "F2 kill -9"
    KILL_API_AT = "F2 kill -9 between commit and 202"
    REDIS_KILLED = "F3 redis killed, AOF kept"
    REDIS_LOST = "F3 redis killed, AOF lost"
    REDIS_FLUSHED = "F3 FLUSHALL"
    PAUSE_REDIS = "F4 SIGSTOP of redis"
    PAUSE_POSTGRES = "F4 SIGSTOP of postgres"
    PAUSE_WORKER = "F5 SIGSTOP past the lease"
    POSTGRES_RESTART = "F6 postgres restarted at once"
    CONNECTIONS_CUT = "F6 pg_terminate_backend"
    REPLAY = "F11 duplicates and replays"
    POISON = "F12 poison message"
    TERMINATE = "F13 SIGTERM"


LEASE_SECONDS: Final = 8.0
LONGEST_PAUSE: Final = 30.0
CALM_AT_FIRST: Final = 2.0
PARTS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.KILL_WORKER: ("worker-1", "worker-2"),
    Kind.KILL_RELAY: ("relay-1", "relay-2"),
    Kind.KILL_API: ("api",),
    Kind.REDIS_KILLED: ("redis",),
    Kind.REDIS_LOST: ("redis",),
    Kind.REDIS_FLUSHED: ("redis",),
    Kind.PAUSE_REDIS: ("redis",),
    Kind.PAUSE_POSTGRES: ("postgres",),
    Kind.PAUSE_WORKER: ("worker-1", "worker-2"),
    Kind.POSTGRES_RESTART: ("postgres",),
    Kind.CONNECTIONS_CUT: ("postgres",),
    Kind.REPLAY: ("webhook",),
    Kind.POISON: ("workers",),
    Kind.KILL_WORKER_AT: tuple(WORKER_POINTS),
    Kind.KILL_API_AT: tuple(API_POINTS),
    Kind.TERMINATE: ("worker-1", "worker-2", "relay-1", "relay-2", "api"),
}
ONCE: Final = frozenset({Kind.POISON})
"""A poison message crashes a worker six times over four minutes: a second one would only blur the first."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`at` counts from the start of the run. `pause` is how long a stopped process stays stopped."""

    at: float
    kind: Kind
    what: str
    pause: float = 0.0


def plan(seed: int, seconds: float, *, kinds: Sequence[Kind] = tuple(Kind)) -> tuple[Fault, ...]:
    """Every blow of a run. Pauses shrink with it, but a stop past the lease cannot: what does not fit is left out."""
    dice = random.Random(seed)
    longest, gap = min(LONGEST_PAUSE, seconds / 10), max(1.5, min(6.0, seconds / 20))
    faults: list[Fault] = []
    deck: list[Kind] = []
    at = CALM_AT_FIRST
    while at < seconds - CALM_AT_FIRST:
        if not deck:
            used = {fault.kind for fault in faults}
            deck = [kind for kind in kinds if not (kind in ONCE and kind in used)]
            dice.shuffle(deck)
        fault = draw(dice, deck.pop(), at, longest)
        if at + fault.pause > seconds - CALM_AT_FIRST:
            at += 0.01
            continue
        faults.append(fault)
        # others work on while a worker is stopped, so the next blow may fall then
        at += (0.0 if fault.kind is Kind.PAUSE_WORKER else fault.pause) + gap * dice.uniform(0.6, 1.4)
    return tuple(faults)


def draw(dice: random.Random, kind: Kind, at: float, longest: float) -> Fault:
    what = dice.choice(PARTS[kind])
    match kind:
        case Kind.PAUSE_WORKER:
            return Fault(at, kind, what, LEASE_SECONDS + dice.uniform(1.0, 4.0))
        case Kind.PAUSE_REDIS | Kind.PAUSE_POSTGRES:
            return Fault(at, kind, what, dice.uniform(longest / 3, longest))
        case _:
            return Fault(at, kind, what)


class Stage(Protocol):
    """The running system, as far as a nemesis can hurt it. Each returns when its cause is gone."""

    async def kill(self, part: str) -> None: ...
    async def kill_at(self, point: str) -> None: ...
    async def pause(self, part: str, seconds: float) -> None: ...
    async def terminate(self, part: str) -> None: ...
    async def restart_redis(self, *, keep: bool) -> None: ...
    async def flush_redis(self) -> None: ...
    async def restart_postgres(self) -> None: ...
    async def cut_connections(self) -> None: ...
    async def replay(self) -> None: ...
    async def poison(self) -> None: ...


DEALT: Final[Mapping[Kind, Callable[[Stage, Fault], Awaitable[None]]]] = {
    Kind.KILL_WORKER: lambda stage, fault: stage.kill(fault.what),
    Kind.KILL_WORKER_AT: lambda stage, fault: stage.kill_at(fault.what),
    Kind.KILL_RELAY: lambda stage, fault: stage.kill(fault.what),
    Kind.KILL_API: lambda stage, fault: stage.kill(fault.what),
    Kind.KILL_API_AT: lambda stage, fault: stage.kill_at(fault.what),
    Kind.REDIS_KILLED: lambda stage, _: stage.restart_redis(keep=True),
    Kind.REDIS_LOST: lambda stage, _: stage.restart_redis(keep=False),
    Kind.REDIS_FLUSHED: lambda stage, _: stage.flush_redis(),
    Kind.PAUSE_REDIS: lambda stage, fault: stage.pause(fault.what, fault.pause),
    Kind.PAUSE_POSTGRES: lambda stage, fault: stage.pause(fault.what, fault.pause),
    Kind.PAUSE_WORKER: lambda stage, fault: stage.pause(fault.what, fault.pause),
    Kind.POSTGRES_RESTART: lambda stage, _: stage.restart_postgres(),
    Kind.CONNECTIONS_CUT: lambda stage, _: stage.cut_connections(),
    Kind.REPLAY: lambda stage, _: stage.replay(),
    Kind.POISON: lambda stage, _: stage.poison(),
    Kind.TERMINATE: lambda stage, fault: stage.terminate(fault.what),
}

HEALS_LATER: Final = frozenset(
    {Kind.PAUSE_REDIS, Kind.PAUSE_POSTGRES, Kind.REDIS_KILLED, Kind.REDIS_LOST, Kind.POSTGRES_RESTART}
)
"""A server that recovers its files is not ours to hurry: recovery counts from when it answers again."""


@dataclass(frozen=True, slots=True)
class Nemesis:
    faults: Sequence[Fault]
    stage: Stage
    journal: Journal
    say: Callable[[str], None]

    async def run(self) -> None:
        """Deal every blow at its second; one that takes long does not hold up the next."""
        begun = asyncio.get_running_loop().time()
        async with asyncio.TaskGroup() as blows:
            for fault in self.faults:
                await asyncio.sleep(begun + fault.at - asyncio.get_running_loop().time())
                self.say(
                    f"{fault.at:6.1f} s  {fault.kind}: {fault.what}" + (f" {fault.pause:.0f} s" if fault.pause else "")
                )
                blows.create_task(self._deal(fault))

    async def _deal(self, fault: Fault) -> None:
        at = time.time()
        await DEALT[fault.kind](self.stage, fault)
        over = time.time() if fault.kind in HEALS_LATER else at
        self.journal.struck(Blow(fault.kind, fault.what, at, over))
