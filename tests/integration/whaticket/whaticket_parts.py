"""Builders of what the way out needs, with everything ordinary unless a test says otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import httpx2

from adapters.whaticket.channel import WhaticketChannel
from adapters.whaticket.lines import Lines
from adapters.whaticket.login import PanelLogin
from adapters.whaticket.reconcile import Reconciler
from application.delivery.ports import Letter
from application.shared.ports import Clock
from domain.companies.connection import AuthMode, Connection, Dialect
from domain.shared.ids import ConnectionId, TenantId

CLINIC = TenantId(7)
RECEPTION = ConnectionId("reception0000000000000")
ANA = "5531987654321@s.whatsapp.net"
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def a_connection(base_url: str, dialect: Dialect = Dialect.SAAS_CLASSIC, **changes: Any) -> Connection:
    ordinary = Connection(
        id=RECEPTION,
        tenant=CLINIC,
        name="Recepção",
        dialect=dialect,
        base_url=base_url,
        auth=AuthMode.HMAC,
        api_token="connection-token",
        panel_email="bot@clinica.example",
        panel_password="a long password",
    )
    return replace(ordinary, **changes)


def a_letter(**changes: Any) -> Letter:
    return replace(Letter(CLINIC, RECEPTION, ANA, "Olá, Ana! Às 15h está bem?"), **changes)


@dataclass
class KnownConnections:
    known: list[Connection]

    async def get(self, id: ConnectionId) -> Connection | None:
        return next((connection for connection in self.known if connection.id == id), None)

    async def only(self) -> Connection | None:
        return self.known[0] if len(self.known) == 1 else None


@dataclass
class SessionsInMemory:
    kept: dict[tuple[TenantId, ConnectionId], str] = field(default_factory=dict)

    async def get(self, tenant: TenantId, connection: ConnectionId) -> str | None:
        return self.kept.get((tenant, connection))

    async def put(self, tenant: TenantId, connection: ConnectionId, token: str, *, seconds: int) -> None:
        assert seconds > 0
        self.kept[tenant, connection] = token


def a_channel(
    http: httpx2.AsyncClient,
    *connections: Connection,
    lines: Lines | None = None,
    sessions: SessionsInMemory | None = None,
    clock: Clock = lambda: NOW,
) -> WhaticketChannel:
    login = PanelLogin(http, sessions or SessionsInMemory())
    return WhaticketChannel(KnownConnections(list(connections)), http, lines or Lines(), Reconciler(http, login, clock))
