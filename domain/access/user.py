"""A person who logs in: one address and one password, and a role in each company they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from domain.access.role import Role
from domain.shared.errors import Invalid, NotFound, Refused
from domain.shared.ids import TenantId, UserId

LONGEST_NAME: Final = 120


class UserState(StrEnum):
    """Invited: has a letter with a link and no password yet."""

    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


class UserNotFound(NotFound):
    """Nobody of this id or address is here."""


class EmailTaken(Refused):
    """Somebody already logs in with this address."""


class UserChanged(Refused):
    """Somebody else changed this person at the same moment: look again."""


class LastOwner(Refused):
    """A company keeps at least one active owner, or nobody could let anybody in."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A role in a company; `company` is None for the platform's operators and for nobody else. Raises Invalid."""

    role: Role
    company: TenantId | None = None
    active: bool = True
    """False: shut out of this company by its owner, and of no other."""

    agreed: bool = True
    """False: invited, and has not answered the letter yet."""

    def __post_init__(self) -> None:
        if (self.role is Role.OPERATOR) != (self.company is None):
            raise Invalid("an operator belongs to no company, and everyone else to one", field="company")

    @property
    def lets_in(self) -> bool:
        return self.active and self.agreed


@dataclass(frozen=True, slots=True)
class User:
    """`epoch` counts how often all sessions were ended; a session of an earlier epoch is worth nothing."""

    id: UserId
    email: str = field(repr=False)
    name: str = field(repr=False)
    memberships: tuple[Membership, ...] = ()
    state: UserState = UserState.ACTIVE
    password_hash: str | None = field(default=None, repr=False)
    epoch: int = 0

    def membership(self, company: TenantId | None) -> Membership | None:
        return next((each for each in self.memberships if each.company == company), None)

    def as_known_to(self, company: TenantId) -> User:
        """Until they agree, a company knows the address that it typed and nothing else: not even whether there is an account."""
        membership = self.membership(company)
        if membership is not None and membership.agreed and self.state is not UserState.INVITED:
            return self
        places = () if membership is None else (membership,)
        return User(self.id, self.email, self.email, places, state=UserState.INVITED)

    def with_password(self, password_hash: str) -> User:
        """Whoever sets a password has read our letter or known the one before; every session ends."""
        state = UserState.ACTIVE if self.state is UserState.INVITED else self.state
        return replace(self, password_hash=password_hash, epoch=self.epoch + 1, state=state)

    def disabled(self) -> User:
        return replace(self, state=UserState.DISABLED, epoch=self.epoch + 1)

    def enabled(self) -> User:
        """As somebody who must still answer an invitation, where there is no password."""
        return replace(self, state=UserState.ACTIVE if self.password_hash else UserState.INVITED)


def checked_person(name: str) -> str:
    """A person's name without stray blanks. Raises Invalid."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME or not tidy.isprintable():
        raise Invalid(f"a name has 1 to {LONGEST_NAME} printable characters", field="name")
    return tidy
