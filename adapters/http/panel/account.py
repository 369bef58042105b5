"""Everybody's own account: name, password, address, and where one is logged in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from litestar import Response, Router, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from adapters.http.access import Access, CallerGiven, requires
from adapters.http.account import Account
from adapters.http.auth import ip_of
from adapters.http.panel.entry import TOO_OFTEN, fields
from adapters.http.panel.frame import Asked, Frame, back_to
from adapters.http.panel.passwords import FAULTS, NAME, NOT_AN_ADDRESS
from adapters.http.panel.proof import NOT_THIS_PASSWORD, NotProven, ProofGate
from application.access.caller import Caller, NotPermitted
from application.access.check_password import WrongCredentials
from application.access.own_account import ChangeName, PasswordChange
from application.access.ports import Users
from domain.access.password import PasswordRefused
from domain.access.user import EmailTaken
from domain.shared.errors import Invalid, TooOften, Unavailable
from domain.shared.ids import SessionId, UserId

PAGE: Final = "/painel/conta"
TAKEN: Final = "Já existe alguém que entra com este e-mail."

NOT_FROM_THERE: Final = (
    "Você entrou pelo login da empresa, e o nome vale para todas. Entre com a sua senha para trocá-lo."
)
NOT_NOW: Final = "Não conseguimos concluir agora. Espere um instante e tente de novo."

Problems = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AccountPages:
    frame: Frame
    account: Account
    users: Users
    change_name: ChangeName
    proof: ProofGate

    async def show(
        self, request: Asked, caller: Caller, problems: Problems | None = None, **typed: str
    ) -> Response[str]:
        """`typed`: what stays in the fields of a form that was refused."""
        person = await self.users.get(UserId(caller.id))
        factor, codes_left = await self.account.second_factor.standing(caller)
        context = {
            "active": "account",
            "person": person,
            "problems": problems or {},
            "typed": {"nome": person.name, "novo-email": ""} | typed,
            "factor": factor,
            "codes_left": codes_left,
            "sessions": await self.account.sessions.list(caller),
            "doubt": await self.proof.doubt(caller),
        }
        return await self.frame.page(request, caller, "account/show.html", context, status=422 if problems else 200)

    async def tried(
        self, request: Asked, caller: Caller, deed: Callable[[], Awaitable[object]], flash: str, **typed: str
    ) -> Response[Any]:
        """The deed, behind a proof; what was typed stays where it is refused."""
        try:
            await self.proof.pass_through(request, caller)
            await deed()
        except NotProven as error:
            return await self.show(request, caller, {"prova": str(error)}, **typed)
        except EmailTaken:
            return await self.show(request, caller, {"novo-email": TAKEN}, **typed)
        except Invalid:
            return await self.show(request, caller, {"novo-email": NOT_AN_ADDRESS}, **typed)
        except TooOften:
            return await self.show(request, caller, {"prova": TOO_OFTEN}, **typed)
        except Unavailable:
            return await self.show(request, caller, {"prova": NOT_NOW}, **typed)
        return back_to(PAGE, flash)

    async def password_changed(self, request: Asked, caller: Caller) -> Response[Any]:
        current, new = await fields(request, "senha-atual", "senha-nova")
        try:
            tickets = await self.account.password(
                caller, PasswordChange(current, new, ip_of(request, self.account.address))
            )
        except PasswordRefused as error:
            return await self.show(request, caller, {"senha-nova": FAULTS[error.fault]})
        except (WrongCredentials, TooOften) as error:
            why = TOO_OFTEN if isinstance(error, TooOften) else NOT_THIS_PASSWORD
            return await self.show(request, caller, {"senha-atual": why})
        access: Access = request.app.state.access
        access.cookies.set(request.scope, tickets, access.renew.clock())
        return back_to(PAGE, "senha")


def account_pages_router(own: AccountPages, *more: HTTPRouteHandler) -> Router:
    handlers = [*_oneself(own), *_sessions(own), *more]
    return Router(PAGE, route_handlers=handlers, include_in_schema=False)


def _oneself(own: AccountPages) -> list[HTTPRouteHandler]:
    @get("/", guards=[requires()])
    async def show(request: Asked, caller: CallerGiven) -> Response[str]:
        return await own.show(request, caller)

    @post("/nome", guards=[requires()], status_code=303)
    async def name(request: Asked, caller: CallerGiven) -> Response[Any]:
        [said] = await fields(request, "nome")
        try:
            await own.change_name(caller, said)
        except Invalid:
            return await own.show(request, caller, {"nome": NAME}, nome=said)
        except NotPermitted:
            return await own.show(request, caller, {"nome": NOT_FROM_THERE}, nome=said)
        return back_to(PAGE, "nome")

    @post("/senha", guards=[requires()], status_code=303)
    async def password(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await own.password_changed(request, caller)

    @post("/endereco", guards=[requires()], status_code=303)
    async def email(request: Asked, caller: CallerGiven) -> Response[Any]:
        [said] = await fields(request, "novo-email")
        ask = own.account.email.ask
        return await own.tried(request, caller, lambda: ask(caller, said), "endereco", **{"novo-email": said})

    return [show, name, password, email]


def _sessions(own: AccountPages) -> list[HTTPRouteHandler]:
    @post("/sessoes/{id:str}/encerrar", guards=[requires()], status_code=303)
    async def end(caller: CallerGiven, id: FromPath[str]) -> Response[Any]:
        await own.account.sessions.end(caller, SessionId(id))
        return back_to(PAGE, "sessao-encerrada")

    @post("/sessoes/encerrar-outras", guards=[requires()], status_code=303)
    async def end_others(caller: CallerGiven) -> Response[Any]:
        await own.account.sessions.end_others(caller)
        return back_to(PAGE, "sessoes-encerradas")

    return [end, end_others]
