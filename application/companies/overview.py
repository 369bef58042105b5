"""Every company with its plan and what it used in this cycle: what the platform's people look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.companies.company import State
from domain.quotas.allowance import Use
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class CompanyView:
    """`per_cent` is the fullest of the plan's limits; None without a plan."""

    id: TenantId
    name: str
    slug: str
    state: State
    pool: str
    created_at: datetime
    closes_at: datetime | None
    plan: str | None
    subscription: str | None
    used: Use
    per_cent: int | None
    users: int
    connections: int


class CompanyViews(Protocol):
    async def all(self, *, below: int | None, limit: int) -> Sequence[CompanyView]:
        """Newest first, those with a smaller number than `below`."""

    async def get(self, tenant: TenantId) -> CompanyView:
        """Raises CompanyNotFound."""


@dataclass(frozen=True, slots=True)
class ListCompanies:
    views: CompanyViews

    async def __call__(self, *, below: int | None = None, limit: int = 100) -> Sequence[CompanyView]:
        return await self.views.all(below=below, limit=limit)
