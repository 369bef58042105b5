"""The page that a letter's link opens for another address to log in with: a button, because mail programs open links too."""

from __future__ import annotations

from dataclasses import dataclass

from litestar import Response, Router, get, post

from adapters.http.csrf import same_origin
from adapters.http.panel.account import TAKEN
from adapters.http.panel.entry import Asked, fields
from adapters.http.panel.pages import Pages, theme_of
from adapters.http.panel.passwords import LINK_USED, Ticket
from application.access.letters import LinkUsed
from application.access.own_account import ChangeEmail
from domain.access.user import EmailTaken


@dataclass(frozen=True, slots=True)
class NewAddressPages:
    pages: Pages
    change: ChangeEmail

    def show(self, request: Asked, ticket: str, *, problem: str | None = None, done: bool = False) -> Response[str]:
        context = {"theme": theme_of(request), "ticket": ticket, "problem": problem, "done": done}
        return self.pages.answer("entry/address.html", context, status=422 if problem else 200)


def new_address_router(own: NewAddressPages) -> Router:
    @get("/")
    async def show(request: Asked, ticket: Ticket = "") -> Response[str]:
        return own.show(request, ticket)

    @post("/", guards=[same_origin], status_code=200)
    async def confirm(request: Asked) -> Response[str]:
        [ticket] = await fields(request, "ticket")
        try:
            await own.change.confirm(ticket)
        except LinkUsed:
            return own.show(request, ticket, problem=LINK_USED)
        except EmailTaken:
            return own.show(request, ticket, problem=TAKEN)
        return own.show(request, "", done=True)

    return Router("/painel/conta/email", route_handlers=[show, confirm], include_in_schema=False)
