"""No foreign page acts with the panel's cookies: three locks, each enough by itself in an honest browser.

The cookies are SameSite=Lax; a request that changes something must come from our own origin, as `Sec-Fetch-Site` or else
`Origin` says; and it must bring a token that only our own pages know: in the header `X-CSRF-Token` (HTMX: one `hx-headers` on
the body) or in the form field `_csrf` (plain forms). Bearer tokens and API keys need none of this: no browser sends them by
itself. The form that logs in has no session yet; there the origin alone decides.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection, Request
from litestar.handlers import BaseRouteHandler

from domain.shared.errors import Forbidden

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
HEADER: Final = "x-csrf-token"
FIELD: Final = "_csrf"
FORM: Final = "application/x-www-form-urlencoded"


class ForeignRequest(Forbidden):
    """This did not come from one of our own pages."""


@dataclass(frozen=True, slots=True)
class Csrf:
    """`origin` is the panel's own: scheme, host and port as the browser sees them."""

    key: bytes = field(repr=False)
    origin: str

    @classmethod
    def of(cls, key: bytes, public_url: str) -> Csrf:
        parts = urlsplit(public_url)
        return cls(key, f"{parts.scheme}://{parts.netloc}".lower())

    def token(self, session: str) -> str:
        """What the pages of this session put into their forms."""
        return hmac.new(self.key, f"csrf {session}".encode(), hashlib.sha256).hexdigest()

    def check_origin(self, connection: ASGIConnection[Any, Any, Any, Any]) -> None:
        """Raises ForeignRequest. An old browser that says nothing of where it comes from is not believed."""
        site = connection.headers.get("sec-fetch-site")
        origin = connection.headers.get("origin", "").lower()
        if site is not None and site != "same-origin":
            raise ForeignRequest("this request came from another site")
        if (origin and origin != self.origin) or (site is None and not origin):
            raise ForeignRequest("this request came from another site")

    async def check(self, connection: ASGIConnection[Any, Any, Any, Any], session: str) -> None:
        """Raises ForeignRequest unless the request is safe, or ours."""
        if connection.scope.get("method") in SAFE:
            return
        self.check_origin(connection)
        shown = await _shown(connection)
        if not hmac.compare_digest(shown.encode(), self.token(session).encode()):
            raise ForeignRequest("the page was left open for too long; load it again")


async def _shown(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    header = connection.headers.get(HEADER)
    if header is not None or not isinstance(connection, Request):
        return header or ""
    kind = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        return ""
    return str((await connection.form()).get(FIELD, ""))


def same_origin(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """A guard for forms that are filled in before there is a session."""
    csrf: Csrf = connection.app.state.access.csrf
    csrf.check_origin(connection)
