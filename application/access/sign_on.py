"""Signing on elsewhere: a company names its own identity provider, and its people come in as who that provider says they are.

A provider speaks for one company only. Whom it calls by an address that nobody of the company has does not come in: people are
invited by their owner, not made by a provider.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from application.access.begin_session import BeginSession, Tickets
from application.access.check_password import WrongCredentials
from application.access.ports import NewSecret, Users
from application.access.proofs import Attempts, Guessed
from domain.access.user import User
from domain.shared.errors import NotFound
from domain.shared.ids import TenantId, UserId


class NoSignOn(NotFound):
    """This company signs on nowhere else."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider, and who we are to it."""

    issuer: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Pending:
    """A login that went to the provider: what must come back with it."""

    company: TenantId
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider has recognised; the address only where the provider vouches for it."""

    issuer: str
    subject: str = field(repr=False)
    email: str | None = field(default=None, repr=False)


class SignOns(Protocol):
    """Companies' providers, their secrets sealed, and who of theirs is who of ours."""

    async def get(self, company: TenantId) -> Provider | None: ...

    async def put(self, company: TenantId, provider: Provider) -> None:
        """Another issuer forgets who was linked to the one before."""

    async def remove(self, company: TenantId) -> None: ...

    async def linked(self, company: TenantId, identity: Identity) -> UserId | None: ...

    async def link(self, company: TenantId, identity: Identity, user: UserId) -> None: ...


class PendingLogins(Protocol):
    """For ten minutes, each taken once. Raises Unavailable."""

    async def put(self, state: str, pending: Pending) -> None: ...

    async def take(self, state: str) -> Pending | None: ...


class IdentityProviders(Protocol):
    """Every method raises Unavailable where the provider does not answer, or not as it should."""

    async def check(self, provider: Provider) -> None:
        """That there is one, by its own description. Raises Invalid."""

    async def address(self, provider: Provider, state: str, pending: Pending) -> str:
        """Where the person goes to be recognised."""

    async def recognised(self, provider: Provider, code: str, pending: Pending) -> Identity:
        """Raises Unauthenticated for a code or a token that is not for us."""


@dataclass(frozen=True, slots=True)
class Departure:
    """`state` is kept by the browser as well: a login begun elsewhere is not finished here."""

    address: str = field(repr=False)
    state: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignOnElsewhere:
    users: Users
    sign_ons: SignOns
    providers: IdentityProviders
    pending: PendingLogins
    new_secret: NewSecret
    begin: BeginSession
    attempts: Attempts

    async def depart(self, company: TenantId, ip: str) -> Departure:
        """Raises NoSignOn, TooOften or Unavailable: each way there asks somebody else's server something."""
        await self.attempts.take(Guessed.SIGN_ON, str(company), ip)
        provider = await self._provider(company)
        state, pending = self.new_secret(), Pending(company, self.new_secret(), self.new_secret())
        address = await self.providers.address(provider, state, pending)
        await self.pending.put(state, pending)
        return Departure(address, state)

    async def arrive(self, state: str, code: str, *, agent: str = "") -> Tickets:
        """Raises Unauthenticated or Unavailable."""
        pending = await self.pending.take(state)
        if pending is None:
            raise WrongCredentials("no login is under way")
        company = pending.company
        provider = await self._provider(company)
        user = await self._member(company, await self.providers.recognised(provider, code, pending))
        tickets = await self.begin(user, company, agent=agent, vouched=True)
        after = await self.sign_ons.get(company)
        if (
            after is None or after.issuer != provider.issuer
        ):  # taken away meanwhile: whoever did it may not have seen this one
            await self.begin.sessions.end(tickets.session)
            raise WrongCredentials("this company signs on there no more")
        return tickets

    async def _provider(self, company: TenantId) -> Provider:
        provider = await self.sign_ons.get(company)
        if provider is None:
            raise NoSignOn(f"company {company} signs on nowhere else")
        return provider

    async def _member(self, company: TenantId, identity: Identity) -> User:
        linked = await self.sign_ons.linked(company, identity)
        if linked is not None:
            user: User | None = await self.users.get(linked)
        else:
            user = await self.users.find(identity.email) if identity.email else None
        if user is None or await self.users.standing(user.id, company) is None:
            raise WrongCredentials("nobody of this company")
        if linked is None:
            await self.sign_ons.link(company, identity, user.id)
        return user
