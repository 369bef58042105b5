"""Signing on at a company's identity provider: the way there, the way back, and where the owner sets it up."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from litestar import MediaType, Request, Response, Router, delete, get, put
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_303_SEE_OTHER

from adapters.http.access import Access, CallerGiven, requires
from adapters.http.auth import Short, agent_of, ip_of
from adapters.http.client_address import ClientAddress
from adapters.http.entrance import ELSEWHERE, ENTRANCE, PANEL
from adapters.http.problems import refusal
from adapters.telemetry.log import note
from application.access.arrange_sign_on import ArrangeSignOn
from application.access.sign_on import Provider, SignOnElsewhere
from application.access.step_up import MustBeFresh
from domain.access.role import Permission
from domain.shared.errors import NotFound, SecretariaError, TooOften, Unauthenticated, Unavailable
from domain.shared.ids import TenantId

BACK: Final = f"{ELSEWHERE}/retorno"
"""What companies give their provider as the address to come back to, after our own."""

NOT_IN: Final = (Unauthenticated, NotFound, TooOften, Unavailable)

StateShown = Annotated[str, QueryParameter(name="state")]  # Litestar keeps the bare word for itself


class ProviderIn(msgspec.Struct, forbid_unknown_fields=True):
    """Without `client_secret` the one there is stays, as long as the issuer does."""

    issuer: Short
    client_id: Short
    client_secret: Annotated[str, msgspec.Meta(min_length=1, max_length=500)] | None = None


class ProviderOut(msgspec.Struct):
    """The secret is never shown again."""

    issuer: str
    client_id: str
    has_secret: bool


def sign_on_router(elsewhere: SignOnElsewhere, address: ClientAddress) -> Router:
    @get("/{company:int}", summary="To the company's identity provider", include_in_schema=False)
    async def depart(company: FromPath[int], request: Request[Any, Any, Any]) -> Response[bytes]:
        try:
            departure = await elsewhere.depart(TenantId(company), ip_of(request, address))
        except NOT_IN as error:
            return _not_in(request, error)
        access: Access = request.app.state.access
        access.cookies.keep_state(request.scope, departure.state)
        return _to(departure.address)

    @get("/retorno", summary="Back from there", include_in_schema=False)
    async def arrive(
        request: Request[Any, Any, Any], shown: StateShown = "", code: FromQuery[str] = ""
    ) -> Response[bytes]:
        access: Access = request.app.state.access
        try:
            if not shown or not code or access.cookies.state_of(request) != shown:
                raise Unauthenticated("this login was not begun in this browser")
            tickets = await elsewhere.arrive(shown, code, agent=agent_of(request))
        except NOT_IN as error:
            return _not_in(request, error)
        access.cookies.set(request.scope, tickets, access.renew.clock())
        return _to(PANEL)

    return Router(ELSEWHERE, route_handlers=[depart, arrive], tags=["access"])


def sign_on_settings_router(arrange: ArrangeSignOn, fresh: MustBeFresh) -> Router:
    guards = [requires(Permission.USERS_WRITE)]

    nowhere = {404: refusal("They sign on here only")}

    @get("/", guards=guards, responses=nowhere, summary="Where this company's people sign on")
    async def show(caller: CallerGiven) -> ProviderOut:
        return _out(await arrange.show(caller.own_company))

    @put(
        "/",
        guards=guards,
        summary="Set it; wants a proof of the last ten minutes",
    )
    async def change(data: JSONBody[ProviderIn], caller: CallerGiven) -> ProviderOut:
        await fresh(caller)
        wanted = Provider(data.issuer.strip().rstrip("/"), data.client_id.strip(), data.client_secret)
        return _out(await arrange.put(caller.own_company, wanted))

    @delete("/", guards=guards, responses=nowhere, summary="Sign on here only; whoever came in by it logs in again")
    async def remove(caller: CallerGiven) -> None:
        await fresh(caller)
        await arrange.remove(caller.own_company)

    return Router("/api/sign-on", route_handlers=[show, change, remove], tags=["users"])


def _out(provider: Provider) -> ProviderOut:
    return ProviderOut(provider.issuer, provider.client_id, provider.client_secret is not None)


def _not_in(request: Request[Any, Any, Any], error: SecretariaError) -> Response[bytes]:
    """A browser reads why at the form, with no way back here: this road would only send it round in a circle."""
    if "text/html" not in request.headers.get("accept", "").lower():
        raise error
    note(outcome="unauthenticated", reason=str(error))
    return _to(f"{ENTRANCE}?aviso=sso")


def _to(address: str) -> Response[bytes]:
    headers = {"Location": address}
    return Response(b"", status_code=HTTP_303_SEE_OTHER, headers=headers, media_type=MediaType.TEXT)
