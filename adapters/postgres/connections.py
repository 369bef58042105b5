"""Which company a webhook belongs to, and its secrets: asked for every message, so remembered for seconds."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from adapters.postgres.pool import DatabaseAway, Pool, connected
from adapters.postgres.remembered import Remembered
from adapters.postgres.sealed_lines import SELECT, opened, previous_lives
from application.shared.secrets import Vault
from domain.companies.connection import Connection
from domain.shared.ids import ConnectionId

STALE_SECONDS: Final = 5.0
LOOK_UP_SECONDS: Final = 3.0
MOST: Final = 10_000
ID: Final = re.compile(r"[0-9A-Za-z]{16,40}")
ACTIVE: Final = "where c.state = 'active' and t.state in ('active', 'suspended')"
"""A suspended company's messages are kept, and answered by one fixed text."""


@asynccontextmanager
async def in_time() -> AsyncIterator[None]:
    """A webhook waits for this: a database that hangs is said to be away while its sender still listens."""
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            yield
    except TimeoutError as error:
        raise DatabaseAway("the connection could not be looked up in time") from error


class PostgresConnections:
    """Active connections of companies that are active or suspended, at most five seconds stale. Belongs to one event loop.

    Raises DatabaseAway, and Unreadable or MasterKeyMissing when the secrets cannot be opened. None would be
    wrong there: it turns a true message away for good.
    """

    def __init__(self, pool: Pool, vault: Vault) -> None:
        self._pool = pool
        self._vault = vault
        self._by_id = Remembered(self._read, absent_seconds=STALE_SECONDS, most=MOST)
        self._alone = Remembered(self._read_only, absent_seconds=STALE_SECONDS, most=1)

    async def get(self, id: ConnectionId) -> Connection | None:
        return await self._by_id.get(id) if ID.fullmatch(id) else None

    async def only(self) -> Connection | None:
        return await self._alone.get("only")

    async def anew(self, id: ConnectionId | None) -> Connection | None:
        if id is None:
            return await self._alone.anew("only")
        return await self._by_id.anew(id) if ID.fullmatch(id) else None

    async def _read(self, line: ConnectionId) -> tuple[Connection, float] | None:
        async with in_time(), connected(self._pool) as postgres:
            row = await postgres.fetchrow(f"{SELECT} {ACTIVE} and c.id = $1", line)
        return None if row is None else self._answer(row)

    async def _read_only(self, _: str) -> tuple[Connection, float] | None:
        async with in_time(), connected(self._pool) as postgres:
            rows = await postgres.fetch(f"{SELECT} {ACTIVE} limit 2")
        return self._answer(rows[0]) if len(rows) == 1 else None

    def _answer(self, row: Any) -> tuple[Connection, float]:  # noqa: ANN401 - asyncpg has no types
        """A secret that is about to die takes the answer with it: valid to its last second, no longer."""
        seconds = min(STALE_SECONDS, row["previous_seconds"]) if previous_lives(row) else STALE_SECONDS
        return opened(self._vault, row), seconds
