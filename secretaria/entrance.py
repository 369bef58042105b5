"""Letting people in, wired: the use cases of access over PostgreSQL, Redis and the mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b

import httpx2

from adapters.http.access import Access
from adapters.http.account import Account
from adapters.http.auth import Logins
from adapters.http.client_address import ClientAddress
from adapters.http.cookies import SessionCookies
from adapters.http.csrf import Csrf
from adapters.http.sign_on import BACK
from adapters.oidc.providers import OidcProviders
from adapters.postgres.api_keys import PostgresApiKeys
from adapters.postgres.audit import PostgresAuditLog
from adapters.postgres.letter_tickets import PostgresLetterTickets
from adapters.postgres.plan_of import PostgresPlanOf
from adapters.postgres.profiles import PostgresProfiles
from adapters.postgres.second_factors import PostgresSecondFactors
from adapters.postgres.sign_ons import PostgresSignOns
from adapters.postgres.tenants import PostgresCompanies
from adapters.postgres.users import PostgresUsers
from adapters.redis.attempts import RedisAttempts
from adapters.redis.keys import PlatformKeys
from adapters.redis.pending_logins import RedisPendingLogins
from adapters.redis.sessions import RedisSessions
from adapters.security.chance import new_api_key, new_secret, new_session_id, new_user_id
from adapters.security.envelope import Envelopes
from adapters.security.passwords import Argon2Passwords
from adapters.security.tokens import SignedTokens, TokenKeys
from adapters.security.totp import TimeCodes
from adapters.whaticket.reach import Guarded
from application.access.api_keys import KeyRing, RecogniseKey
from application.access.arrange_sign_on import ArrangeSignOn
from application.access.begin_session import BeginSession
from application.access.change_company import ChangeCompany
from application.access.check_password import CheckPassword
from application.access.join_company import JoinCompany
from application.access.letter_limit import LetterLimit
from application.access.letters import Letters
from application.access.members import Members
from application.access.own_account import ChangeEmail, ChangePassword, OwnSecondFactor
from application.access.recognise import Recognise
from application.access.renew_session import RenewSession
from application.access.reset_password import AskForReset, SetPassword
from application.access.second_factor import CheckSecondFactor, SetUpSecondFactor
from application.access.sign_in import FinishSignIn, SignIn
from application.access.sign_on import SignOnElsewhere
from application.access.sign_out import OwnSessions, SignOut
from application.access.step_up import MustBeFresh, ProveAgain
from application.companies.ports import Profiles
from application.shared.audit import AuditLog
from application.shared.mail import Mailer
from application.shared.secrets import MasterKeys
from domain.access.session import Lifetime
from secretaria.composition import Foundations, now
from secretaria.settings import Settings

OUTSIDE_SECONDS = 8.0


@dataclass(frozen=True, slots=True)
class Proofs:
    """What access stands on: where people, sessions and proofs are kept, and who signs."""

    users: PostgresUsers
    sessions: RedisSessions
    factors: PostgresSecondFactors
    attempts: RedisAttempts
    tokens: SignedTokens
    token_keys: TokenKeys
    passwords: Argon2Passwords
    lifetime: Lifetime
    audit: AuditLog


@dataclass(frozen=True, slots=True)
class Entrance:
    """`access` goes into the application's state; the rest into the routers. Close it: it holds threads."""

    access: Access
    logins: Logins
    forgotten: AskForReset
    set_password: SetPassword
    join: JoinCompany
    account: Account
    members: Members
    keys: KeyRing
    elsewhere: SignOnElsewhere
    arrange: ArrangeSignOn
    fresh: MustBeFresh
    proofs: Proofs

    def close(self) -> None:
        self.proofs.passwords.close()


def build_entrance(base: Foundations, mailer: Mailer, outside: httpx2.AsyncClient) -> Entrance:
    """`outside` calls companies' identity providers."""
    proofs, public_url = _proofs(base), base.settings.http.public_url
    users, sessions, tokens = proofs.users, proofs.sessions, proofs.tokens
    api_keys, companies = PostgresApiKeys(base.pool), PostgresCompanies(base.pool)
    address = ClientAddress(base.settings.http.trusted_proxies)
    renew = RenewSession(users, sessions, tokens, now, proofs.lifetime)
    sign_ons = PostgresSignOns(base.pool, Envelopes(base.master_keys))
    providers = OidcProviders(outside, public_url + BACK, https_only=not base.settings.delivery.private_addresses)
    pending = RedisPendingLogins(base.redis, PlatformKeys(base.settings.redis.namespace))
    letters = Letters(PostgresLetterTickets(base.pool), mailer, new_secret, now, public_url)
    return Entrance(
        access=Access(
            recognise=Recognise(users, sessions, tokens, now),
            renew=renew,
            cookies=SessionCookies(secure=public_url.startswith("https://")),
            csrf=Csrf.of(derived(proofs.token_keys.current[1], b"csrf"), public_url),
            recognise_key=RecogniseKey(api_keys, now),
            service_token=base.settings.http.service_token,
        ),
        logins=_logins(proofs, renew, address, PostgresProfiles(base.pool)),
        forgotten=AskForReset(users, proofs.attempts, letters),
        set_password=SetPassword(users, proofs.passwords, letters),
        join=JoinCompany(users, letters, companies),
        account=_account(proofs, letters, address),
        members=Members(
            users,
            sessions,
            letters,
            companies,
            new_user_id,
            PostgresPlanOf(base.pool),
            LetterLimit(proofs.attempts),
        ),
        keys=KeyRing(api_keys, new_api_key, now),
        elsewhere=SignOnElsewhere(users, sign_ons, providers, pending, new_secret, _begin(proofs), proofs.attempts),
        arrange=ArrangeSignOn(sign_ons, providers, users, sessions),
        fresh=MustBeFresh(sessions, now),
        proofs=proofs,
    )


def outside_client(settings: Settings) -> httpx2.AsyncClient:
    """For addresses that companies type: the open Internet only, unless the settings allow our own network too."""
    limits = httpx2.Limits(max_connections=20)
    own = settings.delivery.private_addresses
    transport = httpx2.AsyncHTTPTransport(limits=limits, trust_env=False) if own else Guarded(limits=limits)
    return httpx2.AsyncClient(transport=transport, timeout=OUTSIDE_SECONDS, follow_redirects=False, trust_env=False)


def _proofs(base: Foundations) -> Proofs:
    settings, platform = base.settings, PlatformKeys(base.settings.redis.namespace)
    access, keys = settings.access, token_keys(settings, base.master_keys)
    return Proofs(
        users=PostgresUsers(base.pool),
        sessions=RedisSessions(base.redis, base.keys, platform),
        factors=PostgresSecondFactors(base.pool, Envelopes(base.master_keys)),
        attempts=RedisAttempts(base.redis, platform, base.keys.pepper),
        tokens=SignedTokens(keys, settings.http.public_url, timedelta(minutes=access.access_minutes)),
        token_keys=keys,
        passwords=Argon2Passwords(),
        lifetime=Lifetime(idle=timedelta(hours=access.session_idle_hours), whole=timedelta(days=access.session_days)),
        audit=PostgresAuditLog(base.pool),
    )


def _logins(proofs: Proofs, renew: RenewSession, address: ClientAddress, profiles: Profiles) -> Logins:
    begin, check_code = _begin(proofs), _check_code(proofs)
    return Logins(
        sign_in=SignIn(_check_password(proofs), check_code, proofs.tokens, begin, now),
        finish=FinishSignIn(proofs.users, check_code, proofs.tokens, begin),
        renew=renew,
        sign_out=SignOut(proofs.sessions),
        change_company=ChangeCompany(proofs.users, proofs.sessions, begin),
        address=address,
        profiles=profiles,
    )


def _account(proofs: Proofs, letters: Letters, address: ClientAddress) -> Account:
    users, sessions, check = proofs.users, proofs.sessions, _check_password(proofs)
    fresh, check_code = MustBeFresh(sessions, now), _check_code(proofs)
    set_up = SetUpSecondFactor(users, proofs.factors, TimeCodes(), now)
    return Account(
        prove=ProveAgain(check, check_code, sessions, now),
        password=ChangePassword(users, proofs.passwords, check, check_code, sessions, _begin(proofs), letters),
        email=ChangeEmail(users, fresh, letters, LetterLimit(proofs.attempts)),
        second_factor=OwnSecondFactor(users, fresh, set_up, letters),
        sessions=OwnSessions(sessions),
        address=address,
    )


def _begin(proofs: Proofs) -> BeginSession:
    return BeginSession(proofs.sessions, proofs.tokens, now, new_session_id, proofs.lifetime, proofs.audit)


def _check_password(proofs: Proofs) -> CheckPassword:
    return CheckPassword(proofs.users, proofs.passwords, proofs.attempts, proofs.audit)


def _check_code(proofs: Proofs) -> CheckSecondFactor:
    return CheckSecondFactor(proofs.factors, TimeCodes(), proofs.attempts, now, proofs.audit)


def token_keys(settings: Settings, master_keys: MasterKeys) -> TokenKeys:
    """As set; else made from the master key, whose rotation then costs everybody one login."""
    access = settings.access
    current = access.token_key or derived(master_keys.current().bits, b"tokens")
    return TokenKeys.of([current, *([access.token_key_previous] if access.token_key_previous else [])])


def derived(key: bytes, purpose: bytes) -> bytes:
    """Another key that says nothing about the first."""
    return blake2b(key, digest_size=32, person=purpose).digest()
