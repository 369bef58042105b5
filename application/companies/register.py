"""The companies as the platform's people see them: what each is, buys, uses and waits for. The panel, the API and the
operator's commands read the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.companies.company import State
from domain.quotas.allowance import Allowance, Use
from domain.shared.ids import TenantId

PAGE = 50


@dataclass(frozen=True, slots=True)
class CompanyView:
    """`used` is of the present cycle, or of the month where there is no plan. `people` and `connections`: the active ones."""

    id: TenantId
    name: str
    slug: str
    state: State
    pool: str
    time_zone: str
    created_at: datetime
    closes_at: datetime | None
    plan: str | None
    plan_name: str | None
    subscription: str | None
    price_cents: int
    allowance: Allowance
    used: Use
    people: int
    connections: int
    dead_letters: int

    @property
    def per_cent(self) -> int | None:
        """The fullest of the plan's limits; None without a plan."""
        return None if self.plan is None else self.allowance.per_cent(self.used)


@dataclass(frozen=True, slots=True)
class Register:
    """`next` is what to ask after for the following page."""

    rows: Sequence[CompanyView]
    next: TenantId | None


class CompanyViews(Protocol):
    async def page(
        self, *, named: str, state: State | None, after: TenantId | None, limit: int
    ) -> Sequence[CompanyView]:
        """Newest first; `named` is part of a name or a slug."""

    async def get(self, id: TenantId) -> CompanyView:
        """Raises CompanyNotFound."""


@dataclass(frozen=True, slots=True)
class ReadRegister:
    views: CompanyViews

    async def __call__(
        self, *, named: str = "", state: State | None = None, after: TenantId | None = None, limit: int = PAGE
    ) -> Register:
        found = await self.views.page(named=named, state=state, after=after, limit=limit + 1)
        rows = found[:limit]
        return Register(rows, rows[-1].id if len(found) > limit else None)

    async def get(self, id: TenantId) -> CompanyView:
        """Raises CompanyNotFound."""
        return await self.views.get(id)
