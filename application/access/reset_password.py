"""A forgotten password: a letter to the address, and a new one for whoever opens its link; an invitation is answered alike."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from application.access.letters import Letters, LinkUsed
from application.access.ports import Passwords, Users
from application.access.proofs import Attempts, Guessed, LetterTicket, Purpose
from application.access.texts import PASSWORD_CHANGED, changed_notice
from domain.access.email import checked_email
from domain.access.password import check_password
from domain.access.user import User, UserState, checked_person


@dataclass(frozen=True, slots=True)
class AskForReset:
    """In two steps, so that the answer can be given between them: it must not tell, by word or by time, who is known."""

    users: Users
    attempts: Attempts
    letters: Letters

    async def admit(self, email: str, ip: str) -> str:
        """The address as we spell it. Raises Invalid or TooOften, for known and unknown addresses alike."""
        address = checked_email(email)
        await self.attempts.take(Guessed.LETTER, address, ip)
        return address

    async def send(self, address: str) -> None:
        """Raises Unavailable."""
        user = await self.users.find(address)
        if user is not None and user.state is UserState.ACTIVE:
            await self.letters.reset(user)


@dataclass(frozen=True, slots=True)
class NewPassword:
    """`name` is for somebody who answers an invitation."""

    ticket: str = field(repr=False)
    password: str = field(repr=False)
    name: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SetPassword:
    users: Users
    passwords: Passwords
    letters: Letters

    async def __call__(self, order: NewPassword) -> User:
        """Every session of before is over. Raises LinkUsed, Invalid or PasswordRefused; a refused one leaves the link good."""
        both = (Purpose.RESET, Purpose.INVITATION)
        ticket = await self.letters.read(order.ticket, *both)
        check_password(order.password, email=ticket.email)
        name = None if order.name is None else checked_person(order.name)
        password_hash = await self.passwords.hash(order.password)
        ticket = await self.letters.spend(order.ticket, *both)
        before = await self.users.get(ticket.user)
        if before.email != ticket.email or before.state is UserState.DISABLED:
            raise LinkUsed("this link is no longer good; ask for another")
        await self._agree(before, ticket)
        user = before.with_password(password_hash)
        await self.users.change(before, user if name is None else replace(user, name=name))
        if ticket.purpose is Purpose.RESET:
            await self.letters.tell(changed_notice(user.email, user.name, PASSWORD_CHANGED))
        return user

    async def _agree(self, user: User, ticket: LetterTicket) -> None:
        """Before the account wakes up: who could come in without having agreed would have to be invited again."""
        membership = None if ticket.company is None else user.membership(ticket.company)
        if membership is not None:
            await self.users.put_membership(user.id, replace(membership, agreed=True))
