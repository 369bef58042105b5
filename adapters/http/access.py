"""Who is calling, and whether they may: every route says `requires(...)`, or stands by name among those open to all.

A caller shows one of: `Authorization: Bearer` with an access token, an API key or the service token; `X-Api-Key`; or the
panel's cookies. Something shown and wrong is refused, even where something else would have been right. Nobody is recognised
where nobody asks, so the webhooks' road passes by here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from litestar.connection import ASGIConnection
from litestar.di import NamedDependency, Provide
from litestar.handlers import BaseRouteHandler

from adapters.http.cookies import SessionCookies
from adapters.http.csrf import Csrf
from adapters.http.queries import refuse_unknown
from adapters.telemetry.log import note
from adapters.telemetry.origin import asked_by
from application.access.api_keys import MARK, RecogniseKey
from application.access.caller import Caller
from application.access.recognise import Recognise
from application.access.renew_session import RenewSession
from application.access.step_up import MustBeFresh
from domain.access.role import Permission
from domain.intake.authenticity import verify_static
from domain.shared.errors import Unauthenticated

Connection = ASGIConnection[Any, Any, Any, Any]

SERVICE: Final = Caller(UUID(int=0), "service token", frozenset({Permission.PLATFORM_DEAD_LETTERS}))
"""Whoever runs the machine, and shows the token of the settings."""


@dataclass(frozen=True, slots=True)
class Access:
    """What recognising callers stands on; the application keeps it in its state under `access`."""

    recognise: Recognise
    renew: RenewSession
    cookies: SessionCookies
    csrf: Csrf
    recognise_key: RecogniseKey
    service_token: str | None = field(default=None, repr=False)

    @property
    def fresh(self) -> MustBeFresh:
        return MustBeFresh(self.recognise.sessions, self.recognise.clock)

    async def caller_of(self, connection: Connection) -> Caller:
        """Raises Unauthenticated, ForeignRequest or Unavailable."""
        shown = _bearer(connection)
        if shown is not None:
            return await self._by_token(shown)
        return await self._by_cookies(connection)

    async def again(self, connection: Connection) -> None:
        """In the middle of an answer that goes on: no token is renewed, as no cookie could leave with it any more.

        Raises Unauthenticated, NotPermitted or Unavailable.
        """
        before: Caller = connection.scope["user"]
        of_a_session = before.session is not None
        now = await self.recognise.again(before) if of_a_session else await self.caller_of(connection)
        for permission in sorted(before.permissions):
            now.must(permission)

    async def _by_token(self, shown: str) -> Caller:
        if self.service_token and verify_static(shown, [self.service_token]):
            return SERVICE
        return await (self.recognise_key if shown.startswith(MARK) else self.recognise)(shown)

    async def _by_cookies(self, connection: Connection) -> Caller:
        access, refresh = self.cookies.shown(connection)
        caller = await self._recognised(access) if access else None
        if caller is None and refresh:
            tickets = await self.renew(refresh)
            caller = await self.recognise(tickets.access)
            self.cookies.set(connection.scope, tickets, self.renew.clock())
        if caller is None:
            raise Unauthenticated("nothing was shown")
        await self.csrf.check(connection, caller.session or "")
        return caller

    async def _recognised(self, access: str) -> Caller | None:
        """None where the access token has had its minutes: the refresh token may still be good."""
        try:
            return await self.recognise(access)
        except Unauthenticated:
            return None


@dataclass(frozen=True, slots=True)
class Requires:
    """A guard. The tests read `permissions` off the routes and compare them with the written matrix."""

    permissions: frozenset[Permission]

    async def __call__(self, connection: Connection, handler: BaseRouteHandler) -> None:
        access: Access = connection.app.state.access
        caller = await access.caller_of(connection)
        note(caller=str(caller.id), company=caller.company)
        asked_by(caller.who)
        connection.scope["user"] = caller  # before the checks: the audit log also says who was refused
        for permission in sorted(self.permissions):
            caller.must(permission)
        refuse_unknown(connection, handler)


async def proven(connection: Connection, _: BaseRouteHandler) -> None:
    """A guard behind `requires`, for what a stolen session must not do: a key has nothing to show again, a person has."""
    access: Access = connection.app.state.access
    caller: Caller = connection.scope["user"]
    if caller.session is not None:
        await access.fresh(caller)


def requires(*permissions: Permission) -> Requires:
    """All of them; with none, anybody who is logged in or brings a key."""
    return Requires(frozenset(permissions))


def _caller(request: ASGIConnection[Any, Caller, Any, Any]) -> Caller:
    return request.user


CallerGiven = NamedDependency[Caller]
DEPENDENCIES: Final = {"caller": Provide(_caller, sync_to_thread=False)}
"""For the application: a handler under `requires` takes `caller: CallerGiven`."""


def _bearer(connection: Connection) -> str | None:
    """The token of the Authorization header, or the API key; None where neither is there."""
    header = connection.headers.get("authorization")
    if header is None:
        return connection.headers.get("x-api-key")
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("not a bearer token")
    return token
