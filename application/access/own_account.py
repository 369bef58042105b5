"""What people change of themselves: password, address, second factor. Each wants a fresh proof, and tells them by mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from application.access.begin_session import BeginSession, Tickets
from application.access.caller import Caller, NotPermitted
from application.access.check_password import CheckPassword
from application.access.letter_limit import LetterLimit
from application.access.letters import Letters
from application.access.ports import Passwords, Sessions, Users
from application.access.proofs import Purpose
from application.access.second_factor import CheckSecondFactor, Enrolment, SetUpSecondFactor
from application.access.step_up import MustBeFresh, session_of
from application.access.texts import EMAIL_CHANGED, FACTOR_ADDED, FACTOR_REMOVED, PASSWORD_CHANGED, changed_notice
from domain.access.email import checked_email
from domain.access.password import check_password
from domain.access.user import EmailTaken, User, checked_person
from domain.shared.ids import UserId


@dataclass(frozen=True, slots=True)
class PasswordChange:
    current: str = field(repr=False)
    new: str = field(repr=False)
    ip: str = ""


@dataclass(frozen=True, slots=True)
class ChangePassword:
    users: Users
    passwords: Passwords
    check: CheckPassword
    check_code: CheckSecondFactor
    sessions: Sessions
    begin: BeginSession
    letters: Letters

    async def __call__(self, caller: Caller, change: PasswordChange) -> Tickets:
        """Ends every session and begins one for the caller, fresh only where the password is all they can show.

        Raises WrongCredentials, TooOften or PasswordRefused.
        """
        session = await session_of(self.sessions, caller)
        before = await self.users.get(UserId(caller.id))
        check_password(change.new, email=before.email, field="new")
        await self.check(before.email, change.current, change.ip)
        user = before.with_password(await self.passwords.hash(change.new))
        await self.users.change(before, user)
        await self.sessions.end(session)
        more_to_show = session.vouched or await self.check_code.is_needed(user.id)
        tickets = await self.begin.anew(user, session, proven=session.proven if more_to_show else None)
        await self.letters.tell(changed_notice(user.email, user.name, PASSWORD_CHANGED))
        return tickets


@dataclass(frozen=True, slots=True)
class ChangeName:
    """What colleagues read; it opens nothing, so no fresh proof is asked for."""

    users: Users
    sessions: Sessions

    async def __call__(self, caller: Caller, name: str) -> User:
        """Raises Invalid or UserChanged, and NotPermitted for whom a provider let in: other companies read it too."""
        if (await session_of(self.sessions, caller)).vouched:
            raise NotPermitted("an identity provider speaks for its own company only")
        before = await self.users.get(UserId(caller.id))
        after = replace(before, name=checked_person(name))
        await self.users.change(before, after)
        return after


@dataclass(frozen=True, slots=True)
class ChangeEmail:
    users: Users
    fresh: MustBeFresh
    letters: Letters
    limit: LetterLimit

    async def ask(self, caller: Caller, email: str) -> None:
        """Writes to the new address; until its link is opened nothing changes.

        Raises Invalid, ProofNeeded, TooOften or EmailTaken.
        """
        await self.fresh(caller)
        address = checked_email(email)
        await self.limit(address, f"user:{caller.id}")
        await self._expect_free(address)
        await self.letters.confirm_address(await self.users.get(UserId(caller.id)), address)

    async def confirm(self, ticket: str) -> None:
        """Every session of before is over. Raises LinkUsed or EmailTaken."""
        found = await self.letters.read(ticket, Purpose.EMAIL)
        await self._expect_free(found.email)
        found = await self.letters.spend(ticket, Purpose.EMAIL)
        before = await self.users.get(found.user)
        await self.users.change(before, replace(before, email=found.email, epoch=before.epoch + 1))
        await self.letters.tell(changed_notice(before.email, before.name, EMAIL_CHANGED))

    async def _expect_free(self, address: str) -> None:
        if await self.users.find(address) is not None:
            raise EmailTaken("somebody already logs in with this address")


@dataclass(frozen=True, slots=True)
class OwnSecondFactor:
    users: Users
    fresh: MustBeFresh
    set_up: SetUpSecondFactor
    letters: Letters

    async def propose(self, caller: Caller) -> Enrolment:
        """Raises ProofNeeded, or Refused while another is in use."""
        await self.fresh(caller)
        return await self.set_up.propose(UserId(caller.id))

    async def waiting(self, caller: Caller) -> Enrolment | None:
        """What was proposed, until its first code. Raises ProofNeeded."""
        await self.fresh(caller)
        return await self.set_up.waiting(UserId(caller.id))

    async def standing(self, caller: Caller) -> tuple[bool, int]:
        """Whether one is in use, and how many recovery codes are left."""
        factor = await self.set_up.factors.get(UserId(caller.id))
        in_use = factor is not None and factor.confirmed
        return in_use, await self.set_up.factors.recovery_left(UserId(caller.id)) if in_use else 0

    async def confirm(self, caller: Caller, code: str) -> Sequence[str]:
        """The recovery codes, this once. Raises ProofNeeded or NotThisCode."""
        await self.fresh(caller)
        recovery = await self.set_up.confirm(UserId(caller.id), code)
        await self._tell(caller, FACTOR_ADDED)
        return recovery

    async def remove(self, caller: Caller) -> None:
        """Raises ProofNeeded."""
        await self.fresh(caller)
        await self.set_up.remove(UserId(caller.id))
        await self._tell(caller, FACTOR_REMOVED)

    async def _tell(self, caller: Caller, what: str) -> None:
        user = await self.users.get(UserId(caller.id))
        await self.letters.tell(changed_notice(user.email, user.name, what))
