"""The pools that companies are in, with what is to be done in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from adapters.postgres.pool import Pool, connected
from domain.provisioning.workforce import Load

LOADS: Final = """
    select pool, coalesce(waiting, 0) as waiting, coalesce(running, 0) as running, coalesce(oldest, 0) as oldest
    from (select distinct pool from public.tenants where state <> 'closed') wanted left join public.pool_loads() using (pool)
"""


class PostgresPools:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def loads(self) -> Mapping[str, Load]:
        async with connected(self._pool) as connection:
            rows = await connection.fetch(LOADS)
        return {row["pool"]: Load(row["waiting"], row["running"], max(row["oldest"], 0.0)) for row in rows}
