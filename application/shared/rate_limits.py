"""How many messages a company, a number and an address may bring in."""

from __future__ import annotations

from typing import Protocol

from domain.shared.ids import TenantId


class RateLimits(Protocol):
    async def hit(self, tenant: TenantId, *, number: str, ip: str) -> str | None:
        """Count one message; the name of the limit that is now exceeded, or None. Never raises: without Redis, all pass."""
