"""Logging in and out at the panel: the same use cases as the JSON's, with cookies instead of tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import Request, Response, Router, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter
from litestar.response import Redirect

from adapters.http.access import Access, CallerGiven, requires
from adapters.http.auth import Logins, agent_of, ip_of
from adapters.http.csrf import same_origin
from adapters.http.entrance import ENTRANCE, PANEL, safe_next
from adapters.http.panel.pages import Pages, theme_of
from application.access.begin_session import Tickets
from application.access.sign_in import Attempt, CodeNeeded, CompanyCloses
from domain.companies.company import CompanyNotFound
from domain.shared.errors import TooOften, Unauthenticated
from domain.shared.ids import TenantId

LONGEST_FIELD: Final = 2_000
NOT_THESE: Final = "E-mail ou senha não conferem. Confira os dois e tente de novo."
NOT_THIS_CODE: Final = "O código não confere, ou já foi usado. Espere o próximo e tente de novo."
TOO_OFTEN: Final = "Foram tentativas demais. Espere alguns minutos antes de tentar de novo."
NOTICES: Final = {
    "sso": "O login da empresa não foi concluído. Comece de novo por lá, ou entre com o seu e-mail e a sua senha.",
}
"""What the form says to somebody who was sent back to it."""
CAN_BE_SAID: Final = (Unauthenticated, TooOften, CompanyCloses)
Asked = Request[Any, Any, Any]
Word = Annotated[str, QueryParameter(max_length=20)]


@dataclass(frozen=True, slots=True)
class EntryPages:
    pages: Pages
    logins: Logins

    def form(
        self, request: Asked, onward: str, *, email: str = "", problem: str | None = None, status: int = 422
    ) -> Response[str]:
        context = {"theme": theme_of(request), "onward": onward, "email": email, "problem": problem}
        return self.pages.answer("entry/form.html", context, status=status if problem else 200)

    def code(self, request: Asked, onward: str, challenge: str, problem: str | None = None) -> Response[str]:
        context = {"theme": theme_of(request), "onward": onward, "challenge": challenge, "problem": problem}
        return self.pages.answer("entry/code.html", context, status=422 if problem else 200)

    def again(self, request: Asked, onward: str, challenge: str, error: Exception) -> Response[str]:
        """The code once more, unless no code helps."""
        if isinstance(error, CompanyCloses):
            return self.form(request, safe_next(onward), problem=str(error))
        return self.code(request, safe_next(onward), challenge, _why(error, NOT_THIS_CODE))

    def let_in(self, request: Asked, tickets: Tickets, onward: str) -> Redirect:
        access: Access = request.app.state.access
        access.cookies.set(request.scope, tickets, self.logins.renew.clock())
        return Redirect(onward, status_code=303)


def entry_router(entry: EntryPages) -> Router:
    return Router("/painel", route_handlers=[*_coming_in(entry), *_being_in(entry)], include_in_schema=False)


def _coming_in(entry: EntryPages) -> list[HTTPRouteHandler]:
    @get("/entrar")
    async def show(
        request: Asked, onward: Annotated[str, QueryParameter(name="next")] = "", aviso: Word = ""
    ) -> Response[str]:
        return entry.form(request, safe_next(onward), problem=NOTICES.get(aviso), status=200)

    @post("/entrar", guards=[same_origin], status_code=303)
    async def sign_in(request: Asked) -> Response[Any]:
        email, password, onward = await fields(request, "email", "senha", "next")
        attempt = Attempt(email, password, ip_of(request, entry.logins.address), agent=agent_of(request))
        try:
            done = await entry.logins.sign_in(attempt)
        except CAN_BE_SAID as error:
            return entry.form(request, safe_next(onward), email=email, problem=_why(error, NOT_THESE))
        if isinstance(done, CodeNeeded):
            return entry.code(request, safe_next(onward), done.challenge)
        return entry.let_in(request, done, safe_next(onward))

    @post("/entrar/codigo", guards=[same_origin], status_code=303)
    async def second_factor(request: Asked) -> Response[Any]:
        challenge, code, onward = await fields(request, "desafio", "codigo", "next")
        ip, agent = ip_of(request, entry.logins.address), agent_of(request)
        try:
            tickets = await entry.logins.finish(challenge, code.strip(), ip=ip, agent=agent)
        except CAN_BE_SAID as error:
            return entry.again(request, onward, challenge, error)
        return entry.let_in(request, tickets, safe_next(onward))

    return [show, sign_in, second_factor]


def _being_in(entry: EntryPages) -> list[HTTPRouteHandler]:
    @post("/sair", guards=[requires()], status_code=303)
    async def sign_out(request: Asked, caller: CallerGiven) -> Redirect:
        await entry.logins.sign_out(caller)
        access: Access = request.app.state.access
        access.cookies.clear(request.scope)
        return Redirect(ENTRANCE, status_code=303)

    @post("/trocar", guards=[requires()], status_code=303, opt={"audit": "access.company"})
    async def change(request: Asked, caller: CallerGiven) -> Redirect:
        [said] = await fields(request, "empresa")
        if not (said.isascii() and said.isdigit() and len(said) < 10):
            raise CompanyNotFound("there is no such company")
        return entry.let_in(request, await entry.logins.change_company(caller, TenantId(int(said))), PANEL)

    return [sign_out, change]


async def fields(request: Asked, *names: str) -> list[str]:
    """The form's fields as text, whatever was sent in their place."""
    form = await request.form()
    return [said[:LONGEST_FIELD] if isinstance(said := form.get(name), str) else "" for name in names]


def _why(error: Exception, otherwise: str) -> str:
    if isinstance(error, CompanyCloses):
        return str(error)
    return TOO_OFTEN if isinstance(error, TooOften) else otherwise
