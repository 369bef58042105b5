"""Letting people in, wired: the use cases of access over PostgreSQL and Redis, for the API and for the operator's commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b

from adapters.http.access import Access
from adapters.http.cookies import SessionCookies
from adapters.http.csrf import Csrf
from adapters.postgres.users import PostgresUsers
from adapters.redis.keys import PlatformKeys
from adapters.redis.sessions import RedisSessions
from adapters.security.chance import new_session_id
from adapters.security.passwords import Argon2Passwords
from adapters.security.tokens import SignedTokens, TokenKeys
from application.access.begin_session import BeginSession
from application.access.recognise import Recognise
from application.access.renew_session import RenewSession
from application.access.sign_in import SignIn
from application.access.sign_out import OwnSessions, SignOut
from application.shared.secrets import MasterKeys
from domain.access.session import Lifetime
from secretaria.composition import Foundations, now
from secretaria.settings import Settings


@dataclass(frozen=True, slots=True)
class Entrance:
    """`access` goes into the application's state; the rest into the routers."""

    access: Access
    sign_in: SignIn
    renew: RenewSession
    sign_out: SignOut
    own_sessions: OwnSessions
    passwords: Argon2Passwords


def build_entrance(base: Foundations) -> Entrance:
    settings, users = base.settings, PostgresUsers(base.pool)
    sessions = RedisSessions(base.redis, base.keys, PlatformKeys(settings.redis.namespace))
    keys = token_keys(settings, base.master_keys)
    tokens = SignedTokens(keys, settings.http.public_url, timedelta(minutes=settings.access.access_minutes))
    lifetime = Lifetime(
        idle=timedelta(hours=settings.access.session_idle_hours), whole=timedelta(days=settings.access.session_days)
    )
    passwords = Argon2Passwords()
    renew = RenewSession(users, sessions, tokens, now, lifetime)
    return Entrance(
        access=Access(
            recognise=Recognise(users, sessions, tokens, now),
            renew=renew,
            cookies=SessionCookies(secure=settings.http.public_url.startswith("https://")),
            csrf=Csrf.of(derived(keys.current[1], b"csrf"), settings.http.public_url),
            service_token=settings.http.service_token,
        ),
        sign_in=SignIn(users, passwords, BeginSession(sessions, tokens, now, new_session_id, lifetime)),
        renew=renew,
        sign_out=SignOut(sessions),
        own_sessions=OwnSessions(sessions),
        passwords=passwords,
    )


def token_keys(settings: Settings, master_keys: MasterKeys) -> TokenKeys:
    """As set; else made from the master key, whose rotation then costs everybody one login."""
    access = settings.access
    current = access.token_key or derived(master_keys.current().bits, b"tokens")
    return TokenKeys.of([current, *([access.token_key_previous] if access.token_key_previous else [])])


def derived(key: bytes, purpose: bytes) -> bytes:
    """Another key that says nothing about the first."""
    return blake2b(key, digest_size=32, person=purpose).digest()
