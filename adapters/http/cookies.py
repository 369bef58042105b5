"""The panel's two cookies: the access token of minutes and the refresh token that replaces both.

`__Host-` binds them to this host over https, and no script can read them. A laptop without TLS uses plain names: browsers
refuse `__Host-` there. SameSite is Lax, so that a link in an e-mail opens the panel logged in; what changes something is
protected by csrf.py.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.types import Message, Scope

from application.access.begin_session import Tickets

AWAITED: Final = "secretaria_cookies"
"""Where a request's scope keeps what its answer has to set."""


STATE: Final = "secretaria-state"
STATE_SECONDS: Final = 600


@dataclass(frozen=True, slots=True)
class SessionCookies:
    """`secure`: whether the panel is reached by https."""

    secure: bool

    @property
    def access_name(self) -> str:
        return self._name("secretaria")

    @property
    def refresh_name(self) -> str:
        return self._name("secretaria-renew")

    def shown(self, connection: ASGIConnection[Any, Any, Any, Any]) -> tuple[str | None, str | None]:
        """Access and refresh token as the browser sent them."""
        cookies = connection.cookies
        return cookies.get(self.access_name), cookies.get(self.refresh_name)

    def set(self, scope: Scope, tickets: Tickets, now: datetime) -> None:
        """The answer to this request, whatever it is, takes the tokens along."""
        seconds = max(0, int((tickets.session.over - now).total_seconds()))
        self._await(scope, self._cookie(self.access_name, tickets.access, seconds))
        self._await(scope, self._cookie(self.refresh_name, tickets.refresh, seconds))

    def keep_state(self, scope: Scope, state: str) -> None:
        """Of a login that goes to an identity provider: only the browser that began it may finish it."""
        self._await(scope, self._cookie(self._name(STATE), state, STATE_SECONDS))

    def state_of(self, connection: ASGIConnection[Any, Any, Any, Any]) -> str | None:
        return connection.cookies.get(self._name(STATE))

    def clear(self, scope: Scope) -> None:
        for name in (self.access_name, self.refresh_name):
            self._await(scope, self._cookie(name, "", 0))

    def _name(self, name: str) -> str:
        return f"__Host-{name}" if self.secure else name

    def _cookie(self, name: str, value: str, seconds: int) -> Cookie:
        return Cookie(name, value=value, max_age=seconds, path="/", secure=self.secure, httponly=True, samesite="lax")

    def _await(self, scope: Scope, cookie: Cookie) -> None:
        awaited: MutableMapping[str, Cookie] = scope["state"].setdefault(AWAITED, {})
        awaited[cookie.key] = cookie


async def set_awaited_cookies(message: Message, scope: Scope) -> None:
    """For `before_send`: adds the cookies to the answer. Costs one look-up where there are none."""
    if message["type"] != "http.response.start":
        return
    awaited = scope["state"].get(AWAITED)
    if awaited:
        lines = [cookie.to_encoded_header() for cookie in awaited.values()]
        message["headers"] = [*message.get("headers", ()), *lines]
