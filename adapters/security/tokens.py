"""JSON Web Tokens: one algorithm, two keys at most, and a kind that is checked before anything is believed.

HS256 because we alone write and read them. The header only chooses among our own keys, by fingerprint; an algorithm, a key
or an address of one in it is not looked at. An access token is no refresh token: they differ in `typ` and in `aud`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import jwt

from application.access.ports import Claims
from domain.access.session import Session
from domain.shared.errors import Unauthenticated
from domain.shared.ids import SessionId, TenantId, UserId

ALGORITHM: Final = "HS256"
ACCESS: Final = "at+jwt"
REFRESH: Final = "rt+jwt"
REQUIRED: Final = ("iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp")
LONGEST: Final = 2_000
LEEWAY: Final = 5  # seconds that the clocks of two machines may differ


@dataclass(frozen=True, slots=True)
class TokenKeys:
    """The first signs, all are believed. A key is named by a fingerprint, so nobody has to give names."""

    keys: Mapping[str, bytes]

    @classmethod
    def of(cls, keys: Sequence[bytes]) -> TokenKeys:
        return cls({_fingerprint(key): key for key in keys})

    @property
    def current(self) -> tuple[str, bytes]:
        return next(iter(self.keys.items()))

    def sign(self, kind: str, claims: Mapping[str, Any]) -> str:
        name, key = self.current
        return jwt.encode(dict(claims), key, ALGORITHM, headers={"typ": kind, "kid": name})

    def read(self, kind: str, token: str, *, issuer: str, audience: str) -> dict[str, Any]:
        """Raises Unauthenticated."""
        try:
            return jwt.decode(
                token,
                self._key_for(kind, token),
                algorithms=[ALGORITHM],
                issuer=issuer,
                audience=audience,
                leeway=LEEWAY,
                options={"require": list(REQUIRED)},
            )
        except jwt.PyJWTError as error:
            raise Unauthenticated(f"token: {type(error).__name__}") from None

    def _key_for(self, kind: str, token: str) -> bytes:
        if len(token) > LONGEST:
            raise jwt.InvalidTokenError
        header = jwt.get_unverified_header(token)
        key = self.keys.get(str(header.get("kid")))
        if header.get("typ") != kind or key is None:
            raise jwt.InvalidTokenError
        return key


@dataclass(frozen=True, slots=True)
class SignedTokens:
    """Implements application.access.ports.Tokens. `issuer` is this installation's public address."""

    keys: TokenKeys
    issuer: str
    access_for: timedelta = timedelta(minutes=10)

    def access(self, session: Session, now: datetime) -> tuple[str, datetime]:
        until = min(now + self.access_for, session.over)
        return self._sign(ACCESS, session, now, until), until

    def refresh(self, session: Session, now: datetime) -> str:
        return self._sign(REFRESH, session, now, session.ends, gen=session.generation)

    def read_access(self, token: str) -> Claims:
        return _claims(self.keys.read(ACCESS, token, issuer=self.issuer, audience=_audience(ACCESS)))

    def read_refresh(self, token: str) -> Claims:
        return _claims(self.keys.read(REFRESH, token, issuer=self.issuer, audience=_audience(REFRESH)))

    def _sign(self, kind: str, session: Session, now: datetime, until: datetime, **more: int) -> str:
        claims = {
            "iss": self.issuer,
            "aud": _audience(kind),
            "sub": str(session.user),
            "company": session.company,
            "sid": session.id,
            "jti": secrets.token_urlsafe(12),
            "iat": now,
            "nbf": now,
            "exp": until,
        }
        return self.keys.sign(kind, claims | more)


def _audience(kind: str) -> str:
    return "secretaria/api" if kind == ACCESS else "secretaria/refresh"


def _claims(said: Mapping[str, Any]) -> Claims:
    """What we signed ourselves has the shape we gave it; anything else was signed by an older or newer us."""
    company = said.get("company")
    try:
        return Claims(
            user=UserId(UUID(said["sub"])),
            company=None if company is None else TenantId(int(company)),
            session=SessionId(str(said["sid"])),
            generation=int(said.get("gen", 0)),
        )
    except (ValueError, TypeError, AttributeError):
        raise Unauthenticated("token: not of our shape") from None


def _fingerprint(key: bytes) -> str:
    return hmac.new(key, b"secretaria token key id", hashlib.sha256).hexdigest()[:12]
