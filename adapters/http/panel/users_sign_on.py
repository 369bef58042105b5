"""Signing on at the company's own identity provider, as an owner sets it up at the team's page; its secret is never shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from litestar import Response, post
from litestar.handlers import HTTPRouteHandler

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.account import NOT_NOW
from adapters.http.panel.entry import fields
from adapters.http.panel.frame import Asked, back_to
from adapters.http.panel.proof import NotProven
from adapters.http.panel.users import PAGE, UserPages
from application.access.caller import Caller
from application.access.sign_on import Provider
from domain.access.role import Permission
from domain.shared.errors import Invalid, Unavailable

PROBLEMS: Final = {
    "issuer": (
        "emissor",
        "Nenhum provedor OpenID Connect respondeu neste endereço. Copie o “issuer” como o provedor o mostra, com https://.",
    ),
    "client_id": ("cliente", "Copie o identificador que o provedor deu à Secretaria."),
}
"""The field of a provider that was refused -> the form's own, and what to change."""


@dataclass(frozen=True, slots=True)
class SignOnCard:
    team: UserPages

    async def put(self, request: Asked, caller: Caller) -> Response[Any]:
        issuer, client, secret = await fields(request, "emissor", "cliente", "segredo")
        wanted = Provider(issuer.strip().rstrip("/"), client.strip(), secret.strip() or None)
        put = self.team.arrange.put
        typed = {"emissor": issuer, "cliente": client}
        return await self._tried(request, caller, lambda: put(caller.own_company, wanted), "login-guardado", typed)

    async def remove(self, request: Asked, caller: Caller) -> Response[Any]:
        remove = self.team.arrange.remove
        return await self._tried(request, caller, lambda: remove(caller.own_company), "login-removido", {})

    async def _tried(
        self,
        request: Asked,
        caller: Caller,
        deed: Callable[[], Awaitable[object]],
        flash: str,
        typed: Mapping[str, str],
    ) -> Response[Any]:
        try:
            await self.team.proof.pass_through(request, caller)
            await deed()
        except NotProven as error:
            return await self.team.show(request, caller, problems={"aviso": str(error)}, typed=typed)
        except Invalid as error:
            field, problem = PROBLEMS[error.field or "issuer"]
            return await self.team.show(request, caller, problems={field: problem}, typed=typed)
        except Unavailable:
            return await self.team.show(request, caller, problems={"aviso": NOT_NOW}, typed=typed)
        return back_to(PAGE, flash)


def sign_on_handlers(team: UserPages) -> list[HTTPRouteHandler]:
    card, guards = SignOnCard(team), [requires(Permission.USERS_WRITE)]

    @post("/login", guards=guards, status_code=303, opt={"audit": "users.sign_on"})
    async def put(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await card.put(request, caller)

    @post("/login/remover", guards=guards, status_code=303, opt={"audit": "users.sign_on_removed"})
    async def remove(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await card.remove(request, caller)

    return [put, remove]
