"""Each company's time zone, looked up once a minute."""

from __future__ import annotations

import time
from typing import Final
from zoneinfo import ZoneInfo

from adapters.postgres.pool import Pool, connected
from domain.shared.ids import TenantId

FRESH_SECONDS: Final = 60.0
BRAZIL: Final = ZoneInfo("America/Sao_Paulo")


class PostgresZones:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._known: dict[TenantId, tuple[float, ZoneInfo]] = {}

    async def of(self, tenant: TenantId) -> ZoneInfo:
        asked_at, zone = self._known.get(tenant, (-FRESH_SECONDS, BRAZIL))
        now = time.monotonic()
        if now - asked_at < FRESH_SECONDS:
            return zone
        async with connected(self._pool) as connection:
            name = await connection.fetchval("select time_zone from public.tenants where id = $1", tenant)
        zone = ZoneInfo(name) if name else BRAZIL
        self._known[tenant] = (now, zone)
        return zone
