"""What goes wrong in the month, at hours that the seed throws: calendars and a model away, processes killed, connections cut."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ops.chaos.month_ground import Ground

FROM_HOUR, TO_HOUR = 9, 18
EVERY_DAYS: Final = 1.0
"""One fault a day, some days two, some none."""

STRIKES_WITHIN: Final = 0.4
"""Seconds of the real clock: while the half hour is being lived through."""

CUT: Final = """
select pg_terminate_backend(pid) from pg_stat_activity
where backend_type = 'client backend' and application_name like 'secretaria worker%' and random() < 0.6
"""


class Fault(StrEnum):
    CALENDAR_AWAY = "calendar away"
    CALENDAR_LIMITED = "calendar over its limit"
    CALENDAR_ANSWERS_LOST = "calendar's answers lost"
    CALENDAR_TALKS_NONSENSE = "calendar talks nonsense"
    MODEL_AWAY = "model away"
    WORKER_KILLED = "worker killed"
    RELAY_KILLED = "relay killed"
    CONNECTIONS_CUT = "connections cut"


@dataclass(frozen=True, slots=True)
class Blow:
    at: datetime
    fault: Fault
    lasts: timedelta


def thrown(seed: int, first_day: datetime, days: int) -> list[Blow]:
    """The same blows for the same seed, in order."""
    dice = random.Random(f"faults {seed}")
    blows = []
    for _ in range(round(days * EVERY_DAYS)):
        minute = dice.randrange(FROM_HOUR * 60, TO_HOUR * 60)
        at = first_day + timedelta(days=dice.randrange(days), minutes=minute)
        lasts = timedelta(minutes=dice.choice((30, 60, 180)))
        blows.append(Blow(at, dice.choice(list(Fault)), lasts))
    return sorted(blows, key=lambda blow: blow.at)


@dataclass(slots=True)
class Faults:
    """`each_step` strikes what is due and heals what is over."""

    ground: Ground
    waiting: list[Blow]
    dice: random.Random
    struck: list[Blow] = field(default_factory=list)
    _heals: list[tuple[datetime, Callable[[], Awaitable[None]]]] = field(default_factory=list)
    _going_on: set[asyncio.Task[None]] = field(default_factory=set)

    async def each_step(self, moment: datetime) -> None:
        for until, heal in [each for each in self._heals if each[0] <= moment]:
            self._heals.remove((until, heal))
            await heal()
        while self.waiting and self.waiting[0].at <= moment:
            blow = self.waiting.pop(0)
            self.struck.append(blow)
            await self._strikes()[blow.fault](moment + blow.lasts)

    def _strikes(self) -> Mapping[Fault, Callable[[datetime], Awaitable[None]]]:
        def calendar(kind: str, **more: object) -> Callable[[datetime], Awaitable[None]]:
            async def strike(until: datetime) -> None:
                await self.ground.calcom.fault(kind, **more)  # type: ignore[arg-type]
                self._heals.append((until, self.ground.calcom.heal))

            return strike

        return {
            Fault.CALENDAR_AWAY: calendar("status", status=503),
            Fault.CALENDAR_LIMITED: calendar("rate_limited", probability=0.3),
            Fault.CALENDAR_ANSWERS_LOST: calendar("lost_answer", probability=0.5),
            Fault.CALENDAR_TALKS_NONSENSE: calendar("bad_gateway", probability=0.5),
            Fault.MODEL_AWAY: self._model_away,
            Fault.WORKER_KILLED: lambda _: self._soon(lambda: self._kill("worker-1")),
            Fault.RELAY_KILLED: lambda _: self._soon(lambda: self._kill("relay-1")),
            Fault.CONNECTIONS_CUT: lambda _: self._soon(self._cut),
        }

    async def _model_away(self, until: datetime) -> None:
        await self.ground.gemini.plant("internal")
        self._heals.append((until, self.ground.gemini.clear_faults))

    async def _kill(self, name: str) -> None:
        self.ground.supervisor.kill(name)

    async def _cut(self) -> None:
        await self.ground.postgres.execute(CUT)

    async def _soon(self, strike: Callable[[], Awaitable[None]]) -> None:
        """In the middle of what is done at this hour, not before it."""

        async def later() -> None:
            await asyncio.sleep(self.dice.random() * STRIKES_WITHIN)
            await strike()

        task = asyncio.ensure_future(later())
        self._going_on.add(task)
        task.add_done_callback(self._going_on.discard)
