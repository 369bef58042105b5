"""What the operator does to a company: suspend, resume, close with days of grace, move, pack. What is dangerous asks first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from litestar import Response, Router, get, post
from litestar.handlers import HTTPRouteHandler

from adapters.http.access import CallerGiven, requires
from adapters.http.panel.account import NOT_NOW
from adapters.http.panel.companies import PAGE, Id
from adapters.http.panel.entry import fields
from adapters.http.panel.frame import Asked, Frame, back_to
from adapters.http.panel.proof import NotProven, ProofGate
from adapters.http.zipped import zipped
from application.access.caller import Caller
from application.companies.register import CompanyView, ReadRegister
from application.provisioning.rest import Rest
from application.provisioning.steer import EXPORT, POOL, NotLeaving, Steer
from domain.access.role import Permission
from domain.companies.company import LONGEST_GRACE, CompanyBusy, ImpossibleMove
from domain.companies.limits import PastLimit
from domain.provisioning.pools import DEDICATED, SHARED, dedicated_to
from domain.shared.errors import Invalid, Refused, Unavailable
from domain.shared.ids import TenantId

T = TypeVar("T")

OTHER: Final = "outro"
DAYS: Final = f"Escreva um número de dias, de 1 a {LONGEST_GRACE}."
NOT_THE_NAME: Final = "O nome não confere. Escreva-o como está no alto desta página."
BUSY: Final = "Outra pessoa está mexendo nesta empresa agora. Espere um instante e tente de novo."
IMPOSSIBLE: Final = "A situação da empresa mudou, e isto não é mais possível. Volte à página dela."
NOT_IN_PLAN: Final = "O plano desta empresa não inclui trabalhadores só dela."
POOL_NAME: Final = "Use letras minúsculas, números, - e _, começando por letra; grupos de outras empresas não servem."
NOT_LEAVING: Final = "Só é possível exportar daqui os dados de uma empresa que está sendo encerrada."
AT_FIRST: Final = {"dias": "30", "nome": "", "grupo": "", "outro": ""}


class Wrong(Exception):
    """What the page says, at which field."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True)
class CompanyDeeds:
    frame: Frame
    register: ReadRegister
    rest: Rest
    steer: Steer
    proof: ProofGate

    async def confirm(
        self, request: Asked, caller: Caller, one: CompanyView, deed: str, wrong: Wrong | None = None
    ) -> Response[str]:
        typed = AT_FIRST | {"grupo": _choice(one)}
        if wrong is not None:
            typed = dict(zip(AT_FIRST, await fields(request, *AT_FIRST), strict=True))
        context = {
            "active": "companies",
            "one": one,
            "deed": deed,
            "typed": typed,
            "problems": {} if wrong is None else {wrong.field: str(wrong)},
            "pools": {SHARED: "Compartilhado", DEDICATED: "Só desta empresa", OTHER: "Outro grupo"},
            "doubt": await self.proof.doubt(caller),
        }
        return await self.frame.page(request, caller, "companies/deed.html", context, status=422 if wrong else 200)

    async def suspend(self, request: Asked, caller: Caller, one: CompanyView) -> Response[Any]:
        del request, caller
        await self.rest.suspend(one.id)
        return back_to(f"{PAGE}/{one.id}", "empresa-suspensa")

    async def resume(self, request: Asked, caller: Caller, one: CompanyView) -> Response[Any]:
        del request, caller
        await self.rest.resume(one.id)
        return back_to(f"{PAGE}/{one.id}", "empresa-de-volta")

    async def leave(self, request: Asked, caller: Caller, one: CompanyView) -> Response[Any]:
        del caller
        said, name = await fields(request, "dias", "nome")
        tidy = said.strip()
        if " ".join(name.split()).casefold() != one.name.casefold():
            raise Wrong("nome", NOT_THE_NAME)
        if not (tidy.isascii() and tidy.isdigit() and len(tidy) < 5):
            raise Wrong("dias", DAYS)
        await self.rest.leave(one.id, days=int(tidy))
        return back_to(f"{PAGE}/{one.id}", "empresa-de-saida")

    async def move(self, request: Asked, caller: Caller, one: CompanyView) -> Response[Any]:
        choice, other = await fields(request, "grupo", "outro")
        await self.steer.move(one.id, caller.who, other.strip() if choice == OTHER else choice)
        return back_to(f"{PAGE}/{one.id}", "empresa-de-grupo")

    async def export(self, request: Asked, caller: Caller, one: CompanyView) -> Response[Any]:
        del request
        return zipped(await self.steer.export(one.id, caller.who), one.id)

    async def done(self, request: Asked, caller: Caller, id: int, deed: str, do: Do) -> Response[Any]:
        """The deed, once the person has shown who they are; whatever is refused is said on the page that asked."""
        one = await self.register.get(TenantId(id))
        try:
            await self.proof.pass_through(request, caller)
            return await do(request, caller, one)
        except Wrong as wrong:
            return await self.confirm(request, caller, one, deed, wrong)
        except (Refused, Invalid, Unavailable) as error:
            return await self.confirm(request, caller, one, deed, _why_not(error))


Do = Callable[[Asked, Caller, CompanyView], Awaitable[Response[Any]]]


def company_deeds_router(deeds: CompanyDeeds) -> Router:
    asked = {
        "suspender": (deeds.suspend, "company.suspend"),
        "retomar": (deeds.resume, "company.resume"),
        "fechar": (deeds.leave, "company.leave"),
        "grupo": (deeds.move, POOL),
        "exportar": (deeds.export, EXPORT),
    }
    pairs = [_asking_first(deeds, deed, do, action) for deed, (do, action) in asked.items()]
    return Router(PAGE, route_handlers=[handler for pair in pairs for handler in pair], include_in_schema=False)


def _asking_first(deeds: CompanyDeeds, deed: str, do: Do, action: str) -> tuple[HTTPRouteHandler, HTTPRouteHandler]:
    guards = [requires(Permission.PLATFORM_COMPANIES_WRITE)]

    @get(f"/{{id:int}}/{deed}", guards=guards, name=f"panel confirm {action}")
    async def confirm(request: Asked, caller: CallerGiven, id: Id) -> Response[str]:
        return await deeds.confirm(request, caller, await deeds.register.get(TenantId(id)), deed)

    @post(f"/{{id:int}}/{deed}", guards=guards, status_code=200, opt={"audit": action}, name=f"panel {action}")
    async def act(request: Asked, caller: CallerGiven, id: Id) -> Response[Any]:
        return await deeds.done(request, caller, id, deed, do)

    return confirm, act


def _choice(one: CompanyView) -> str:
    return {SHARED: SHARED, dedicated_to(one.id): DEDICATED}.get(one.pool, OTHER)


def _why_not(error: Exception) -> Wrong:
    match error:
        case NotProven():
            return Wrong("aviso", str(error))
        case Invalid():
            return Wrong("dias", DAYS) if error.field == "grace_days" else Wrong("outro", POOL_NAME)
        case PastLimit():
            return Wrong("aviso", NOT_IN_PLAN)
        case NotLeaving():
            return Wrong("aviso", NOT_LEAVING)
        case CompanyBusy():
            return Wrong("aviso", BUSY)
        case ImpossibleMove():
            return Wrong("aviso", IMPOSSIBLE)
        case Unavailable():
            return Wrong("aviso", NOT_NOW)
    return Wrong("aviso", IMPOSSIBLE)
