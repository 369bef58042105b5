"""A person shows address and password and gets a session, or hears that it was not this."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from application.access.begin_session import BeginSession, Tickets
from application.access.ports import Passwords, Users
from domain.access.email import checked_email
from domain.access.password import LONGEST
from domain.access.user import Membership, User, UserState
from domain.shared.errors import Invalid, Unauthenticated
from domain.shared.ids import TenantId


class WrongCredentials(Unauthenticated):
    """Whether the address, the password or the company was wrong is nobody's business."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """`company` chooses where somebody has several."""

    email: str = field(repr=False)
    password: str = field(repr=False)
    company: TenantId | None = None
    agent: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    users: Users
    passwords: Passwords
    begin: BeginSession

    async def __call__(self, attempt: Attempt) -> Tickets:
        """Raises WrongCredentials."""
        user = await self._known(attempt)
        membership = where(user, attempt.company)
        return await self.begin(user, membership.company, agent=attempt.agent)

    async def _known(self, attempt: Attempt) -> User:
        user = await self._find(attempt.email)
        active = user is not None and user.state is UserState.ACTIVE
        shown = attempt.password if len(attempt.password) <= LONGEST else ""
        matches = await self.passwords.matches(shown, user.password_hash if user and active else None)
        if user is None or not active or not matches:
            raise WrongCredentials("no such address and password")
        return await self._rehashed(user, shown)

    async def _find(self, email: str) -> User | None:
        try:
            return await self.users.find(checked_email(email))
        except Invalid:
            return None

    async def _rehashed(self, user: User, password: str) -> User:
        """The one moment at which a hash of earlier, cheaper days can be renewed."""
        if user.password_hash is None or not self.passwords.is_outdated(user.password_hash):
            return user
        stronger = replace(user, password_hash=await self.passwords.hash(password))
        await self.users.save(stronger)
        return stronger


def where(user: User, company: TenantId | None) -> Membership:
    """The company asked for, or the first one. Raises WrongCredentials."""
    wanted = user.memberships[0].company if company is None and user.memberships else company
    membership = user.membership(wanted)
    if membership is None:
        raise WrongCredentials("not one of this company")
    return membership
