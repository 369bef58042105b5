"""Companies over JSON: looked at, put to rest, brought back and closed by the platform's people; exported by their owners."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from litestar import Router, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream
from litestar.status_codes import HTTP_200_OK

from adapters.http.access import CallerGiven, proven, requires
from adapters.http.problems import refusal
from adapters.http.zipped import ZIP, zipped
from application.companies.export import ExportCompany
from application.companies.register import CompanyView, ReadRegister
from application.provisioning.rest import Rest
from domain.access.role import Permission
from domain.companies.company import CompanyNotFound
from domain.shared.ids import TenantId

WRITE: Final = [requires(Permission.PLATFORM_COMPANIES_WRITE)]
READ: Final = [requires(Permission.PLATFORM_COMPANIES_READ)]
REFUSED: Final = {409: refusal("Not from the state it is in, or somebody else is at it")}
MOST_NUMBER: Final = 2**31 - 1


class CompanyOut(msgspec.Struct):
    """`state`: opening, active, suspended, closing, closed. `closes_at`: the end of its days of grace; until then it can be
    resumed. `per_cent` is the fullest of the plan's limits.
    """

    id: int
    name: str
    slug: str
    state: str
    pool: str
    created_at: datetime
    closes_at: datetime | None
    plan: str | None
    subscription: str | None
    messages: int
    tokens: int
    per_cent: int | None
    users: int
    connections: int


class CloseIn(msgspec.Struct, forbid_unknown_fields=True):
    """It rests from now on; nothing is deleted before these days are over."""

    grace_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 30


def companies_router(register: ReadRegister, rest: Rest) -> Router:
    return Router("/api/tenants", route_handlers=[*_looking(register), *_resting(register, rest)], tags=["platform"])


def export_router(export: ExportCompany) -> Router:
    file = ResponseSpec(
        bytes, generate_examples=False, description="JSON Lines in a zip file, one part per table", media_type=ZIP
    )

    @get(
        "/export",
        guards=[requires(Permission.COMPANY_EXPORT), proven],
        responses={200: file},
        summary="All that the company has here, also while it rests",
        opt={"audit": "company.export"},
    )
    async def take_along(caller: CallerGiven) -> Stream:
        company = caller.own_company
        return zipped(await export(company), company)

    return Router("/api/company", route_handlers=[take_along], tags=["company"])


def _looking(register: ReadRegister) -> list[Any]:
    @get("/", guards=READ, summary="Companies with what they use, newest first")
    async def every_company(
        after: Annotated[int | None, QueryParameter(ge=1, le=MOST_NUMBER)] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=200)] = 100,
    ) -> list[CompanyOut]:
        page = await register(after=None if after is None else TenantId(after), limit=limit)
        return [_out(view) for view in page.rows]

    @get("/{id:int}", guards=READ, summary="One of them")
    async def company(id: FromPath[int]) -> CompanyOut:
        return _out(await register.get(_number(id)))

    return [every_company, company]


def _resting(register: ReadRegister, rest: Rest) -> list[Any]:
    again: Any = {"responses": REFUSED, "status_code": HTTP_200_OK, "guards": [*WRITE, proven]}

    @post("/{id:int}/suspend", **again, summary="Messages are kept, and answered by a person", opt=_on("suspend"))
    async def suspend(id: FromPath[int]) -> CompanyOut:
        await rest.suspend(_number(id))
        return _out(await register.get(_number(id)))

    @post("/{id:int}/resume", **again, summary="Back to work; takes back a closing, too", opt=_on("resume"))
    async def resume(id: FromPath[int]) -> CompanyOut:
        await rest.resume(_number(id))
        return _out(await register.get(_number(id)))

    @post("/{id:int}/close", **again, summary="Close after some days of grace", opt=_on("close"))
    async def close(id: FromPath[int], data: JSONBody[CloseIn | None] = None) -> CompanyOut:
        await rest.leave(_number(id), days=(data or CloseIn()).grace_days)
        return _out(await register.get(_number(id)))

    return [suspend, resume, close]


def _on(verb: str) -> dict[str, str]:
    return {"audit": f"company.{verb}"}


def _number(id: int) -> TenantId:
    if not 0 < id <= MOST_NUMBER:
        raise CompanyNotFound("there is no such company")
    return TenantId(id)


def _out(one: CompanyView) -> CompanyOut:
    return CompanyOut(
        id=one.id,
        name=one.name,
        slug=one.slug,
        state=one.state,
        pool=one.pool,
        created_at=one.created_at,
        closes_at=one.closes_at,
        plan=one.plan,
        subscription=one.subscription,
        messages=one.used.messages,
        tokens=one.used.tokens,
        per_cent=one.per_cent,
        users=one.people,
        connections=one.connections,
    )
