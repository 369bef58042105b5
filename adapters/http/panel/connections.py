"""The company's lines to WhatsApp: how they stand, what to set up over there, a test that really asks, and new secrets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Final

from litestar import Response, Router, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter

from adapters.http.access import CallerGiven, requires
from adapters.http.panel import connection_words as words
from adapters.http.panel.entry import fields
from adapters.http.panel.frame import Asked, Frame, back_to
from adapters.http.panel.proof import NotProven, ProofGate
from adapters.http.panel.texts import told
from application.access.caller import Caller
from application.provisioning.connect_line import LineOrder
from application.provisioning.own_lines import OwnLines
from domain.access.role import Permission
from domain.companies.connection import AuthMode, Connection, Dialect
from domain.companies.limits import PastLimit
from domain.shared.errors import Invalid, Refused
from domain.shared.ids import ConnectionId

PAGE: Final = "/painel/conexoes"
FIELDS: Final = ("nome", "tipo", "prova", "endereco", "token", "painel-email", "painel-senha")
AT_FIRST: Final = {
    "nome": "WhatsApp",
    "tipo": str(Dialect.SAAS_CLASSIC),
    "prova": str(AuthMode.PATH),
    "endereco": "",
    "token": "",
    "painel-email": "",
    "painel-senha": "",
}
OVERLAPS: Final = {"24": "24 horas", "168": "7 dias", "0": "Não: o anterior para agora"}
NOT_ACTIVE: Final = "A empresa não está ativa, e por isso não recebe conexões novas."
CHOOSE: Final = "Escolha uma das opções."

Id = Annotated[str, PathParameter(max_length=60)]


@dataclass(frozen=True, slots=True)
class ConnectionPages:
    """`address_of`: where webhooks of a connection go; in path mode the secret stands in it."""

    frame: Frame
    lines: OwnLines
    proof: ProofGate
    address_of: Callable[[Connection], str]

    async def list(self, request: Asked, caller: Caller) -> Response[str]:
        context: dict[str, object] = {
            "active": "connections",
            "lines": await self.lines.list(caller.own_company),
            "families": words.FAMILIES,
            "may_write": Permission.CONNECTIONS_WRITE in caller.permissions,
        }
        return await self.frame.page(request, caller, "connections/list.html", context)

    async def show(self, request: Asked, caller: Caller, id: str, problem: str | None = None) -> Response[str]:
        line = await self.lines.get(caller.own_company, ConnectionId(id))
        may_write = Permission.CONNECTIONS_WRITE in caller.permissions
        context = self._about(line.connection) | {
            "line": line,
            "address": None if line.connection.auth is AuthMode.PATH else self.address_of(line.connection),
            "overlaps": OVERLAPS,
            "problem": problem,
            "may_write": may_write,
            "doubt": await self.proof.doubt(caller) if may_write else None,
        }
        return await self.frame.page(request, caller, "connections/show.html", context, status=422 if problem else 200)

    async def secrets(self, request: Asked, caller: Caller, line: Connection, *, new: bool) -> Response[str]:
        context = self._about(line) | {"address": self.address_of(line), "one": line, "new": new}
        return await self.frame.page(request, caller, "connections/secrets.html", context)

    async def form(
        self, request: Asked, caller: Caller, typed: Mapping[str, str], problems: Mapping[str, str] | None = None
    ) -> Response[str]:
        context = {
            "active": "connections",
            "typed": typed,
            "problems": problems or {},
            "families": words.FAMILIES,
            "proofs": words.PROOFS,
            "doubt": await self.proof.doubt(caller),
        }
        return await self.frame.page(request, caller, "connections/form.html", context, status=422 if problems else 200)

    async def added(self, request: Asked, caller: Caller) -> Response[str]:
        typed = dict(zip(FIELDS, await fields(request, *FIELDS), strict=True))
        try:
            order = _order(typed)
            await self.proof.pass_through(request, caller)
            line = await self.lines.add(caller.own_company, order)
        except Invalid as error:
            field, problem = words.PROBLEMS.get(error.field or "", (error.field or "nome", CHOOSE))
            return await self.form(request, caller, typed, {field: problem})
        except NotProven as error:
            return await self.form(request, caller, typed, {"aviso": str(error)})
        except PastLimit as error:
            return await self.form(request, caller, typed, {"aviso": told(error)})
        except Refused:
            return await self.form(request, caller, typed, {"aviso": NOT_ACTIVE})
        return await self.secrets(request, caller, line, new=True)

    async def rotated(self, request: Asked, caller: Caller, id: str) -> Response[str]:
        [overlap] = await fields(request, "validade")
        if overlap not in OVERLAPS:
            return await self.show(request, caller, id, CHOOSE)
        try:
            await self.proof.pass_through(request, caller)
        except NotProven as error:
            return await self.show(request, caller, id, str(error))
        hours = timedelta(hours=int(overlap))
        line = await self.lines.rotate(caller.own_company, ConnectionId(id), overlap=hours)
        return await self.secrets(request, caller, line, new=False)

    async def switched_on(self, request: Asked, caller: Caller, id: str) -> Response[Any]:
        try:
            await self.lines.switch(caller.own_company, ConnectionId(id), active=True)
        except PastLimit as error:
            return await self.show(request, caller, id, told(error))
        return back_to(f"{PAGE}/{id}", "conexao-ligada")

    def _about(self, line: Connection) -> dict[str, object]:
        steps = words.checklist(line)
        return {"active": "connections", "families": words.FAMILIES, "proofs": words.PROOFS, "checklist": steps}


def connections_router(pages: ConnectionPages, *more: HTTPRouteHandler) -> Router:
    return Router(PAGE, route_handlers=[*_looking(pages), *_changing(pages), *more], include_in_schema=False)


def _looking(pages: ConnectionPages) -> list[HTTPRouteHandler]:
    guards = [requires(Permission.CONNECTIONS_READ)]

    @get("/", guards=guards)
    async def every(request: Asked, caller: CallerGiven) -> Response[str]:
        return await pages.list(request, caller)

    @get("/{id:str}", guards=guards)
    async def show(request: Asked, caller: CallerGiven, id: Id) -> Response[str]:
        return await pages.show(request, caller, id)

    @post("/{id:str}/testar", guards=guards, status_code=200, opt={"audit": "connections.test"})
    async def test(request: Asked, caller: CallerGiven, id: Id) -> Response[str]:
        checks = await pages.lines.test(caller.own_company, ConnectionId(id))
        context = {"checks": checks, "tried": words.TRIED, "found": words.FOUND}
        return await pages.frame.part(request, caller, "connections/_checks.html", context)

    return [every, show, test]


def _changing(pages: ConnectionPages) -> list[HTTPRouteHandler]:
    guards = [requires(Permission.CONNECTIONS_WRITE)]

    @get("/nova", guards=guards)
    async def form(request: Asked, caller: CallerGiven) -> Response[str]:
        return await pages.form(request, caller, AT_FIRST)

    @post("/", guards=guards, status_code=200)
    async def add(request: Asked, caller: CallerGiven) -> Response[str]:
        return await pages.added(request, caller)

    @post("/{id:str}/segredo", guards=guards, status_code=200, opt={"audit": "connections.rotate"})
    async def rotate(request: Asked, caller: CallerGiven, id: Id) -> Response[str]:
        return await pages.rotated(request, caller, id)

    @post("/{id:str}/desligar", guards=guards, status_code=303)
    async def off(caller: CallerGiven, id: Id) -> Response[Any]:
        await pages.lines.switch(caller.own_company, ConnectionId(id), active=False)
        return back_to(f"{PAGE}/{id}", "conexao-desligada")

    @post("/{id:str}/ligar", guards=guards, status_code=303)
    async def on(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        return await pages.switched_on(request, caller, id)

    return [form, add, rotate, off, on]


def _order(typed: Mapping[str, str]) -> LineOrder:
    """Raises Invalid, naming the field."""
    for field, choices in (("tipo", set(Dialect)), ("prova", set(AuthMode))):
        if typed[field] not in choices:
            raise Invalid("one of those offered", field=field)
    return LineOrder(
        whaticket_url=typed["endereco"].strip(),
        api_token=typed["token"].strip() or None,
        dialect=Dialect(typed["tipo"]),
        auth=AuthMode(typed["prova"]),
        name=" ".join(typed["nome"].split()),
        panel_email=typed["painel-email"].strip() or None,
        panel_password=typed["painel-senha"] or None,
    )
