"""Help for a person who lost both the telephone and the recovery codes: the operator takes the second factor off."""

from __future__ import annotations

from dataclasses import dataclass, replace

from application.access.letters import Letters
from application.access.ports import Users
from application.access.proofs import SecondFactors
from application.access.texts import FACTOR_RESET, changed_notice
from domain.access.email import checked_email
from domain.access.user import User, UserNotFound


@dataclass(frozen=True, slots=True)
class ResetFactor:
    """The password stays, and every session of before is over: whoever took the telephone may be in one of them."""

    users: Users
    factors: SecondFactors
    letters: Letters

    async def __call__(self, email: str) -> User:
        """Also where there is none. Raises Invalid, UserNotFound or UserChanged."""
        before = await self.users.find(checked_email(email))
        if before is None:
            raise UserNotFound("nobody logs in with this address")
        after = replace(before, epoch=before.epoch + 1)
        await self.users.change(before, after)
        await self.factors.remove(before.id)
        await self.letters.tell(changed_notice(before.email, before.name, FACTOR_RESET))
        return after
