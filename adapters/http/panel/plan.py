"""The company's plan: how full it is, what it will be at the end, what is owed, another plan, and who hears of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import Response, Router, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter
from markupsafe import Markup

from adapters.http.access import CallerGiven, requires
from adapters.http.panel import plan_words as words
from adapters.http.panel.entry import fields
from adapters.http.panel.frame import Asked, Frame, back_to
from adapters.http.panel.proof import NotProven, ProofGate
from application.access.caller import Caller
from application.billing.ports import NoSubscription
from application.billing.preview_change import PreviewPlanChange
from application.billing.read import Account, ReadAccount, ReadPlans, ReadUsage
from application.billing.subscribe import ChangePlan
from application.quotas.whom_to_tell import WhomToTell
from domain.access.role import Permission
from domain.billing.plan import PlanCode
from domain.shared.errors import Invalid

PAGE: Final = "/painel/plano"
Code = Annotated[str, QueryParameter(name="para", max_length=60)]


@dataclass(frozen=True, slots=True)
class Books:
    """What this page reads and does."""

    plans: ReadPlans
    account: ReadAccount
    usage: ReadUsage
    preview: PreviewPlanChange
    change: ChangePlan
    tell: WhomToTell


@dataclass(frozen=True, slots=True)
class PlanPages:
    frame: Frame
    books: Books
    proof: ProofGate
    draw_pix: Callable[[str], str | None]

    async def show(
        self, request: Asked, caller: Caller, problems: dict[str, str] | None = None, **typed: str
    ) -> Response[str]:
        tenant, account = caller.own_company, await self._account(caller)
        usage, told = await self.books.usage(tenant), await self.books.tell.read(tenant)
        may_write = Permission.BILLING_WRITE in caller.permissions
        context = {
            "active": "plan",
            "account": account,
            "state": words.STATES[account.subscription.state] if account else None,
            "usage": usage,
            "bars": words.bars(usage, self.frame.clock()),
            "invoice_words": words.INVOICES,
            "pictures": self._pictures(account),
            "kinds": words.KINDS,
            "plans": await self.books.plans(),
            "typed": {"contatos": "\n".join(told.addresses), "endereco": told.url or ""} | typed,
            "endpoint": told.url,
            "problems": problems or {},
            "may_write": may_write,
            "doubt": await self.proof.doubt(caller) if may_write else None,
        }
        return await self.frame.page(request, caller, "plan/show.html", context, status=422 if problems else 200)

    def _pictures(self, account: Account | None) -> dict[int, Markup]:
        """The QR code of each bill that can be paid now, by its number."""
        payable = [one for one in account.invoices if one.state == "open"] if account else []
        drawn = {one.id: self.draw_pix(one.charge.pix_qr) for one in payable if one.charge}
        return {id: Markup(picture) for id, picture in drawn.items() if picture}  # noqa: S704 - our own drawing

    async def _account(self, caller: Caller) -> Account | None:
        try:
            return await self.books.account(caller.own_company)
        except NoSubscription:
            return None

    async def confirm(self, request: Asked, caller: Caller, code: str, problem: str | None = None) -> Response[str]:
        change = await self.books.preview(caller.own_company, PlanCode(code))
        context = {"active": "plan", "change": change, "problem": problem, "doubt": await self.proof.doubt(caller)}
        return await self.frame.page(request, caller, "plan/change.html", context, status=422 if problem else 200)

    async def changed(self, request: Asked, caller: Caller) -> Response[Any]:
        [code] = await fields(request, "plano")
        try:
            await self.proof.pass_through(request, caller)
        except NotProven as error:
            return await self.confirm(request, caller, code, str(error))
        await self.books.change(caller.own_company, PlanCode(code))
        return back_to(PAGE, "plano")

    async def contacts(self, request: Asked, caller: Caller) -> Response[Any]:
        [typed] = await fields(request, "contatos")
        try:
            await self.books.tell.write_to(caller.own_company, typed.split())
        except Invalid:
            return await self.show(request, caller, {"contatos": words.CONTACTS}, contatos=typed)
        return back_to(PAGE, "contatos")

    async def endpoint(self, request: Asked, caller: Caller) -> Response[Any]:
        [typed] = await fields(request, "endereco")
        try:
            await self.proof.pass_through(request, caller)
            endpoint = await self.books.tell.call(caller.own_company, typed.strip())
        except NotProven as error:
            return await self.show(request, caller, {"aviso": str(error)}, endereco=typed)
        except Invalid:
            return await self.show(request, caller, {"endereco": words.ADDRESS}, endereco=typed)
        if endpoint is None:
            return back_to(PAGE, "sem-webhook")
        return await self.frame.page(request, caller, "plan/secret.html", {"active": "plan", "endpoint": endpoint})


def plan_router(pages: PlanPages) -> Router:
    return Router(PAGE, route_handlers=_handlers(pages), include_in_schema=False)


def _handlers(pages: PlanPages) -> list[HTTPRouteHandler]:
    writing = [requires(Permission.BILLING_WRITE)]

    @get("/", guards=[requires(Permission.BILLING_READ)])
    async def show(request: Asked, caller: CallerGiven) -> Response[str]:
        return await pages.show(request, caller)

    @get("/mudar", guards=writing)
    async def confirm(request: Asked, caller: CallerGiven, code: Code = "") -> Response[str]:
        return await pages.confirm(request, caller, code)

    @post("/mudar", guards=writing, status_code=303, opt={"audit": "billing.change_plan"})
    async def change(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.changed(request, caller)

    @post("/contatos", guards=writing, status_code=303)
    async def contacts(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.contacts(request, caller)

    @post("/webhook", guards=writing, status_code=200)
    async def endpoint(request: Asked, caller: CallerGiven) -> Response[Any]:
        return await pages.endpoint(request, caller)

    return [show, confirm, change, contacts, endpoint]
