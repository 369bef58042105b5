"""Logging in over JSON: tokens for programs and apps. The panel's own form uses the same use cases and keeps its cookies."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from adapters.http.access import Access, CallerGiven, requires
from adapters.http.problems import Problem
from application.access.begin_session import Tickets
from application.access.renew_session import RenewSession
from application.access.sign_in import Attempt, SignIn
from application.access.sign_out import SignOut
from application.shared.ports import Clock
from domain.shared.ids import TenantId

Short = Annotated[str, msgspec.Meta(max_length=300)]
Token = Annotated[str, msgspec.Meta(max_length=2_000)]
CompanyNumber = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]


class LoginIn(msgspec.Struct):
    """`company` chooses where somebody belongs to several; without it, the one joined first."""

    email: Short
    password: Annotated[str, msgspec.Meta(max_length=1_000)]
    company: CompanyNumber | None = None


class RefreshIn(msgspec.Struct):
    refresh_token: Token


class TokensOut(msgspec.Struct):
    """`expires_in`: seconds until the access token needs the refresh token, which works once."""

    access_token: str
    refresh_token: str
    expires_in: int
    token_type: str = "Bearer"  # noqa: S105 - the word of RFC 6750


class MeOut(msgspec.Struct):
    """`company` is null for the platform's own people and keys; `session` is null for a key."""

    id: UUID
    name: str
    company: int | None
    session: str | None
    permissions: list[str]


REFUSED: Final = ResponseSpec(Problem, description="Not these", media_type="application/problem+json")
ANSWERS: Final = {200: ResponseSpec(TokensOut, description="In"), 401: REFUSED, 422: REFUSED, 503: REFUSED}


def auth_router(sign_in: SignIn, renew: RenewSession, sign_out: SignOut) -> Router:
    @post("/login", status_code=HTTP_200_OK, responses=ANSWERS, summary="Address and password for tokens")
    async def login(data: JSONBody[LoginIn], request: Request[Any, Any, Any]) -> TokensOut:
        company = None if data.company is None else TenantId(data.company)
        agent = request.headers.get("user-agent", "")
        return told(await sign_in(Attempt(data.email, data.password, company, agent)), renew.clock)

    @post("/refresh", status_code=HTTP_200_OK, responses=ANSWERS, summary="A refresh token for the next tokens")
    async def refresh(data: JSONBody[RefreshIn]) -> TokensOut:
        return told(await renew(data.refresh_token), renew.clock)

    @post("/logout", status_code=HTTP_204_NO_CONTENT, guards=[requires()], summary="End this session now")
    async def logout(caller: CallerGiven, request: Request[Any, Any, Any]) -> Response[None]:
        await sign_out(caller)
        access: Access = request.app.state.access
        access.cookies.clear(request.scope)
        return Response(None, status_code=HTTP_204_NO_CONTENT)

    @get("/me", guards=[requires()], summary="Who this token speaks for")
    async def me(caller: CallerGiven) -> MeOut:
        permissions = sorted(str(each) for each in caller.permissions)
        return MeOut(caller.id, caller.name, caller.company, caller.session, permissions)

    return Router("/api/auth", route_handlers=[login, refresh, logout, me], tags=["access"])


def told(tickets: Tickets, clock: Clock) -> TokensOut:
    seconds = int((tickets.access_until - clock()).total_seconds())
    return TokensOut(tickets.access, tickets.refresh, max(0, seconds))
