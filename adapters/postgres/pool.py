"""The connections to PostgreSQL: few, recycled, impatient, and never given back inside a transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final, TypeAlias

import asyncpg

from domain.shared.errors import Unavailable

Connection: TypeAlias = "asyncpg.pool.PoolConnectionProxy[Any]"
Pool: TypeAlias = "asyncpg.Pool[Any]"

COMMAND_SECONDS: Final = 10.0
ACQUIRE_SECONDS: Final = 5.0
RECYCLE_SECONDS: Final = 600.0
"""A backend remembers every schema it touched (about 0.5 MB each): old ones are let go."""


class DatabaseAway(Unavailable):
    """PostgreSQL did not answer, or cut the connection."""


AWAY: Final = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresSystemError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.ReadOnlySQLTransactionError,
)
"""What asyncpg and the network raise when the database is the one to blame; a constraint or a syntax error is not here."""


async def build_pool(url: str, *, size: int, name: str) -> Pool:
    """A pool that connects on first use, up to `size`; `name` shows in pg_stat_activity. Raises DatabaseAway."""
    try:
        return await asyncpg.create_pool(
            url.replace("postgresql+asyncpg://", "postgresql://", 1),
            min_size=0,
            max_size=size,
            max_inactive_connection_lifetime=RECYCLE_SECONDS,
            max_queries=20_000,
            command_timeout=COMMAND_SECONDS,
            timeout=ACQUIRE_SECONDS,
            reset=_leave_no_transaction,
            server_settings={"application_name": name, "idle_in_transaction_session_timeout": "30000"},
        )
    except AWAY as error:
        raise DatabaseAway("no connection to PostgreSQL") from error


async def _leave_no_transaction(connection: Any) -> None:  # noqa: ANN401 - asyncpg has no types
    """Everything we set is local to a transaction, so ending it is all the cleaning there is (saves a round trip)."""
    if connection.is_in_transaction():
        await connection.execute("rollback")


@asynccontextmanager
async def connected(pool: Pool) -> AsyncIterator[Connection]:
    """A connection for a short while; what goes wrong with the database itself comes out as DatabaseAway."""
    try:
        async with pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
            yield connection
    except AWAY as error:
        raise DatabaseAway(type(error).__name__) from error
