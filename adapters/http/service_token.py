"""What Prometheus shows where the figures are not open to all: the token of the settings, and nothing else."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from domain.intake.authenticity import verify_static
from domain.shared.errors import Unauthenticated


def with_service_token(token: str | None) -> Guard:
    """`Authorization: Bearer <token>`. Nobody passes while no token is set."""

    def guard(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
        scheme, _, shown = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or token is None or not verify_static(shown, [token]):
            raise Unauthenticated("a service token is needed")

    return guard
