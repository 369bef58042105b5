"""Pools as they are this second: what waits in each, and who works there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from application.provisioning.workers import Heartbeat, Pools
from domain.provisioning.workforce import Load


@dataclass(frozen=True, slots=True)
class PoolView:
    name: str
    load: Load
    workers: Sequence[Heartbeat]


@dataclass(frozen=True, slots=True)
class LookAtWorkers:
    heard: Callable[[], Awaitable[Sequence[Heartbeat]]]
    pools: Pools

    async def __call__(self) -> Sequence[PoolView]:
        """Also pools that nobody is in any more, as long as somebody works there. Raises Unavailable."""
        heard, loads = await self.heard(), await self.pools.loads()
        names = sorted({*loads, *(worker.pool for worker in heard)})
        return [
            PoolView(
                name,
                loads.get(name, Load()),
                sorted((worker for worker in heard if worker.pool == name), key=lambda worker: worker.started),
            )
            for name in names
        ]
