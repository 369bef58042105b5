"""A connection that is there already, changed: its secrets are never shown, and stay where nothing is typed over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler

from adapters.http.access import CallerGiven, requires
from adapters.http.panel import connection_words as words
from adapters.http.panel.connections import PAGE, ConnectionPages, Id
from adapters.http.panel.entry import fields
from adapters.http.panel.frame import Asked, back_to
from adapters.http.panel.proof import NotProven
from application.access.caller import Caller
from application.provisioning.change_line import LineChange
from application.provisioning.ports import LineChanged
from domain.access.role import Permission
from domain.companies.connection import Connection
from domain.shared.errors import Invalid
from domain.shared.ids import ConnectionId

FIELDS: Final = ("nome", "endereco", "ritmo", "painel-email", "token", "painel-senha", "sem-login", "vista")
LATE: Final = (
    "Outra pessoa mudou esta conexão enquanto você editava, e nada foi guardado. O que você escreveu está aqui: confira com "
    "o que vale agora e guarde de novo. Token e senha precisam ser escritos outra vez."
)
NOW: Final = "Agora vale: {}"
SHOWN: Final = ("nome", "endereco", "ritmo")
MOST_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class EditPages:
    own: ConnectionPages

    async def form(
        self,
        request: Asked,
        caller: Caller,
        id: str,
        typed: Mapping[str, str] | None = None,
        problems: Mapping[str, str] | None = None,
        *,
        late: bool = False,
    ) -> Response[str]:
        line = (await self.own.lines.get(caller.own_company, ConnectionId(id))).connection
        context = {
            "active": "connections",
            "one": line,
            "typed": typed or _as_it_is(line),
            "seen": line.version if late or typed is None else typed["vista"],
            "now": _otherwise(_as_it_is(line), typed) if late else {},
            "problems": problems or {},
            "families": words.FAMILIES,
            "doubt": await self.own.proof.doubt(caller),
        }
        status = 409 if late else 422 if problems else 200
        return await self.own.frame.page(request, caller, "connections/edit.html", context, status=status)

    async def changed(self, request: Asked, caller: Caller, id: str) -> Response[Any]:
        typed = dict(zip(FIELDS, await fields(request, *FIELDS), strict=True))
        try:
            await self.own.proof.pass_through(request, caller)
            await self.own.lines.change(caller.own_company, ConnectionId(id), _change(typed))
        except Invalid as error:
            field, problem = words.PROBLEMS[error.field or "connection.name"]
            return await self.form(request, caller, id, typed, {field: problem})
        except NotProven as error:
            return await self.form(request, caller, id, typed, {"aviso": str(error)})
        except LineChanged:
            return await self.form(request, caller, id, typed, {"aviso": LATE}, late=True)
        return back_to(f"{PAGE}/{id}", "conexao-alterada")


def edit_handlers(own: ConnectionPages) -> list[HTTPRouteHandler]:
    pages, guards = EditPages(own), [requires(Permission.CONNECTIONS_WRITE)]

    @get("/{id:str}/editar", guards=guards)
    async def form(request: Asked, caller: CallerGiven, id: Id) -> Response[str]:
        return await pages.form(request, caller, id)

    @post("/{id:str}/editar", guards=guards, status_code=303, opt={"audit": "connections.change"})
    async def change(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        return await pages.changed(request, caller, id)

    return [form, change]


def _as_it_is(line: Connection) -> dict[str, str]:
    pace = str(line.sends_per_minute) if line.sends_per_minute else ""
    return {"nome": line.name, "endereco": line.base_url, "ritmo": pace, "painel-email": "", "sem-login": ""}


def _otherwise(now: Mapping[str, str], typed: Mapping[str, str] | None) -> dict[str, str]:
    """What stands at a field now where something else was typed."""
    return {name: NOW.format(now[name] or "vazio") for name in SHOWN if typed is not None and typed[name] != now[name]}


def _change(typed: Mapping[str, str]) -> LineChange:
    """Raises Invalid, naming the field."""
    pace, seen = typed["ritmo"].strip() or "0", typed["vista"]
    if not (pace.isascii() and pace.isdigit() and len(pace) <= MOST_DIGITS):
        raise Invalid("a number of messages", field="connection.sends_per_minute")
    return LineChange(
        whaticket_url=typed["endereco"].strip(),
        name=" ".join(typed["nome"].split()),
        sends_per_minute=int(pace),
        api_token=typed["token"].strip() or None,
        panel_email=typed["painel-email"].strip() or None,
        panel_password=typed["painel-senha"] or None,
        without_login=bool(typed["sem-login"]),
        seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= MOST_DIGITS else None,
    )
