"""The provider's own side of the code flow with PKCE: codes work once, for the client and the verifier they were made for."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID = "secretaria"
CLIENT_SECRET = "sandbox-secret"
ALGORITHM = "RS256"


@dataclass
class Person:
    sub: str = "person-1"
    email: str = "ana@example.com"
    email_verified: bool = True


@dataclass
class Grant:
    redirect_uri: str
    nonce: str
    challenge: str
    person: Person


@dataclass
class IdentityProvider:
    """`lies` are claims said instead of the true ones; `issuer` is known once it is asked."""

    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"use": "sig", "kid": "k1"}))
    stranger: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"use": "sig", "kid": "k1"}))
    person: Person = field(default_factory=Person)
    lies: dict[str, Any] = field(default_factory=dict)
    forged: bool = False
    slash: bool = False
    grants: dict[str, Grant] = field(default_factory=dict)

    def describe(self, issuer: str) -> dict[str, object]:
        return {
            "issuer": self._named(issuer),
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
        }

    def grant(self, redirect_uri: str, nonce: str, challenge: str) -> str:
        code = secrets.token_urlsafe(16)
        self.grants[code] = Grant(redirect_uri, nonce, challenge, self.person)
        return code

    def exchange(self, issuer: str, form: dict[str, str]) -> dict[str, object] | None:
        """None for a code that is not for this client, this verifier and this address."""
        grant = self.grants.pop(form.get("code", ""), None)
        if grant is None or form.get("redirect_uri") != grant.redirect_uri:
            return None
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return None
        if create_s256_code_challenge(form.get("code_verifier", "")) != grant.challenge:
            return None
        return {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
            "id_token": self._token(issuer, grant),
        }

    def _named(self, issuer: str) -> str:
        return f"{issuer}/" if self.slash else issuer

    def _token(self, issuer: str, grant: Grant) -> str:
        now, person = int(time.time()), grant.person
        claims = {
            "iss": self._named(issuer),
            "aud": CLIENT_ID,
            "sub": person.sub,
            "email": person.email,
            "email_verified": person.email_verified,
            "nonce": grant.nonce,
            "iat": now,
            "exp": now + 300,
        }
        header = {"alg": ALGORITHM, "kid": "k1"}
        return jwt.encode(header, claims | self.lies, self.stranger if self.forged else self.key)
