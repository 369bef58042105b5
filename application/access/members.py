"""The people of a company, as its owner keeps them: invited, given a role, shut out, let in again, taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from application.access.join_company import CompanyNames
from application.access.letter_limit import LetterLimit
from application.access.letters import Letters
from application.access.ports import NewUserId, Sessions, Users
from application.companies.ports import PlanOf
from domain.access.email import checked_email
from domain.access.role import Role
from domain.access.user import EmailTaken, Membership, User, UserNotFound, UserState, checked_person
from domain.companies.limits import Room, boundless, room_for_users
from domain.shared.errors import Invalid, Refused
from domain.shared.ids import TenantId, UserId


class NotInvited(Refused):
    """Somebody with a password needs no second invitation."""


@dataclass(frozen=True, slots=True)
class Invitation:
    email: str = field(repr=False)
    name: str = field(repr=False)
    role: Role


@dataclass(frozen=True, slots=True)
class Members:
    """Every method looks inside one company: whoever is not in it does not exist."""

    users: Users
    sessions: Sessions
    letters: Letters
    companies: CompanyNames
    new_id: NewUserId
    plan_of: PlanOf
    limit: LetterLimit

    async def list(self, company: TenantId) -> Sequence[User]:
        return [each.as_known_to(company) for each in await self.users.of(company)]

    async def get(self, company: TenantId, id: UserId) -> User:
        """Raises UserNotFound."""
        return (await self._here(company, id)).as_known_to(company)

    async def invite(self, company: TenantId, invitation: Invitation) -> User:
        """An account that its link wakes up, or one more company for somebody who has one, once they agree.

        Raises Invalid, TooOften, PastLimit, or EmailTaken for one who is here already; Unavailable leaves the letter to be sent
        again.
        """
        membership = Membership(of_a_company(invitation.role), company, agreed=False)
        email, name = checked_email(invitation.email), checked_person(invitation.name)
        await self.limit(email, f"company:{company}")
        known = await self.users.find(email)
        if known is not None:
            return await self._take_on(known, company, membership, name)
        user = User(self.new_id(), email, name, (membership,), state=UserState.INVITED)
        await self.users.add(user, room_for_users(await self.plan_of(company)))
        await self._write(user, company)
        return user

    async def invite_again(self, company: TenantId, id: UserId) -> None:
        """The letter before is worth nothing. Raises UserNotFound, NotInvited or TooOften."""
        user = await self._here(company, id)
        if user.as_known_to(company) is user:
            raise NotInvited("this person has answered already")
        await self.limit(user.email, f"company:{company}")
        await self._write(user, company)

    async def give_role(self, company: TenantId, id: UserId, role: Role) -> User:
        """Counts with their next request. Raises UserNotFound, Invalid or LastOwner."""
        return await self._put(await self._here(company, id), company, role=of_a_company(role))

    async def shut_out(self, company: TenantId, id: UserId) -> User:
        """Of this company, at once. Raises UserNotFound or LastOwner."""
        return await self._put(await self._here(company, id), company, active=False)

    async def let_in(self, company: TenantId, id: UserId) -> User:
        """Who is shut out takes no place. Raises UserNotFound or PastLimit."""
        room = room_for_users(await self.plan_of(company))
        return await self._put(await self._here(company, id), company, room, active=True)

    async def take_off(self, company: TenantId, id: UserId) -> None:
        """Raises UserNotFound or LastOwner."""
        await self.get(company, id)
        await self.users.drop_membership(id, company)

    async def end_sessions(self, company: TenantId, id: UserId) -> None:
        """They log in again. Raises UserNotFound."""
        await self.get(company, id)
        for session in await self.sessions.of(company, id):
            await self.sessions.end(session)

    async def _take_on(self, user: User, company: TenantId, membership: Membership, as_invited: str) -> User:
        """Name and password stay the person's own; the platform's people belong to no company.

        The answer is that of a new account: it must not tell whoever tries an address what there is behind it.
        """
        if user.membership(company) is not None or user.membership(None) is not None:
            raise EmailTaken("somebody of this address is here already")
        await self.users.put_membership(user.id, membership, room_for_users(await self.plan_of(company)))
        await self._write(user, company)
        return User(user.id, user.email, as_invited, (membership,), state=UserState.INVITED)

    async def _here(self, company: TenantId, id: UserId) -> User:
        """All that is known of them. Raises UserNotFound."""
        user = await self.users.get(id)
        if user.membership(company) is None:
            raise UserNotFound(f"there is no user {id}")
        return user

    async def _write(self, user: User, company: TenantId) -> None:
        name = await self.companies.name_of(company)
        if user.state is UserState.INVITED:
            await self.letters.invite(user, name, company)
        else:
            await self.letters.ask_to_join(user, name, company)

    async def _put(self, user: User, company: TenantId, room: Room = boundless, **change: object) -> User:
        membership = user.membership(company)
        assert membership is not None  # `_here` has looked
        changed: Membership = replace(membership, **change)  # type: ignore[arg-type]
        await self.users.put_membership(user.id, changed, room)
        others = tuple(each for each in user.memberships if each.company != company)
        return replace(user, memberships=(*others, changed)).as_known_to(company)


def of_a_company(role: Role) -> Role:
    """Raises Invalid for the platform's."""
    if role is Role.OPERATOR:
        raise Invalid("a role of a company", field="role")
    return role
