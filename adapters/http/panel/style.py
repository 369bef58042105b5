"""Every part of the design on one page, for whoever builds the next one. Not served in production."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router, get

from adapters.http.panel.pages import Pages, theme_of


def style_router(pages: Pages) -> Router:
    @get("/painel/estilo")
    async def style(request: Request[Any, Any, Any]) -> Response[str]:
        return pages.answer("style/style.html", {"theme": theme_of(request)})

    return Router("/", route_handlers=[style], include_in_schema=False)
