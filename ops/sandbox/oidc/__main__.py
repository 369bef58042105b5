"""`python -m ops.sandbox.oidc`: start an identity provider of one's own. Client `secretaria`, secret `sandbox-secret`."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

import click
import msgspec
from litestar import Litestar, Request, Response, get, post, put
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_302_FOUND, HTTP_400_BAD_REQUEST

from ops.sandbox.oidc.provider import IdentityProvider, Person
from ops.sandbox.serving import run

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]

StateAsked = Annotated[str, QueryParameter(name="state")]


class State(msgspec.Struct):
    """Who is logged in at the provider, and which claims it lies about.

    `forged` signs by a key that is not published; with `slash` its issuer ends in one, as some providers' do.
    """

    person: Person = msgspec.field(default_factory=Person)
    lies: dict[str, Any] = msgspec.field(default_factory=dict)
    forged: bool = False
    slash: bool = False


def build(provider: IdentityProvider) -> Litestar:
    @get("/.well-known/openid-configuration")
    async def describe(request: Request[Any, Any, Any]) -> dict[str, object]:
        return provider.describe(_issuer(request))

    @get("/keys")
    async def keys() -> dict[str, object]:
        return {"keys": [provider.key.as_dict(private=False)]}

    @get("/authorize")
    async def authorize(
        redirect_uri: FromQuery[str], state_: StateAsked, nonce: FromQuery[str], code_challenge: FromQuery[str]
    ) -> Response[bytes]:
        code = provider.grant(redirect_uri, nonce, code_challenge)
        target = f"{redirect_uri}?{urlencode({'code': code, 'state': state_})}"
        return Response(b"", status_code=HTTP_302_FOUND, headers={"Location": target})

    @post("/token", status_code=HTTP_200_OK)
    async def token(data: Form, request: Request[Any, Any, Any]) -> Response[dict[str, object]]:
        answer = provider.exchange(_issuer(request), data)
        if answer is None:
            return Response({"error": "invalid_grant"}, status_code=HTTP_400_BAD_REQUEST)
        return Response(answer)

    @put("/_sandbox/state")
    async def become(data: JSONBody[State]) -> None:
        provider.person, provider.lies, provider.forged = data.person, data.lies, data.forged
        provider.slash = data.slash

    @get("/_sandbox/health")
    async def health() -> str:
        return "ok"

    handlers = [describe, keys, authorize, token, become, health]
    return Litestar(handlers, openapi_config=None, logging_config=None)


def _issuer(request: Request[Any, Any, Any]) -> str:
    return str(request.base_url).rstrip("/")


@click.command(context_settings={"show_default": True})
@click.option("--port", default=0, help="0 takes a free one; the line printed tells which.")
@click.option("--host", default="127.0.0.1")
@click.option("--until-stdin-closes", is_flag=True, help="End when the parent does.")
def main(port: int, host: str, until_stdin_closes: bool) -> None:
    """An OpenID Connect provider as a local HTTP service."""
    run(build(IdentityProvider()), host=host, port=port, until_stdin_closes=until_stdin_closes)


if __name__ == "__main__":
    main()
