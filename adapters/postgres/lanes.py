"""A company keeps to the same connection while it can, because PostgreSQL plans a statement anew for each change of schema.

A prepared statement's plan belongs to one search_path. On a connection that serves companies by turns, every statement is
analysed and planned again, which costs as much as running it: with eight busy companies, four of eleven milliseconds of
PostgreSQL's time for each message. It also keeps a company that floods mostly in its own lane.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from adapters.postgres.pool import Connection, Pool, build_pool, connected
from domain.shared.ids import TenantId

WORTH_WAITING_FOR: Final = 2
"""So many more in its own lane than in the emptiest: then a company goes there, and pays for the planning."""


@dataclass(slots=True)
class Lane:
    pool: Pool
    users: int = 0


class Lanes:
    """Pools of one connection each. Belongs to one event loop."""

    def __init__(self, pools: Sequence[Pool]) -> None:
        self._lanes = [Lane(pool) for pool in pools]

    @asynccontextmanager
    async def connected(self, tenant: TenantId) -> AsyncIterator[Connection]:
        """Raises DatabaseAway."""
        lane = self._lane_of(tenant)
        lane.users += 1
        try:
            async with connected(lane.pool) as connection:
                yield connection
        finally:
            lane.users -= 1

    def _lane_of(self, tenant: TenantId) -> Lane:
        own = self._lanes[tenant % len(self._lanes)]
        emptiest = min(self._lanes, key=lambda lane: lane.users)
        return own if own.users - emptiest.users < WORTH_WAITING_FOR else emptiest

    def terminate(self) -> None:
        for lane in self._lanes:
            lane.pool.terminate()


async def build_lanes(url: str, *, count: int, name: str) -> Lanes:
    """Connects on first use. Raises DatabaseAway."""
    return Lanes([await build_pool(url, size=1, name=name) for _ in range(count)])
