"""The platform's operator looks at companies: who they are, what they buy and use, and whether something waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.params import FromPath, PathParameter, QueryParameter

from adapters.http.access import CallerGiven, requires
from adapters.http.panel import access_words, company_words, connection_words, plan_words
from adapters.http.panel.account import NOT_NOW
from adapters.http.panel.frame import Asked, Frame, back_to
from adapters.http.panel.users import ANSWERED, TOO_MANY
from application.access.caller import Caller
from application.access.members import Members, NotInvited
from application.access.ports import Users
from application.companies.register import ReadRegister
from application.provisioning.ports import Lines
from domain.access.role import Permission
from domain.billing.money import whole_cents
from domain.billing.subscription import State as SubscriptionState
from domain.companies.company import State
from domain.shared.errors import TooOften, Unavailable
from domain.shared.ids import TenantId, UserId

PAGE: Final = "/painel/empresas"
MOST: Final = 2**31 - 1

Text = Annotated[str, QueryParameter(max_length=200)]
After = Annotated[int | None, QueryParameter(ge=1, le=MOST)]
Id = Annotated[int, PathParameter(ge=1, le=MOST)]
WORDS: Final = {
    "states": company_words.STATES,
    "subscriptions": {str(state): words for state, words in plan_words.STATES.items() if state in SubscriptionState},
    "cents": whole_cents,
}


@dataclass(frozen=True, slots=True)
class CompanyPages:
    frame: Frame
    register: ReadRegister
    users: Users
    members: Members
    lines: Lines

    async def show(self, request: Asked, caller: Caller, tenant: TenantId, problem: str = "") -> Response[str]:
        one = await self.register.get(tenant)
        people, off = await self.users.of(tenant), await self.lines.switched_off(tenant)
        context = WORDS | {
            "active": "companies",
            "problem": problem,
            "may_write": Permission.PLATFORM_COMPANIES_WRITE in caller.permissions,
            "one": one,
            "bars": company_words.bars(one),
            "people": [(each, each.membership(tenant)) for each in people],
            "person_states": access_words.STATES,
            "lines": [(line, line.id not in off) for line in await self.lines.of(tenant)],
            "families": connection_words.FAMILIES,
            "deeds": company_words.deeds(one) if Permission.PLATFORM_COMPANIES_WRITE in caller.permissions else (),
        }
        return await self.frame.page(request, caller, "companies/show.html", context, status=422 if problem else 200)

    async def invite_again(self, request: Asked, caller: Caller, tenant: TenantId, person: UserId) -> Response[Any]:
        """For an owner whose letter was lost, or is older than its link: nobody inside could send another."""
        try:
            await self.members.invite_again(tenant, person)
        except NotInvited:
            return await self.show(request, caller, tenant, ANSWERED)
        except TooOften:
            return await self.show(request, caller, tenant, TOO_MANY)
        except Unavailable:
            return await self.show(request, caller, tenant, NOT_NOW)
        return back_to(f"{PAGE}/{tenant}", "convidada")


def companies_router(pages: CompanyPages) -> Router:
    guards = [requires(Permission.PLATFORM_COMPANIES_READ)]

    @get("/", guards=guards)
    async def every(
        request: Asked, caller: CallerGiven, busca: Text = "", estado: Text = "", depois: After = None
    ) -> Response[str]:
        state = State(estado) if estado in set(State) else None
        named = " ".join(busca.replace("\0", "").split())
        page = await pages.register(named=named, state=state, after=None if depois is None else TenantId(depois))
        may_open = Permission.PLATFORM_COMPANIES_WRITE in caller.permissions
        context = WORDS | {"active": "companies", "page": page, "named": named, "state": state, "may_open": may_open}
        return await pages.frame.page(request, caller, "companies/list.html", context)

    @get("/{id:int}", guards=guards, opt={"audit": "company.look"})
    async def show(request: Asked, caller: CallerGiven, id: Id) -> Response[str]:
        return await pages.show(request, caller, TenantId(id))

    @post(
        "/{id:int}/pessoas/{person:uuid}/convite",
        guards=[requires(Permission.PLATFORM_COMPANIES_WRITE)],
        status_code=303,
        opt={"audit": "users.invite_again"},
    )
    async def invite_again(request: Asked, caller: CallerGiven, id: Id, person: FromPath[UUID]) -> Response[Any]:
        return await pages.invite_again(request, caller, TenantId(id), UserId(person))

    return Router(PAGE, route_handlers=[every, show, invite_again], include_in_schema=False)
