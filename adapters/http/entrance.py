"""Where somebody is sent who has to log in first: a browser to the form, a program to its 401."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote, urlsplit

from litestar import Request, Response
from litestar.status_codes import HTTP_303_SEE_OTHER, HTTP_401_UNAUTHORIZED

ENTRANCE: Final = "/painel/entrar"
PANEL: Final = "/painel"
ELSEWHERE: Final = "/painel/sso"
LOST: Final = "/painel/nao-encontrada"


def to_the_entrance(request: Request[Any, Any, Any]) -> Response[bytes] | None:
    """The way to the form, with the way back as `next`; None for a program.

    HTMX would put the form into the middle of the page, so it is told to load it as a page of its own.
    """
    if request.headers.get("hx-request") == "true":
        here = urlsplit(request.headers.get("hx-current-url", ""))
        target = _with_way_back(here.path, here.query)
        return Response(b"", status_code=HTTP_401_UNAUTHORIZED, headers={"HX-Redirect": target})
    if "text/html" not in request.headers.get("accept", "").lower():
        return None
    back = (request.url.path, request.url.query) if request.method == "GET" else ("", "")
    return Response(b"", status_code=HTTP_303_SEE_OTHER, headers={"Location": _with_way_back(*back)})


def to_the_lost_page(request: Request[Any, Any, Any]) -> Response[bytes] | None:
    """For an address that no route of the panel begins like: a browser is led to where the panel itself says so."""
    path, wants = request.url.path, request.headers.get("accept", "").lower()
    if request.method != "GET" or "text/html" not in wants or not path.startswith(f"{PANEL}/") or path == LOST:
        return None
    return Response(b"", status_code=HTTP_303_SEE_OTHER, headers={"Location": LOST})


def safe_next(asked: str | None) -> str:
    """A page of the panel to go on to, never another host ("//evil.example") nor the form itself or another login."""
    wanted = asked or PANEL
    inside = wanted == PANEL or wanted.startswith((f"{PANEL}/", f"{PANEL}?"))
    clean = wanted.isprintable() and wanted.isascii() and "\\" not in wanted and "//" not in wanted.partition("?")[0]
    return wanted if inside and clean and not wanted.startswith((ENTRANCE, ELSEWHERE)) else PANEL


def _with_way_back(path: str, query: str) -> str:
    wanted = f"{path}?{query}" if query else path
    if safe_next(wanted) != wanted or wanted == PANEL:
        return ENTRANCE
    return f"{ENTRANCE}?next={quote(wanted, safe='/')}"
