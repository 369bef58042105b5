"""Logging in over JSON: tokens for programs and apps. The panel's own form uses the same use cases and keeps its cookies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from adapters.http.access import Access, CallerGiven, requires
from adapters.http.client_address import ClientAddress
from adapters.http.problems import refusal
from application.access.begin_session import Tickets
from application.access.change_company import ChangeCompany
from application.access.renew_session import RenewSession
from application.access.sign_in import Attempt, CodeNeeded, FinishSignIn, SignIn
from application.access.sign_out import SignOut
from application.access.texts import why_it_rests
from application.companies.ports import Profiles
from application.shared.ports import Clock
from domain.access.session import Session
from domain.shared.ids import TenantId

Short = Annotated[str, msgspec.Meta(max_length=300)]
Password = Annotated[str, msgspec.Meta(max_length=1_000)]
Token = Annotated[str, msgspec.Meta(max_length=2_000)]
CompanyNumber = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]


class LoginIn(msgspec.Struct, forbid_unknown_fields=True):
    """`company` chooses where somebody belongs to several; without it, the one joined first."""

    email: Short
    password: Password
    company: CompanyNumber | None = None


class CodeIn(msgspec.Struct, forbid_unknown_fields=True):
    """`code`: six digits of the telephone, or one of the recovery codes."""

    challenge: Token
    code: Short


class CompanyIn(msgspec.Struct, forbid_unknown_fields=True):
    """One that this person belongs to."""

    company: CompanyNumber


class RefreshIn(msgspec.Struct, forbid_unknown_fields=True):
    refresh_token: Token


class TokensOut(msgspec.Struct, tag_field="result", tag="in"):
    """`expires_in`: seconds until the access token needs the refresh token, which works once. `notice`: why the company rests,
    in Portuguese, where it does: its people come in all the same, to read and to answer.
    """

    access_token: str
    refresh_token: str
    expires_in: int
    token_type: str = "Bearer"  # noqa: S105 - the word of RFC 6750
    notice: str | None = None


class CodeNeededOut(msgspec.Struct, tag_field="result", tag="code_needed"):
    """The password was right, and this person has a second factor: bring the code to /api/auth/second-factor."""

    challenge: str


class MeOut(msgspec.Struct):
    """`company` is null for the platform's own people and keys; `session` is null for a key."""

    id: UUID
    name: str
    company: int | None
    session: str | None
    permissions: list[str]


REFUSALS: Final = {
    401: refusal("Not these, whichever was wrong"),
    403: refusal("All was right, and the company is being closed: `detail` says so in Portuguese"),
    429: refusal("Too many tries"),
    503: refusal("Nobody can be let in now"),
}


@dataclass(frozen=True, slots=True)
class Logins:
    """What the routes of logging in call, and how they learn where somebody calls from."""

    sign_in: SignIn
    finish: FinishSignIn
    renew: RenewSession
    sign_out: SignOut
    change_company: ChangeCompany
    address: ClientAddress
    profiles: Profiles

    async def why_it_rests(self, session: Session) -> str | None:
        if session.company is None:
            return None
        places = await self.renew.users.places(session.user)
        place = next((each for each in places if each.company == session.company), None)
        return None if place is None else why_it_rests(place, (await self.profiles.of(place.company)).zone)


def auth_router(logins: Logins) -> Router:
    return Router("/api/auth", route_handlers=[*_coming_in(logins), *_being_in(logins)], tags=["access"])


def _coming_in(logins: Logins) -> list[Any]:
    @post("/login", status_code=HTTP_200_OK, responses=REFUSALS, summary="Address and password for tokens")
    async def login(data: JSONBody[LoginIn], request: Request[Any, Any, Any]) -> TokensOut | CodeNeededOut:
        company = None if data.company is None else TenantId(data.company)
        attempt = Attempt(data.email, data.password, ip_of(request, logins.address), company, agent_of(request))
        done = await logins.sign_in(attempt)
        return CodeNeededOut(done.challenge) if isinstance(done, CodeNeeded) else await _let_in(logins, done)

    @post("/second-factor", status_code=HTTP_200_OK, responses=REFUSALS, summary="The code that was asked for")
    async def second_factor(data: JSONBody[CodeIn], request: Request[Any, Any, Any]) -> TokensOut:
        ip, agent = ip_of(request, logins.address), agent_of(request)
        return await _let_in(logins, await logins.finish(data.challenge, data.code, ip=ip, agent=agent))

    @post("/refresh", status_code=HTTP_200_OK, responses=REFUSALS, summary="A refresh token for the next tokens")
    async def refresh(data: JSONBody[RefreshIn]) -> TokensOut:
        return told(await logins.renew(data.refresh_token), logins.renew.clock)

    return [login, second_factor, refresh]


def _being_in(logins: Logins) -> list[Any]:
    @post(
        "/company",
        status_code=HTTP_200_OK,
        guards=[requires()],
        responses={404: refusal("No company that this person belongs to")},
        summary="Go over to another of one's companies; the session before ends",
        opt={"audit": "access.company"},
    )
    async def change(data: JSONBody[CompanyIn], caller: CallerGiven) -> TokensOut:
        return await _let_in(logins, await logins.change_company(caller, TenantId(data.company)))

    @post("/logout", status_code=HTTP_204_NO_CONTENT, guards=[requires()], summary="End this session now")
    async def logout(caller: CallerGiven, request: Request[Any, Any, Any]) -> Response[None]:
        await logins.sign_out(caller)
        access: Access = request.app.state.access
        access.cookies.clear(request.scope)
        return Response(None, status_code=HTTP_204_NO_CONTENT)

    @get("/me", guards=[requires()], summary="Who this token speaks for")
    async def me(caller: CallerGiven) -> MeOut:
        permissions = sorted(str(each) for each in caller.permissions)
        return MeOut(caller.id, caller.name, caller.company, caller.session, permissions)

    return [change, logout, me]


async def _let_in(logins: Logins, tickets: Tickets) -> TokensOut:
    return told(tickets, logins.renew.clock, await logins.why_it_rests(tickets.session))


def told(tickets: Tickets, clock: Clock, notice: str | None = None) -> TokensOut:
    seconds = int((tickets.access_until - clock()).total_seconds())
    return TokensOut(tickets.access, tickets.refresh, max(0, seconds), notice=notice)


def ip_of(request: Request[Any, Any, Any], address: ClientAddress) -> str:
    return address.of(request.client.host if request.client else None, request.scope["headers"])


def agent_of(request: Request[Any, Any, Any]) -> str:
    return request.headers.get("user-agent", "")
