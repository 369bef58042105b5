"""All that the company has here, for its owner to take along: asked once more who it is, then one download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from litestar import Response, Router, get, post

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.frame import Asked, Frame
from adapters.http.panel.proof import NotProven, ProofGate
from adapters.http.zipped import zipped
from application.access.caller import Caller
from application.companies.export import ExportCompany
from domain.access.role import Permission

PAGE: Final = "/painel/exportar"


@dataclass(frozen=True, slots=True)
class ExportPages:
    frame: Frame
    export: ExportCompany
    proof: ProofGate

    async def ask(self, request: Asked, caller: Caller, problem: str | None = None) -> Response[str]:
        context = {"active": "", "doubt": await self.proof.doubt(caller), "problem": problem}
        return await self.frame.page(request, caller, "export.html", context, status=422 if problem else 200)

    async def hand_over(self, request: Asked, caller: Caller) -> Response[Any]:
        try:
            await self.proof.pass_through(request, caller)
        except NotProven as error:
            return await self.ask(request, caller, str(error))
        return zipped(await self.export(caller.own_company), caller.own_company)


def export_pages_router(pages: ExportPages) -> Router:
    guards = [requires(Permission.COMPANY_EXPORT)]

    @get("/", guards=guards)
    async def ask(request: Asked, caller: CallerGiven) -> Response[str]:
        return await pages.ask(request, caller)

    @post("/", guards=guards, status_code=200, opt={"audit": "company.export"})
    async def hand_over(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.hand_over(request, caller)

    return Router(PAGE, route_handlers=[ask, hand_over], include_in_schema=False)
