"""The manners of both control APIs: JSON in, JSON out, and a clear word for a mistake."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException

from ops.sandbox.serving import Asked

T = TypeVar("T")


class MistakeError(ValueError):
    """The caller of the control API asked for something that makes no sense."""


class UnknownError(LookupError):
    """There is no such connection, fault or message."""


def answer(content: object, status: int = 200, headers: dict[str, str] | None = None) -> Response[bytes]:
    return Response(msgspec.json.encode(content), status_code=status, media_type="application/json", headers=headers)


async def read(request: Asked, wanted: type[T]) -> T:
    """The JSON body as `wanted`. Only application/json: a stranger's web page cannot send that across origins."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise MistakeError("Content-Type must be application/json")
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=wanted)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise MistakeError(str(error)) from error


def whole(request: Asked, name: str, default: int) -> int:
    return int(number(request, name, default))


def number(request: Asked, name: str, default: float) -> float:
    try:
        return float(request.query_params.get(name, default))
    except ValueError as error:
        raise MistakeError(f"{name} must be a number") from error


def _mistake(_: object, error: Exception) -> Response[bytes]:
    return answer({"error": str(error)}, 400)


def _unknown(_: object, error: Exception) -> Response[bytes]:
    return answer({"error": f"unknown: {error.args[0] if error.args else ''}"}, 404)


def _http(_: object, error: HTTPException) -> Response[bytes]:
    return answer({"error": error.detail}, error.status_code)


def _defect(_: object, error: Exception) -> Response[bytes]:
    return answer({"error": f"sandbox defect: {error!r}"}, 500)


ON_ERROR: dict[int | type[Exception], Any] = {
    MistakeError: _mistake,
    UnknownError: _unknown,
    HTTPException: _http,
    Exception: _defect,
}
