"""Why a run failed: what the database knows of the messages that were lost, and of the work that died."""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg


async def unfinished(url: str) -> int:
    """Jobs that somebody will still do."""
    return int(await _value(url, "select count(*) from public.jobs where state <> 'dead'"))


async def dead_letters(url: str) -> list[str]:
    """One line per kind of dead letter."""
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "select actor, coalesce(last_error, '?') error, count(*) from public.jobs"
            " where state = 'dead' group by 1, 2 order by 3 desc"
        )
    finally:
        await connection.close()
    return [f"{row['count']} dead {row['actor']}: {row['error'][:160]}" for row in rows]


async def fate(url: str, tenants: Sequence[int], token: str) -> str:
    """Where a token got stuck: not read, never answered on purpose, written but not sent."""
    connection = await asyncpg.connect(url)
    try:
        for tenant in tenants:
            schema = f"tenant_{tenant}"
            envelope = await connection.fetchval(
                f"select state from {schema}.envelopes where body like '%' || $1 || '%'", token
            )
            message = await connection.fetchrow(
                f"select state, reason from {schema}.messages where text like '%' || $1 || '%'", token
            )
            sent = await connection.fetch(
                f"select state, attempts from {schema}.outgoing where text like '%' || $1 || '%'", token
            )
            if envelope is not None:
                outgoing = [f"{row['state']} after {row['attempts']}" for row in sent]
                return f"{schema}: envelope {envelope}, message {message and tuple(message)}, outgoing {outgoing}"
    finally:
        await connection.close()
    return "unknown to the database"


async def _value(url: str, sql: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        value: int = await connection.fetchval(sql)
    finally:
        await connection.close()
    return value
