"""The companies as the platform's operator sees them: what each is, buys, uses and waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.companies.company import State
from domain.shared.ids import TenantId

PAGE = 50


@dataclass(frozen=True, slots=True)
class CompanyView:
    """`messages`, `tokens` and `cost` (in specks) of the present cycle, or of the month where there is no plan."""

    id: TenantId
    name: str
    slug: str
    state: State
    pool: str
    time_zone: str
    created_at: datetime
    plan: str | None
    subscription: str | None
    price_cents: int
    included: int | None
    messages: int
    tokens: int
    cost: int
    people: int
    connections: int
    dead_letters: int


@dataclass(frozen=True, slots=True)
class Register:
    """`next` is what to ask after for the following page."""

    rows: Sequence[CompanyView]
    next: TenantId | None


class CompanyViews(Protocol):
    async def page(
        self, *, named: str, state: State | None, after: TenantId | None, limit: int
    ) -> Sequence[CompanyView]:
        """By number; `named` is part of a name or a slug."""

    async def get(self, id: TenantId) -> CompanyView:
        """Raises CompanyNotFound."""


@dataclass(frozen=True, slots=True)
class ReadRegister:
    views: CompanyViews

    async def __call__(self, *, named: str = "", state: State | None = None, after: TenantId | None = None) -> Register:
        found = await self.views.page(named=named, state=state, after=after, limit=PAGE + 1)
        rows = found[:PAGE]
        return Register(rows, rows[-1].id if len(found) > PAGE else None)
