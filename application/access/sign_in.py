"""A person shows address and password, and the second factor where there is one, and gets a session."""

from __future__ import annotations

from dataclasses import dataclass, field

from application.access.begin_session import BeginSession, Tickets
from application.access.check_password import CheckPassword, WrongCredentials
from application.access.ports import Tokens, Users
from application.access.second_factor import CheckSecondFactor
from application.shared.ports import Clock
from domain.access.user import Membership, User, UserState
from domain.shared.ids import TenantId


@dataclass(frozen=True, slots=True)
class Attempt:
    """`company` chooses where somebody has several."""

    email: str = field(repr=False)
    password: str = field(repr=False)
    ip: str
    company: TenantId | None = None
    agent: str = ""


@dataclass(frozen=True, slots=True)
class CodeNeeded:
    """The password was right; `challenge` says so for five minutes to whoever brings the code."""

    challenge: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignIn:
    check_password: CheckPassword
    check_code: CheckSecondFactor
    tokens: Tokens
    begin: BeginSession
    clock: Clock

    async def __call__(self, attempt: Attempt) -> Tickets | CodeNeeded:
        """Raises WrongCredentials or TooOften."""
        user = await self.check_password(attempt.email, attempt.password, attempt.ip)
        company = where(user, attempt.company).company
        if await self.check_code.is_needed(user.id):
            return CodeNeeded(self.tokens.challenge(user, company, self.clock()))
        return await self.begin(user, company, agent=attempt.agent)


@dataclass(frozen=True, slots=True)
class FinishSignIn:
    users: Users
    check_code: CheckSecondFactor
    tokens: Tokens
    begin: BeginSession

    async def __call__(self, challenge: str, code: str, *, ip: str, agent: str = "") -> Tickets:
        """Raises WrongCode, WrongCredentials or TooOften. A challenge of before a new password is worth nothing."""
        claims = self.tokens.read_challenge(challenge)
        user = await self.users.get(claims.user)
        if user.epoch != claims.generation or user.state is not UserState.ACTIVE:
            raise WrongCredentials("the challenge is no longer good")
        company = where(user, claims.company).company
        await self.check_code(user.id, code, ip)
        return await self.begin(user, company, agent=agent, second_factor=True)


def where(user: User, company: TenantId | None) -> Membership:
    """The company asked for, or the first one that lets them in. Raises WrongCredentials."""
    open_places = [each for each in user.memberships if each.active and company in (None, each.company)]
    if not open_places:
        raise WrongCredentials("not one of this company")
    return open_places[0]
