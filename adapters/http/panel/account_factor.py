"""The second factor, step by step: a picture for the telephone, its first code, and recovery codes that are shown once."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Final

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect
from markupsafe import Markup

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.account import PAGE, AccountPages
from adapters.http.panel.entry import fields
from adapters.http.panel.frame import Asked
from adapters.http.panel.proof import NotProven
from application.access.caller import Caller
from application.access.second_factor import NotThisCode
from application.access.step_up import ProofNeeded

STEP: Final = f"{PAGE}/duas-etapas"
NOT_THIS: Final = "O celular mostra outro código agora. Espere o próximo e digite os seis números."


@dataclass(frozen=True, slots=True)
class FactorPages:
    own: AccountPages

    async def picture(self, request: Asked, caller: Caller, problem: str | None = None) -> Response[Any]:
        """As long as the first code is waited for; else the account, which says how things stand."""
        enrolment = await self.own.account.second_factor.waiting(caller)
        if enrolment is None:
            return Redirect(PAGE, status_code=303)
        secret = " ".join(enrolment.secret[place : place + 4] for place in range(0, len(enrolment.secret), 4))
        # drawn by us out of squares; no text of anybody's stands in it
        context = {"active": "account", "picture": Markup(enrolment.picture), "secret": secret, "problem": problem}  # noqa: S704
        return await self.own.frame.page(
            request, caller, "account/factor.html", context, status=422 if problem else 200
        )

    async def begun(self, request: Asked, caller: Caller) -> Response[Any]:
        try:
            await self.own.proof.pass_through(request, caller)
        except NotProven as error:
            return await self.own.show(request, caller, {"prova": str(error)})
        await self.own.account.second_factor.propose(caller)
        return Redirect(STEP, status_code=303)

    async def confirmed(self, request: Asked, caller: Caller) -> Response[Any]:
        [code] = await fields(request, "codigo")
        try:
            recovery = await self.own.account.second_factor.confirm(caller, code)
        except NotThisCode:
            return await self.picture(request, caller, NOT_THIS)
        context = {"active": "account", "codes": recovery}
        return await self.own.frame.page(request, caller, "account/recovery.html", context)


def second_factor_handlers(own: AccountPages) -> list[HTTPRouteHandler]:
    pages = FactorPages(own)

    @get("/duas-etapas", guards=[requires()])
    async def show(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await _or_the_account(pages.picture(request, caller))

    @post("/duas-etapas", guards=[requires()], status_code=303)
    async def propose(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.begun(request, caller)

    @post("/duas-etapas/confirmar", guards=[requires()], status_code=200)
    async def confirm(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await _or_the_account(pages.confirmed(request, caller))

    @post("/duas-etapas/desligar", guards=[requires()], status_code=303)
    async def remove(request: Asked, caller: CallerGiven) -> Response[Any]:
        second_factor = own.account.second_factor
        return await own.tried(request, caller, lambda: second_factor.remove(caller), "segundo-fator-desligado")

    return [show, propose, confirm, remove]


async def _or_the_account(page: Awaitable[Response[Any]]) -> Response[Any]:
    """Who took too long in between begins again where the password is asked for."""
    try:
        return await page
    except ProofNeeded:
        return Redirect(PAGE, status_code=303)
