"""Whether a password is somebody's: counted before it is compared, and as slow for a stranger as for the one it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from application.access.ports import Passwords, Users
from application.access.proofs import Attempts, Guessed
from application.shared.audit import AuditLog
from domain.access.email import checked_email
from domain.access.password import LONGEST
from domain.access.user import User, UserState
from domain.audit.entry import NOBODY, Deed, Outcome
from domain.shared.errors import Invalid, Unauthenticated
from domain.shared.ids import UserId


class WrongCredentials(Unauthenticated):
    """Whether the address, the password or the company was wrong is nobody's business."""


@dataclass(frozen=True, slots=True)
class CheckPassword:
    users: Users
    passwords: Passwords
    attempts: Attempts
    audit: AuditLog

    async def __call__(self, email: str, password: str, ip: str) -> User:
        """An active user. Raises WrongCredentials or TooOften."""
        try:
            address = checked_email(email)
        except Invalid:
            address = ""
        await self.attempts.take(Guessed.PASSWORD, address, ip)
        user = await self._compared(await self.users.find(address) if address else None, password)
        await self.attempts.give_back(Guessed.PASSWORD, address, ip)
        return user

    async def of(self, id: UserId, password: str, ip: str) -> User:
        """Of somebody who is known already. Raises WrongCredentials or TooOften."""
        return await self((await self.users.get(id)).email, password, ip)

    async def _compared(self, user: User | None, password: str) -> User:
        active = user is not None and user.state is UserState.ACTIVE
        shown = password if len(password) <= LONGEST else ""
        matches = await self.passwords.matches(shown, user.password_hash if user and active else None)
        if user is None or not active or not matches:
            await self._refuse(user)
            raise WrongCredentials("no such address and password")
        return await self._rehashed(user, shown)

    async def _refuse(self, user: User | None) -> None:
        """Put on record with the account that was meant, where there is one; what was typed stays out."""
        company = user.memberships[0].company if user is not None and user.memberships else None
        deed = Deed(NOBODY, "access.password", f"user:{user.id}" if user else "", company, Outcome.REFUSED)
        await self.audit.record(deed)

    async def _rehashed(self, user: User, password: str) -> User:
        """The one moment at which a hash of earlier, cheaper days can be renewed."""
        if user.password_hash is None or not self.passwords.is_outdated(user.password_hash):
            return user
        stronger = replace(user, password_hash=await self.passwords.hash(password))
        await self.users.change(user, stronger)
        return stronger
