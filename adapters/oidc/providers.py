"""OpenID Connect: authorisation code with PKCE, the provider's own description, its keys, and every check of the ID token.

The issuer's address is typed by a company, so the client that calls it is the caller's to guard: composition gives one that
reaches the open Internet only. Answers are read up to a limit, and redirects are not followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import httpx2
import msgspec
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from application.access.sign_on import Identity, Pending, Provider
from domain.access.email import checked_email
from domain.shared.errors import Invalid, Unauthenticated, Unavailable

ALGORITHMS: Final = ["RS256", "PS256", "ES256"]
"""Only what is signed by a key of the provider's own: never `none`, never a secret that we share."""

T = TypeVar("T")
SCOPE: Final = "openid email profile"
MOST_BYTES: Final = 256_000
LEEWAY: Final = 60
GOOD: Final = 200
NO_ANSWER: Final = (httpx2.HTTPError, httpx2.InvalidURL, ValueError)
"""Among them what an address that is none makes of itself on its way out: the provider's own description names three."""


class ProviderAway(Unavailable):
    """The identity provider did not answer, or not as one should."""


class Description(msgspec.Struct):
    """The provider's discovery document, as far as we go."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class Tokens(msgspec.Struct):
    id_token: str
    access_token: str = ""


@dataclass(frozen=True, slots=True)
class OidcProviders:
    """`here` is where the provider sends people back to."""

    client: httpx2.AsyncClient
    here: str
    https_only: bool = True

    async def check(self, provider: Provider) -> None:
        try:
            await self._describe(provider)
        except ProviderAway as error:
            raise Invalid(f"no OpenID Connect provider answers there: {error}", field="issuer") from error

    async def address(self, provider: Provider, state: str, pending: Pending) -> str:
        description = await self._describe(provider)
        return str(
            prepare_grant_uri(
                description.authorization_endpoint,
                provider.client_id,
                "code",
                redirect_uri=self.here,
                scope=SCOPE,
                state=state,
                nonce=pending.nonce,
                code_challenge=create_s256_code_challenge(pending.verifier),
                code_challenge_method="S256",
            )
        )

    async def recognised(self, provider: Provider, code: str, pending: Pending) -> Identity:
        description = await self._describe(provider)
        tokens = await self._exchange(description.token_endpoint, provider, code, pending.verifier)
        keys = await self._json("GET", description.jwks_uri)
        claims = _checked(tokens, keys, description.issuer, provider.client_id, pending.nonce)
        return Identity(provider.issuer, str(claims["sub"]), _vouched(claims))

    async def _describe(self, provider: Provider) -> Description:
        url = f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration"
        description = _shaped(await self._json("GET", url), Description)
        if description.issuer.rstrip("/") != provider.issuer.rstrip("/"):
            raise ProviderAway("it calls itself by another name")
        return description

    async def _exchange(self, url: str, provider: Provider, code: str, verifier: str) -> Tokens:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.here,
            "client_id": provider.client_id,
            "code_verifier": verifier,
        }
        proof = {"client_secret": provider.client_secret} if provider.client_secret else {}
        return _shaped(await self._json("POST", url, form | proof), Tokens)

    async def _json(self, method: str, url: str, form: Mapping[str, str] | None = None) -> bytes:
        try:
            self._expect_https(url)
            async with self.client.stream(method, url, data=form, headers={"accept": "application/json"}) as answer:
                body = await _some(answer)
        except NO_ANSWER as error:
            raise ProviderAway(type(error).__name__) from error
        if form is not None and answer.status_code in (400, 401, 403):
            raise Unauthenticated("the provider did not take the code")
        if answer.status_code != GOOD:
            raise ProviderAway(f"status {answer.status_code}")
        return body

    def _expect_https(self, url: str) -> None:
        if urlsplit(url).scheme not in (("https",) if self.https_only else ("https", "http")):
            raise ProviderAway("an address that is not https")


async def _some(answer: httpx2.Response) -> bytes:
    body = b""
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            raise ProviderAway("an answer without end")
    return body


def _shaped(body: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.MsgspecError as error:
        raise ProviderAway("an answer of another shape") from error


def _checked(tokens: Tokens, keys: bytes, issuer: str, client_id: str, nonce: str) -> Mapping[str, Any]:
    try:
        token = jwt.decode(tokens.id_token, KeySet.import_key_set(msgspec.json.decode(keys)), algorithms=ALGORITHMS)
        claims = CodeIDToken(
            token.claims,
            token.header,
            options={"iss": {"essential": True, "value": issuer}, "aud": {"value": client_id}},
            params={"nonce": nonce, "client_id": client_id, "access_token": tokens.access_token},
        )
        claims.validate(leeway=LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unauthenticated(f"ID token: {type(error).__name__}") from None
    return dict(claims)


def _vouched(claims: Mapping[str, Any]) -> str | None:
    """An address that the provider has not verified is what somebody typed, and opens nothing."""
    if claims.get("email_verified") is not True:
        return None
    try:
        return checked_email(str(claims.get("email", "")))
    except Invalid:
        return None
