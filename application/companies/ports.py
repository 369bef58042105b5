"""Where connections and companies are found; read outside any company's transaction, because they say which company it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.billing.plan import Plan
from domain.companies.connection import Connection
from domain.shared.ids import ConnectionId, TenantId


class Connections(Protocol):
    """Active connections of companies that are active or suspended. May be some seconds stale; never raises for an unknown id."""

    async def get(self, id: ConnectionId) -> Connection | None: ...

    async def only(self) -> Connection | None:
        """The connection of a single-tenant install: None unless exactly one is active."""


class RememberedConnections(Connections, Protocol):
    """Connections that know themselves to be stale."""

    async def anew(self, id: ConnectionId | None) -> Connection | None:
        """As `get`, or `only` for None, after a fresh look, unless one was taken within the last second."""


class Zones(Protocol):
    """Each company's time zone; may be a minute stale."""

    async def of(self, tenant: TenantId) -> ZoneInfo: ...


class PlanOf(Protocol):
    async def __call__(self, tenant: TenantId) -> Plan | None:
        """What the company pays for; None where it has no plan, and so no limits."""


class CompanyNames(Protocol):
    async def name_of(self, tenant: TenantId) -> str:
        """As its customers know it. Raises CompanyNotFound."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How a company is called and what time it is there."""

    name: str
    zone: ZoneInfo


class Profiles(Protocol):
    """May be a minute stale."""

    async def of(self, tenant: TenantId) -> Profile: ...
