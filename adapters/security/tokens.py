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
from domain.access.user import User
from domain.shared.errors import Unauthenticated
from domain.shared.ids import SessionId, TenantId, UserId

ALGORITHM: Final = "HS256"
ACCESS: Final = "at+jwt"
REFRESH: Final = "rt+jwt"
CHALLENGE: Final = "sf+jwt"
AUDIENCES: Final = {ACCESS: "secretaria/api", REFRESH: "secretaria/refresh", CHALLENGE: "secretaria/second-factor"}
CHALLENGE_FOR: Final = timedelta(minutes=5)
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
        return self._sign(ACCESS, _of(session), now, until), until

    def refresh(self, session: Session, now: datetime) -> str:
        return self._sign(REFRESH, _of(session) | {"gen": session.generation}, now, session.ends)

    def challenge(self, user: User, company: TenantId | None, now: datetime) -> str:
        said = {"sub": str(user.id), "company": company, "sid": "", "gen": user.epoch}
        return self._sign(CHALLENGE, said, now, now + CHALLENGE_FOR)

    def read_access(self, token: str) -> Claims:
        return self._read(ACCESS, token)

    def read_refresh(self, token: str) -> Claims:
        return self._read(REFRESH, token)

    def read_challenge(self, token: str) -> Claims:
        return self._read(CHALLENGE, token)

    def _read(self, kind: str, token: str) -> Claims:
        return _claims(self.keys.read(kind, token, issuer=self.issuer, audience=AUDIENCES[kind]))

    def _sign(self, kind: str, said: Mapping[str, Any], now: datetime, until: datetime) -> str:
        ours = {"iss": self.issuer, "aud": AUDIENCES[kind], "jti": secrets.token_urlsafe(12)}
        return self.keys.sign(kind, {**ours, **said, "iat": now, "nbf": now, "exp": until})


def _of(session: Session) -> dict[str, Any]:
    return {"sub": str(session.user), "company": session.company, "sid": session.id}


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
