"""A forgotten password, and the page that a letter's link opens: for a new password, or for somebody invited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import Response, Router, get, post
from litestar.background_tasks import BackgroundTask
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter

from adapters.http.auth import ip_of
from adapters.http.client_address import ClientAddress
from adapters.http.csrf import same_origin
from adapters.http.panel.entry import TOO_OFTEN, Asked, fields
from adapters.http.panel.pages import Pages, theme_of
from adapters.http.passwords import send_quietly
from application.access.letters import LinkUsed
from application.access.reset_password import AskForReset, NewPassword, SetPassword
from domain.access.password import Fault, PasswordRefused
from domain.shared.errors import Invalid, TooOften

Ticket = Annotated[str, QueryParameter(name="t", max_length=2_000)]
FAULTS: Final[Mapping[Fault, str]] = {
    Fault.SHORT: "Use pelo menos 8 caracteres. Três palavras que só você juntaria funcionam bem.",
    Fault.LONG: "A senha é longa demais. Use até 128 caracteres.",
    Fault.COMMON: "Esta senha está entre as primeiras que alguém tentaria. Escolha outra.",
    Fault.PERSONAL: "A senha não pode ser o seu e-mail.",
}
NOT_AN_ADDRESS: Final = "Confira o e-mail: falta algo antes ou depois do @."
LINK_USED: Final = "Este link já foi usado ou passou do prazo. Peça outro."
NAME: Final = "Escreva o seu nome."


@dataclass(frozen=True, slots=True)
class PasswordPages:
    pages: Pages
    ask: AskForReset
    set_password: SetPassword
    address: ClientAddress

    def forgotten(self, request: Asked, **shown: object) -> Response[str]:
        context = {"theme": theme_of(request), "email": "", "problem": None, "sent": False} | shown
        return self.pages.answer("entry/forgotten.html", context, status=422 if context["problem"] else 200)

    def choose(self, request: Asked, ticket: str, **shown: object) -> Response[str]:
        context = {"theme": theme_of(request), "ticket": ticket, "name": None, "problems": {}, "done": False} | shown
        return self.pages.answer("entry/password.html", context, status=422 if context["problems"] else 200)

    async def chosen(self, request: Asked, *, invited: bool) -> Response[str]:
        ticket, password, name = await fields(request, "ticket", "senha", "nome")
        shown = {"name": name if invited else None, "invited": invited}
        try:
            await self.set_password(NewPassword(ticket, password, name if invited else None))
        except PasswordRefused as error:
            return self.choose(request, ticket, problems={"senha": FAULTS[error.fault]}, **shown)
        except LinkUsed:
            return self.choose(request, ticket, problems={"link": LINK_USED}, **shown)
        except Invalid:
            return self.choose(request, ticket, problems={"nome": NAME}, **shown)
        return self.choose(request, "", done=True, **shown)


def passwords_router(own: PasswordPages) -> Router:
    handlers = [*_forgotten(own), *_with_a_link(own)]
    return Router("/painel", route_handlers=handlers, include_in_schema=False)


def _forgotten(own: PasswordPages) -> list[HTTPRouteHandler]:
    @get("/senha")
    async def show(request: Asked) -> Response[str]:
        return own.forgotten(request)

    @post("/senha", guards=[same_origin], status_code=200)
    async def ask(request: Asked) -> Response[str]:
        [email] = await fields(request, "email")
        try:
            known_or_not = await own.ask.admit(email, ip_of(request, own.address))
        except TooOften:
            return own.forgotten(request, email=email, problem=TOO_OFTEN)
        except Invalid:
            return own.forgotten(request, email=email, problem=NOT_AN_ADDRESS)
        answer = own.forgotten(request, email=email, sent=True)
        answer.background = BackgroundTask(send_quietly, own.ask, known_or_not)
        return answer

    return [show, ask]


def _with_a_link(own: PasswordPages) -> list[HTTPRouteHandler]:
    @get("/senha/nova")
    async def show_reset(request: Asked, ticket: Ticket = "") -> Response[str]:
        return own.choose(request, ticket, invited=False)

    @post("/senha/nova", guards=[same_origin], status_code=200)
    async def reset(request: Asked) -> Response[Any]:
        return await own.chosen(request, invited=False)

    @get("/convite")
    async def show_invitation(request: Asked, ticket: Ticket = "") -> Response[str]:
        return own.choose(request, ticket, invited=True, name="")

    @post("/convite", guards=[same_origin], status_code=200)
    async def accept(request: Asked) -> Response[Any]:
        return await own.chosen(request, invited=True)

    return [show_reset, reset, show_invitation, accept]
