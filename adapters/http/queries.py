"""Which query parameters a route of the API knows: whoever misspells one hears of it, and gets no answer to something else."""

from __future__ import annotations

from typing import Any, Final

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute

from domain.shared.errors import Invalid

API: Final = "/api/"
KNOWN: Final = "known_parameters"


def know_parameters(app: Litestar) -> None:
    """Read off the routes once all of them are there. A page of the panel goes on taking what a browser's address has."""
    for route in app.routes:
        if isinstance(route, HTTPRoute) and route.path.startswith(API):
            for handler, asked in route.route_handler_map.values():
                handler.opt[KNOWN] = frozenset(each.field_alias for each in asked.expected_query_params)


def refuse_unknown(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Raises Invalid."""
    known: frozenset[str] | None = handler.opt.get(KNOWN)
    if known is not None and (unknown := sorted(set(connection.query_params) - known)):
        raise Invalid("there is no such parameter here", field=unknown[0][:64])
