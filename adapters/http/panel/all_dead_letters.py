"""Dead letters of all companies, for the operator: reasons and ids, never what somebody wrote."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from litestar import Response, Router, get, post
from litestar.params import QueryParameter

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.dead_letters import LONGEST_ID, chosen
from adapters.http.panel.frame import Asked, Frame, back_to
from application.access.caller import Caller
from application.dead_letters.ports import DeadLetters
from application.dead_letters.settle_any import SettleAny
from application.provisioning.ports import Companies
from domain.access.role import Permission
from domain.shared.ids import JobId, TenantId

PAGE: Final = "/painel/empresas/falhas"
SHOWN: Final = 50

After = Annotated[int | None, QueryParameter(ge=1, le=LONGEST_ID)]
Company = Annotated[int | None, QueryParameter(ge=1, le=2**31 - 1)]
Deed = Callable[[Collection[JobId]], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class AllDeadLetterPages:
    frame: Frame
    dead_letters: DeadLetters
    settle: SettleAny
    companies: Companies

    async def show(self, request: Asked, caller: Caller, company: int | None, after: int | None) -> Response[str]:
        tenant = None if company is None else TenantId(company)
        found = await self.dead_letters.parked(
            tenant=tenant, after=None if after is None else JobId(after), limit=SHOWN + 1
        )
        rows = found[:SHOWN]
        further = {"empresa": company, "depois": rows[-1].id} if len(found) > SHOWN else None
        names = {each.id: each.name for each in await self.companies.all()}
        context = {
            "active": "all_dead_letters",
            "rows": rows,
            "names": names,
            "company": None if tenant is None else names.get(tenant, f"nº {tenant}"),
            "next": None if further is None else urlencode({k: v for k, v in further.items() if v is not None}),
        }
        return await self.frame.page(request, caller, "dead_letters/all.html", context)

    async def settled(self, request: Asked, deed: Deed, flash: str) -> Response[Any]:
        done = await deed(await chosen(request))
        return back_to(PAGE, flash if done else "nenhuma")


def all_dead_letters_router(pages: AllDeadLetterPages) -> Router:
    guards = [requires(Permission.PLATFORM_DEAD_LETTERS)]

    @get("/", guards=guards)
    async def show(request: Asked, caller: CallerGiven, empresa: Company = None, depois: After = None) -> Response[str]:
        return await pages.show(request, caller, empresa, depois)

    @post("/repetir", guards=guards)
    async def retry(request: Asked) -> Response[Any]:
        return await pages.settled(request, pages.settle.retry, "repetida")

    @post("/descartar", guards=guards)
    async def discard(request: Asked) -> Response[Any]:
        return await pages.settled(request, pages.settle.discard, "descartada")

    return Router(PAGE, route_handlers=[show, retry, discard], include_in_schema=False)
