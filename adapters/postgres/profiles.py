"""Each company's name and time zone, looked up once a minute."""

from __future__ import annotations

import time
from zoneinfo import ZoneInfo

from adapters.postgres.pool import Pool, connected
from adapters.postgres.zones import BRAZIL, FRESH_SECONDS
from application.companies.ports import Profile
from domain.shared.ids import TenantId


class PostgresProfiles:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._known: dict[TenantId, tuple[float, Profile]] = {}

    async def of(self, tenant: TenantId) -> Profile:
        known = self._known.get(tenant)
        now = time.monotonic()
        if known is not None and now - known[0] < FRESH_SECONDS:
            return known[1]
        async with connected(self._pool) as connection:
            row = await connection.fetchrow("select name, time_zone from public.tenants where id = $1", tenant)
        profile = Profile(row["name"], ZoneInfo(row["time_zone"])) if row else Profile("", BRAZIL)
        self._known[tenant] = (now, profile)
        return profile
