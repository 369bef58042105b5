"""Logging in and out at the panel: the same use cases as the JSON's, with cookies instead of tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import Request, Response, Router, get, post
from litestar.params import Parameter
from litestar.response import Redirect

from adapters.http.access import Access, CallerGiven, requires
from adapters.http.csrf import same_origin
from adapters.http.entrance import ENTRANCE, safe_next
from adapters.http.panel.pages import Pages, theme_of
from application.access.sign_in import Attempt, SignIn, WrongCredentials
from application.access.sign_out import SignOut
from application.shared.ports import Clock

LONGEST_FIELD: Final = 300
Asked = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class EntryPages:
    pages: Pages
    sign_in: SignIn
    sign_out: SignOut
    clock: Clock

    def form(
        self, request: Asked, *, onward: str, email: str = "", problem: str | None = None, status: int = 200
    ) -> Response[str]:
        context = {"theme": theme_of(request), "onward": onward, "email": email, "problem": problem}
        return self.pages.answer("entry/form.html", context, status=status)


def entry_router(entry: EntryPages) -> Router:
    @get("/entrar")
    async def show(request: Asked, onward: Annotated[str, Parameter(query="next")] = "") -> Response[str]:
        return entry.form(request, onward=safe_next(onward))

    @post("/entrar", guards=[same_origin], status_code=303)
    async def sign_in(request: Asked) -> Response[Any]:
        form = await request.form()
        email, password, onward = (_text(form.get(name)) for name in ("email", "senha", "next"))
        attempt = Attempt(email, password, agent=request.headers.get("user-agent", ""))
        try:
            tickets = await entry.sign_in(attempt)
        except WrongCredentials:
            problem = "E-mail ou senha não conferem. Confira os dois e tente de novo."
            return entry.form(request, onward=safe_next(onward), email=email, problem=problem, status=422)
        access: Access = request.app.state.access
        access.cookies.set(request.scope, tickets, entry.clock())
        return Redirect(safe_next(onward), status_code=303)

    @post("/sair", guards=[requires()], status_code=303)
    async def sign_out(request: Asked, caller: CallerGiven) -> Redirect:
        await entry.sign_out(caller)
        access: Access = request.app.state.access
        access.cookies.clear(request.scope)
        return Redirect(ENTRANCE, status_code=303)

    return Router("/painel", route_handlers=[show, sign_in, sign_out], include_in_schema=False)


def _text(value: object) -> str:
    return value[:LONGEST_FIELD] if isinstance(value, str) else ""
