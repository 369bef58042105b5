"""A person gets an account with a password at once: by the operator's command, who hands it over by word of mouth."""

from __future__ import annotations

from dataclasses import dataclass, field

from application.access.ports import NewUserId, Passwords, Users
from application.companies.ports import PlanOf
from domain.access.email import checked_email
from domain.access.password import check_password
from domain.access.user import EmailTaken, Membership, User, checked_person
from domain.companies.limits import boundless, room_for_users


@dataclass(frozen=True, slots=True)
class UserOrder:
    email: str = field(repr=False)
    name: str = field(repr=False)
    membership: Membership
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AddUser:
    users: Users
    passwords: Passwords
    new_id: NewUserId
    plan_of: PlanOf

    async def __call__(self, order: UserOrder) -> User:
        """Raises Invalid, PasswordRefused, EmailTaken or PastLimit."""
        email, name = checked_email(order.email), checked_person(order.name)
        check_password(order.password, email=email)
        if await self.users.find(email) is not None:
            raise EmailTaken("somebody already logs in with this address")
        company = order.membership.company
        room = boundless if company is None else room_for_users(await self.plan_of(company))
        password_hash = await self.passwords.hash(order.password)
        user = User(self.new_id(), email, name, (order.membership,), password_hash=password_hash)
        await self.users.add(user, room)
        return user
