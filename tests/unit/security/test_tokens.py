"""Forged and borrowed tokens: whatever the header says, only what we signed for this purpose is believed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st

from adapters.security.tokens import ACCESS, REFRESH, SignedTokens, TokenKeys
from domain.access.session import Lifetime, Session, begin
from domain.shared.errors import Unauthenticated
from domain.shared.ids import SessionId, TenantId, UserId

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
ISSUER = "https://secretaria.example"
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = RSA.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

tokens = SignedTokens(TokenKeys.of([KEY]), ISSUER)
KID = tokens.keys.current[0]


def a_session(company: int | None = 7) -> Session:
    at = None if company is None else TenantId(company)
    return begin(SessionId("s1"), UserId(UUID(int=1)), at, epoch=0, now=datetime.now(UTC), lifetime=Lifetime())


def claims(**changes: Any) -> dict[str, Any]:
    now = int(datetime.now(UTC).timestamp())
    ordinary = {
        "iss": ISSUER,
        "aud": "secretaria/api",
        "sub": str(UUID(int=1)),
        "company": 7,
        "sid": "s1",
        "jti": "j",
        "iat": now,
        "nbf": now,
        "exp": now + 600,
    }
    return {name: value for name, value in (ordinary | changes).items() if value is not ...}


def raw(header: dict[str, Any], body: dict[str, Any], sign: Callable[[bytes], bytes] | None = None) -> str:
    """A token by hand: libraries refuse to make the bad ones."""
    signed = b".".join(_b64(json.dumps(part).encode()) for part in (header, body))
    return b".".join((signed, _b64(sign(signed) if sign else b""))).decode()


def hs256(key: bytes) -> Callable[[bytes], bytes]:
    return lambda signed: hmac.digest(key, signed, hashlib.sha256)


def _b64(part: bytes) -> bytes:
    return base64.urlsafe_b64encode(part).rstrip(b"=")


def header(**changes: Any) -> dict[str, Any]:
    return {"alg": "HS256", "typ": ACCESS, "kid": KID} | changes


def signed(key: bytes = KEY, *, body: dict[str, Any] | None = None, **changes: Any) -> str:
    return raw(header(**changes), body or claims(), hs256(key))


def test_what_we_sign_we_believe():
    session = a_session()
    now = datetime.now(UTC)
    access, until = tokens.access(session, now)

    said = tokens.read_access(access)

    assert (said.user, said.company, said.session, said.generation) == (session.user, 7, "s1", 0)
    assert until - now == tokens.access_for
    assert tokens.read_refresh(tokens.refresh(session, now)).generation == 1
    assert tokens.read_access(tokens.access(a_session(company=None), now)[0]).company is None
    assert tokens.read_access(signed()).session == "s1"


FORGED = {
    "no signature at all": raw(header(alg="none"), claims()),
    "None, spelled otherwise": raw(header(alg="nOnE"), claims()),
    "an empty signature under our algorithm": raw(header(), claims()),
    "another key": signed(OTHER),
    "an empty key": signed(b""),
    "our key's name as the key": signed(KID.encode()),
    "HS512 with our key": raw(header(alg="HS512"), claims(), lambda part: hmac.digest(KEY, part, hashlib.sha512)),
    "RS256 by a key of its own": jwt.encode(claims(), RSA, "RS256", headers={"typ": ACCESS, "kid": KID}),
    "HS256 with somebody's public key": raw(header(), claims(), hs256(PUBLIC)),
    "a key brought along": raw(header(jwk={"kty": "oct", "k": _b64(OTHER).decode()}), claims(), hs256(OTHER)),
    "an address of keys": raw(header(jku="https://evil.example/keys.json"), claims(), hs256(OTHER)),
    "a certificate's address": raw(header(x5u="https://evil.example/c.pem"), claims(), hs256(OTHER)),
    "no key name": raw({"alg": "HS256", "typ": ACCESS}, claims(), hs256(KEY)),
    "a path for a key name": raw(header(kid="../../../../dev/null"), claims(), hs256(b"")),
    "SQL for a key name": raw(header(kid="' union select 'k"), claims(), hs256(b"k")),
    "a number for a key name": signed(kid=7),
    "a list for a key name": signed(kid=[KID]),
    "a critical header we do not know": raw(header(crit=["evil"], evil=True), claims(), hs256(KEY)),
    "no kind": raw({"alg": "HS256", "kid": KID}, claims(), hs256(KEY)),
    "plain JWT for a kind": signed(typ="JWT"),
    "a refresh token's kind": signed(typ=REFRESH),
    "a refresh token's audience": signed(body=claims(aud="secretaria/refresh")),
    "several audiences without ours": signed(body=claims(aud=["a", "b"])),
    "another issuer": signed(body=claims(iss="https://other.example")),
    "expired": signed(body=claims(exp=int(datetime.now(UTC).timestamp()) - 60)),
    "not yet good": signed(body=claims(nbf=int(datetime.now(UTC).timestamp()) + 86_400)),
    "text for a time": signed(body=claims(exp="tomorrow")),
    "a user that is no id": signed(body=claims(sub="1 or 1=1")),
    "a company that is no number": signed(body=claims(company="all")),
    "nothing": "",
    "words": "not a token",
    "too long": signed(body=claims(jti="x" * 4_000)),
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED.keys())
def test_a_forged_token_is_refused(token: str):
    with pytest.raises(Unauthenticated):
        tokens.read_access(token)


@pytest.mark.parametrize("missing", ["iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"])
def test_a_token_that_leaves_something_out_is_refused(missing: str):
    with pytest.raises(Unauthenticated):
        tokens.read_access(signed(body=claims(**{missing: ...})))


def test_an_access_token_renews_nothing_and_a_refresh_token_opens_nothing():
    session, now = a_session(), datetime.now(UTC)

    with pytest.raises(Unauthenticated):
        tokens.read_refresh(tokens.access(session, now)[0])
    with pytest.raises(Unauthenticated):
        tokens.read_access(tokens.refresh(session, now))


def test_the_key_before_is_believed_until_it_is_dropped():
    old = SignedTokens(TokenKeys.of([OTHER]), ISSUER)
    both = SignedTokens(TokenKeys.of([KEY, OTHER]), ISSUER)
    token, _ = old.access(a_session(), datetime.now(UTC))

    assert both.read_access(token).session == "s1"
    assert tokens.read_access(both.access(a_session(), datetime.now(UTC))[0]).session == "s1"
    with pytest.raises(Unauthenticated):
        tokens.read_access(token)


def test_no_access_token_outlives_its_session():
    session = a_session()
    late = session.over - timedelta(minutes=1)

    assert tokens.access(session, late)[1] == session.over


@given(st.data())
def test_a_changed_character_is_noticed(data: st.DataObject):
    token = signed()
    at = data.draw(st.integers(0, len(token) - 2))  # the last character's low bits mean nothing in base64
    other = data.draw(st.characters(codec="ascii").filter(lambda c: c != token[at]))

    with pytest.raises(Unauthenticated):
        tokens.read_access(token[:at] + other + token[at + 1 :])


@given(st.text())
def test_any_text_is_answered_with_a_refusal(text: str):
    with pytest.raises(Unauthenticated):
        tokens.read_access(text)
