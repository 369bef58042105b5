"""Keys for machines: made with just the permissions they need, shown once, revoked. A company's, or the platform's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.access_words import PERMISSIONS
from adapters.http.panel.entry import fields
from adapters.http.panel.frame import Asked, Frame, back_to
from adapters.http.panel.proof import NotProven, ProofGate
from application.access.api_keys import KeyOrder, KeyRing
from application.access.caller import Caller
from domain.access.api_key import MoreThanOneHas
from domain.access.role import Permission
from domain.shared.errors import Invalid

OWN: Final = "/painel/chaves"
PLATFORMS: Final = "/painel/empresas/chaves"
TERMS: Final = {"30": "30 dias", "90": "90 dias", "365": "1 ano", "": "Não expira"}
NAME: Final = "Dê um nome que diga quem usa a chave, com até 80 caracteres."
SCOPES: Final = "Marque ao menos uma permissão."
NOT_YOURS: Final = "Uma chave não pode fazer mais do que você."
TERM: Final = "Escolha um dos prazos."


@dataclass(frozen=True, slots=True)
class Typed:
    name: str = ""
    days: str = "90"
    scopes: frozenset[str] = frozenset()

    @classmethod
    async def of(cls, request: Asked) -> Typed:
        form = await request.form()
        [name, days] = await fields(request, "nome", "prazo")
        return cls(name, days, frozenset(one for one in form.getall("permissao", []) if isinstance(one, str)))

    def order(self) -> KeyOrder:
        """Raises Invalid, naming the field."""
        if self.days not in TERMS:
            raise Invalid(TERM, field="prazo")
        known = frozenset(each for each in Permission if each in self.scopes)
        return KeyOrder(self.name, known, int(self.days) if self.days else None)


PROBLEMS: Final = {"name": ("nome", NAME), "scopes": ("permissao", SCOPES), "prazo": ("prazo", TERM)}


@dataclass(frozen=True, slots=True)
class KeyPages:
    frame: Frame
    ring: KeyRing
    proof: ProofGate

    async def show(
        self, request: Asked, caller: Caller, typed: Typed | None = None, problems: Mapping[str, str] | None = None
    ) -> Response[str]:
        context = {
            "active": _entry(caller),
            "here": _page(caller),
            "keys": await self.ring.list(caller),
            "scopes": [(each, PERMISSIONS[each]) for each in Permission if each in caller.permissions],
            "permissions": PERMISSIONS,
            "terms": TERMS,
            "typed": typed or Typed(),
            "problems": problems or {},
            "doubt": await self.proof.doubt(caller),
        }
        return await self.frame.page(request, caller, "keys/list.html", context, status=422 if problems else 200)

    async def made(self, request: Asked, caller: Caller) -> Response[str]:
        typed = await Typed.of(request)
        try:
            order = typed.order()
            await self.proof.pass_through(request, caller)
            new = await self.ring.make(caller, order)
        except NotProven as error:
            return await self.show(request, caller, typed, {"prova": str(error)})
        except MoreThanOneHas:
            return await self.show(request, caller, typed, {"permissao": NOT_YOURS})
        except Invalid as error:
            field, problem = PROBLEMS[error.field or "name"]
            return await self.show(request, caller, typed, {field: problem})
        context = {"active": _entry(caller), "here": _page(caller), "new": new, "permissions": PERMISSIONS}
        return await self.frame.page(request, caller, "keys/made.html", context)


def keys_pages_router(pages: KeyPages, path: str, permission: Permission) -> Router:
    """A caller's company, or its absence, says whose keys they are; the permission says who gets this far."""
    guards = [requires(permission)]

    @get("/", guards=guards)
    async def show(request: Asked, caller: CallerGiven) -> Response[str]:
        return await pages.show(request, caller)

    @post("/", guards=guards, status_code=200, opt={"audit": "keys.make"})
    async def make(request: Asked, caller: CallerGiven) -> Response[str]:
        return await pages.made(request, caller)

    @post("/{id:uuid}/revogar", guards=guards, status_code=303, opt={"audit": "keys.revoke"})
    async def revoke(caller: CallerGiven, id: FromPath[UUID]) -> Response[Any]:
        await pages.ring.revoke(caller, id)
        return back_to(_page(caller), "revogada")

    return Router(path, route_handlers=[show, make, revoke], include_in_schema=False)


def _page(caller: Caller) -> str:
    return PLATFORMS if caller.company is None else OWN


def _entry(caller: Caller) -> str:
    return "all_keys" if caller.company is None else "keys"
