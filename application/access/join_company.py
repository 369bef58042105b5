"""Somebody who has an account already agrees to belong to one more company: by the link of its letter, and by nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from application.access.letters import Letters, LinkUsed
from application.access.ports import Users
from application.access.proofs import LetterTicket, Purpose
from domain.access.user import Membership, User, UserState
from domain.shared.ids import TenantId


class CompanyNames(Protocol):
    async def name_of(self, company: TenantId) -> str:
        """Raises CompanyNotFound."""


@dataclass(frozen=True, slots=True)
class JoinCompany:
    users: Users
    letters: Letters
    companies: CompanyNames

    async def asked_by(self, ticket: str) -> str:
        """The company's name, for whoever has the letter. Raises LinkUsed."""
        found = await self.letters.read(ticket, Purpose.JOINING)
        _, membership = await self._invited(found)
        assert membership.company is not None  # `_invited` has looked
        return await self.companies.name_of(membership.company)

    async def __call__(self, ticket: str) -> None:
        """Raises LinkUsed, also where the company has thought better of it."""
        user, membership = await self._invited(await self.letters.spend(ticket, Purpose.JOINING))
        await self.users.put_membership(user.id, replace(membership, agreed=True))

    async def _invited(self, found: LetterTicket) -> tuple[User, Membership]:
        user = await self.users.get(found.user)
        membership = None if found.company is None else user.membership(found.company)
        if membership is None or user.email != found.email or user.state is not UserState.ACTIVE:
            raise LinkUsed("this link is no longer good; ask for another")
        return user, membership
