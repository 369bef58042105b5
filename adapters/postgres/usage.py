"""What companies use, counted exactly, and added up when somebody asks.

The hot row: turns of one company end side by side, and a counter of one row would make each wait for the commit before
it. So a company has up to sixteen rows a day, and a backend always takes the one of its own number: a backend has one
transaction at a time, so as a rule nobody waits. The day's first count of each row folds the days before into one row
each (migration public 0009), so that a sum over a month is some fifty rows, by primary key, and a company's rows stay few
by themselves. Appending a row per turn was the other way: nobody would ever wait, but each message would leave a row to
write, read, delete and vacuum.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from adapters.postgres.pool import Connection
from domain.billing.cycle import Cycle
from domain.quotas.allowance import Use
from domain.shared.ids import TenantId

SUMS: Final = """
    coalesce(sum(messages), 0)::bigint as messages, coalesce(sum(calls), 0)::bigint as calls,
    coalesce(sum(input_tokens), 0)::bigint as input_tokens, coalesce(sum(output_tokens), 0)::bigint as output_tokens,
    coalesce(sum(cost), 0)::bigint as cost
"""


class PostgresCounters:
    """From inside a company's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, day: date, use: Use, *, watch: bool) -> None:
        await self._connection.execute(
            "select public.count_usage($1, $2, $3, $4, $5, $6, $7)",
            day,
            use.messages,
            use.calls,
            use.input_tokens,
            use.output_tokens,
            use.cost,
            watch,
        )


class PostgresUsage:
    """For those who add up; with the rights of the owner."""

    def __init__(self, connection: Connection, tenant: TenantId) -> None:
        self._connection = connection
        self._tenant = tenant

    async def within(self, cycle: Cycle) -> Use:
        row = await self._connection.fetchrow(
            f"select {SUMS} from public.usage where tenant_id = $1 and day >= $2 and day < $3",  # noqa: S608
            self._tenant,
            cycle.first,
            cycle.until,
        )
        return use_of(row)

    async def by_day(self, cycle: Cycle) -> Sequence[tuple[date, Use]]:
        rows = await self._connection.fetch(
            f"select day, {SUMS} from public.usage where tenant_id = $1 and day >= $2 and day < $3"  # noqa: S608
            " group by day order by day",
            self._tenant,
            cycle.first,
            cycle.until,
        )
        return [(row["day"], use_of(row)) for row in rows]


def use_of(row: Any) -> Use:  # noqa: ANN401 - asyncpg has no types
    return Use(row["messages"], row["calls"], row["input_tokens"], row["output_tokens"], row["cost"])
