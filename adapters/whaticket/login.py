"""A person's login to the Whaticket panel: a JWT good for a quarter of an hour, fetched once and used by everybody."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Final, Protocol

import httpx2

from adapters.whaticket import errors
from adapters.whaticket.client import call
from application.delivery.ports import ChannelUnavailable
from domain.companies.connection import Connection
from domain.shared.ids import ConnectionId, TenantId

KEPT_SECONDS: Final = 13 * 60
"""The forks' tokens live 15 minutes; the rest is left for clocks that differ and for calls under way."""


class PanelSessions(Protocol):
    """Where logins are kept between calls. Losing one costs a login and nothing else; neither method raises."""

    async def get(self, tenant: TenantId, connection: ConnectionId) -> str | None: ...

    async def put(self, tenant: TenantId, connection: ConnectionId, token: str, *, seconds: int) -> None: ...


class CannotLook(Exception):
    """Asking again cannot help: no login, a login that is refused, or one that may not see the ticket."""


@dataclass(frozen=True, slots=True)
class PanelLogin:
    http: httpx2.AsyncClient
    sessions: PanelSessions
    turns: dict[tuple[TenantId, ConnectionId], asyncio.Lock] = field(default_factory=dict)

    async def token(self, connection: Connection, url: str, *, instead_of: str | None = None) -> str:
        """The token to use now. `instead_of` is one the panel has just refused: a new login follows, unless another caller
        has made it meanwhile. Raises CannotLook or ChannelUnavailable."""
        kept = await self.sessions.get(connection.tenant, connection.id)
        if kept is not None and kept != instead_of:
            return kept
        async with self.turns.setdefault((connection.tenant, connection.id), asyncio.Lock()):
            kept = await self.sessions.get(connection.tenant, connection.id)
            if kept is not None and kept != instead_of:
                return kept
            fresh = await self._log_in(connection, url)
            await self.sessions.put(connection.tenant, connection.id, fresh, seconds=KEPT_SECONDS)
            return fresh

    async def _log_in(self, connection: Connection, url: str) -> str:
        if not connection.panel_email or not connection.panel_password:
            raise CannotLook("the connection has no panel login")
        credentials = {"email": connection.panel_email, "password": connection.panel_password}
        try:
            answer = await call(self.http, "POST", f"{url}/auth/login", headers={}, body=credentials)
        except errors.CALL_FAILURES as error:
            raise errors.while_asking(error) from error
        if answer.status in {400, 401, 403, 404}:
            raise CannotLook(f"the panel refused the login: {answer.status}")
        body = answer.json()
        token = body.get("token") if isinstance(body, dict) and answer.is_success else None
        if not isinstance(token, str) or not token:
            raise ChannelUnavailable(f"whaticket: login answered {answer.status}", retry_after=answer.retry_after)
        return token
