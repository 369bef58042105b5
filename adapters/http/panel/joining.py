"""The page that an invitation's letter opens for somebody who has an account: which company asks, and a button to agree."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response, Router, get, post

from adapters.http.csrf import same_origin
from adapters.http.panel.entry import Asked, fields
from adapters.http.panel.pages import Pages, theme_of
from adapters.http.panel.passwords import LINK_USED, Ticket
from application.access.join_company import JoinCompany
from application.access.letters import LinkUsed
from domain.access.user import UserNotFound


@dataclass(frozen=True, slots=True)
class JoiningPages:
    pages: Pages
    join: JoinCompany

    async def show(self, request: Asked, ticket: str) -> Response[str]:
        try:
            return self._page(request, ticket=ticket, company=await self.join.asked_by(ticket))
        except (LinkUsed, UserNotFound):
            return self._page(request, problem=LINK_USED)

    async def agreed(self, request: Asked) -> Response[str]:
        [ticket] = await fields(request, "ticket")
        try:
            company = await self.join.asked_by(ticket)
            await self.join(ticket)
        except (LinkUsed, UserNotFound):
            return self._page(request, problem=LINK_USED)
        return self._page(request, company=company, done=True)

    def _page(self, request: Asked, **shown: object) -> Response[str]:
        context = {"theme": theme_of(request), "ticket": "", "company": "", "problem": None, "done": False} | shown
        return self.pages.answer("entry/joining.html", context, status=422 if context["problem"] else 200)


def joining_router(own: JoiningPages) -> Router:
    @get("/")
    async def show(request: Asked, ticket: Ticket = "") -> Response[str]:
        return await own.show(request, ticket)

    @post("/", guards=[same_origin], status_code=200)
    async def agree(request: Asked) -> Response[str]:
        return await own.agreed(request)

    return Router("/painel/convite/aceitar", route_handlers=[show, agree], include_in_schema=False)
