"""A person shows address and password, and the second factor where there is one, and gets a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from application.access.begin_session import BeginSession, Tickets
from application.access.check_password import CheckPassword, WrongCredentials
from application.access.ports import Place, Tokens, Users
from application.access.second_factor import CheckSecondFactor
from application.access.texts import CLOSES
from application.shared.ports import Clock
from domain.access.user import Membership, User, UserState
from domain.companies.company import State
from domain.shared.errors import Forbidden
from domain.shared.ids import TenantId

SHUT: Final = frozenset({State.CLOSING, State.CLOSED})
"""While a company rests its people come in as always: whoever writes was told that a person answers."""


class CompanyCloses(Forbidden):
    """The message is for the person, in their language: they have shown who they are."""


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
        """Raises WrongCredentials, TooOften, or CompanyCloses to whoever showed the right password."""
        user = await self.check_password(attempt.email, attempt.password, attempt.ip)
        company = where(user, attempt.company, await self.check_password.users.places(user.id)).company
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
        """Raises as above, or WrongCode. A challenge of before a new password is worth nothing."""
        claims = self.tokens.read_challenge(challenge)
        user = await self.users.get(claims.user)
        if user.epoch != claims.generation or user.state is not UserState.ACTIVE:
            raise WrongCredentials("the challenge is no longer good")
        await self.check_code(user.id, code, ip)
        company = where(user, claims.company, await self.users.places(user.id)).company
        return await self.begin(user, company, agent=agent, second_factor=True)


def where(user: User, company: TenantId | None, places: Sequence[Place]) -> Membership:
    """The company asked for, or the first one that lets them in. Raises WrongCredentials or CompanyCloses."""
    asked = [each for each in user.memberships if each.lets_in and company in (None, each.company)]
    if not asked:
        raise WrongCredentials("not one of this company")
    shut = {place.company for place in places if place.state in SHUT}
    open_places = [each for each in asked if each.company not in shut]
    if not open_places:
        raise CompanyCloses(CLOSES)
    return open_places[0]
